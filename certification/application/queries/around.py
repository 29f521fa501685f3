"""What is known besides the activity data of a case, for those who doubt them."""

from sqlalchemy import select

from carbon import queries as carbon
from carbon.checks import Around
from certification.application.models import Application
from schemes.models import SchemeVersion


def around(case: Application) -> Around:
    """Where the plant is, what the scheme allows, and what certified products of the category came to."""
    scheme = case.scheme
    certified = (
        select(Application.footprint_id)
        .join(SchemeVersion, Application.scheme_id == SchemeVersion.id)
        .where(Application.is_certified, Application.id != case.id)
        .where(SchemeVersion.category == scheme.category)
    )
    return Around(
        region=case.factory.get("region", ""),
        limit=scheme.limit_value,
        peers=carbon.totals(certified, scheme.carbon_unit, scheme.boundary),
    )
