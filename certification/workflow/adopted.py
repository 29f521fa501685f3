"""What the body of a case adds to its rule, as its adoption has it today.  Pure."""

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certification.application.models import Application
    from registers.adoption.models import Adoption


def adopted(application: "Application") -> "list[Adoption]":
    """The adoption in force, if there is one."""
    code = application.scheme.code
    return [each for each in application.adoptions if each.is_in_force and each.scheme_code == code]


def least_days(application: "Application", people: int | None = None, sites: int = 1) -> Decimal:
    """The least person-days of a visit: those of the rule for what is stated of plant and models, or what the
    body sends, where that is more.  Nobody plans for fewer `people` than the applicant stated."""
    own = [each.person_days for each in adopted(application) if each.person_days is not None]
    counted = max(people or 0, people_of(application) or 0) or None
    return max([application.scheme.visit_days(counted, sites, units_of(application)), *own])


def people_of(application: "Application") -> Decimal | None:
    """At the plant, where the rule has that stated."""
    return application.scheme.people_of(application.parameters)


def units_of(application: "Application") -> int:
    """Into how many units the rule divides the models of the case."""
    models = [each.parameters for each in application.models]
    return application.scheme.units_of(application.parameters, models)


def site_days(application: "Application") -> Decimal:
    """Of one place of several: what the rule says of a further one, where that is less."""
    scheme, least = application.scheme, least_days(application)
    return scheme.site_days if scheme.site_days < scheme.person_days else least
