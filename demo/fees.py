"""What the demonstration's bodies charge: invented amounts, marked as such."""

from datetime import date
from decimal import Decimal

from certification.fees.models import FeeRule
from core.db import db
from demo.cast import Cast
from schemes.models import SchemeVersion

SINCE = date(2023, 1, 1)
PRICES = {
    "cb": {"application_fee": "500", "person_day": "2500", "test_item": "600", "model": "100"},
    "cb2": {"application_fee": "400", "person_day": "2800", "test_item": "550", "model": "120"},
}
CERTIFICATE = Decimal(800)


def publish(cast: Cast) -> None:
    """One version for each body and scheme, once."""
    if db.session.query(FeeRule).count():
        return
    for code in sorted({scheme.code for scheme in db.session.query(SchemeVersion)}):
        for body, prices in PRICES.items():
            amounts = {name: Decimal(price) for name, price in prices.items()}
            rule = FeeRule(body_id=cast.organisations[body].id, scheme_code=code, version=1, demo=True)
            rule.effective_from, rule.source, rule.published_by = SINCE, "演示数据", "演示"
            rule.certificate_fee = CERTIFICATE
            for name, amount in amounts.items():
                setattr(rule, name, amount)
            db.session.add(rule)
