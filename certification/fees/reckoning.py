"""What a case comes to by a body's rule: one sum for choosing a body, writing a draft and handing it in."""

from dataclasses import dataclass
from decimal import Decimal

from certification.application.models import Application
from certification.fees.models import FeeRule
from certification.workflow.adopted import people_of, units_of
from registers.adoption.queries import days_by_body
from schemes.models import SchemeVersion


@dataclass(frozen=True)
class Reckoned:
    """`lines` as a quote keeps them: {slug, quantity, price, amount}, the numbers as text."""

    rule: FeeRule
    lines: list[dict[str, str]]

    @property
    def total(self) -> Decimal:
        return sum((Decimal(line["amount"]) for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class Size:
    """What a case counts: its models, the people at its plant where they are stated, its units."""

    models: int = 1
    people: Decimal | None = None
    units: int = 1


def size_of(case: Application) -> Size:
    """By what is typed now."""
    return Size(len(case.models), people_of(case), units_of(case))


def reckon(rule: FeeRule, scheme: SchemeVersion, size: Size) -> Reckoned:
    """The sum anybody can do again: what is counted, how many, at which price."""
    least = scheme.visit_days(size.people, units=size.units)
    days = days_by_body(scheme, least).get(rule.body_id, least)
    counted = (
        ("application_fee", Decimal(1)),
        ("person_day", days),
        ("test_item", Decimal(len(scheme.tests))),
        ("model", max(Decimal(0), Decimal(size.models - 1))),
        ("certificate_fee", Decimal(1)),
    )
    lines = [
        {
            "slug": slug,
            "quantity": f"{quantity.normalize():f}",
            "price": f"{getattr(rule, slug):f}",
            "amount": f"{quantity * getattr(rule, slug):f}",
        }
        for slug, quantity in counted
        if quantity
    ]
    return Reckoned(rule, lines)
