"""What a case comes to by a body's rule: one sum for choosing a body, writing a draft and handing it in."""

from dataclasses import dataclass
from decimal import Decimal

from certification.fees.models import FeeRule
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


def reckon(rule: FeeRule, scheme: SchemeVersion, models: int) -> Reckoned:
    """The sum anybody can do again: what is counted, how many, at which price."""
    days = days_by_body(scheme).get(rule.body_id, scheme.visit_days())
    counted = (
        ("application_fee", Decimal(1)),
        ("person_day", days),
        ("test_item", Decimal(len(scheme.tests))),
        ("model", max(Decimal(0), Decimal(models - 1))),
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
