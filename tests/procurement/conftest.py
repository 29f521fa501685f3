"""A catalogue to draw lists from, a policy over it, and those who may draw."""

from datetime import date

import pytest

from accounts.actor import SYSTEM
from core import clock, lifecycle
from procurement import operations
from tests import factories
from tests.support.products import act, declared, issue, signed

__all__ = ["act", "declared", "issue", "signed"]

POLICY = [
    "category_edition,category_code,category_name,scheme_code,treatment,basis,demo,valid_from,valid_to",
    "2022,A07010327,瓷质砖,lc-ceramic-tile,priority,演示数据：仿照,1,2026-01-01,",
    "2022,A02010108,便携式计算机,cfp-laptop,mandatory,演示数据：仿照,1,2026-01-01,2026-12-31",
]
LAPTOP = {
    "scheme_code": "cfp-laptop",
    "family": "footprint_label",
    "category": "laptop",
    "product_name": "便携式计算机",
    "models": ("X1-9",),
    "maker_name": "示例电脑厂",
}


@pytest.fixture
def policy(db):
    return operations.load_policy(SYSTEM, POLICY)


@pytest.fixture
def editor(db):
    return factories.actor("regulator", "list_editor")


@pytest.fixture
def draft(policy, editor):
    """draft(number, cutoff): an edition composed as of a day."""

    def make(number: str = "2026-1", cutoff: date = date(2026, 10, 1)):
        with clock.travel(max(cutoff, date(2026, 10, 1))):
            return operations.draft_edition(editor, number, f"第 {number} 期", cutoff, cutoff)

    return make


@pytest.fixture
def publish(draft, editor, db):
    """publish(number, cutoff): the same, shown for objection and published a month later."""

    def make(number: str = "2026-1", cutoff: date = date(2026, 10, 1)):
        edition = draft(number, cutoff)
        with clock.travel(cutoff):
            end = cutoff.replace(day=21)
            lifecycle.take(edition, "open_notice", editor, notice_from=cutoff, notice_to=end)
        with clock.travel(cutoff.replace(day=22)):
            lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        db.session.commit()
        return edition

    return make
