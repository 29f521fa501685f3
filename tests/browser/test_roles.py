"""Each role of the demonstration finds work at once, on a page that fits and complains of nothing."""

import re

import pytest
from playwright.sync_api import expect

from demo.cast import accounts_shown
from tests.browser.test_pages_fit import too_wide

# Where the work begins, and by which words it is told.
WORK = {
    "applicant": r"需要您处理 [1-9]",
    "intake": r"轮到我办\s*[1-9]",
    "officer": r"轮到我办\s*[1-9]",
    "documents": r"轮到我办\s*[1-9]",
    "verifier": r"轮到我办\s*[1-9]",
    "review": r"轮到我办\s*[1-9]",
    "decision": r"轮到我办\s*[1-9]",
    "head": r"轮到我办\s*[1-9]",
    "label": r"等机构答复 [1-9]",
    "appeals": r"SS-\d{4}-\d{6}",
    "samples": r"轮到我办\s*[1-9]",
    "tester": r"轮到我办\s*[1-9]",
    "signatory": r"轮到我办\s*[1-9]",
    "buyer": r"现行的清单",
    "list": r"起草新一期",
    "regulator": r"在办案卷",
    "rules": r"开始一份草案",
    "approver": r"待两人批准",
}


def test_every_sign_in_that_is_shown_is_tried():
    assert [email.partition("@")[0] for email, _name, _roles in accounts_shown()] == list(WORK)


@pytest.mark.parametrize("person", WORK)
def test_a_role_finds_work_where_it_comes_in(at, person):
    """What lies behind its links is walked by tests/walk, on every screen."""
    page = at(person)
    expect(page.get_by_role("main")).to_contain_text(re.compile(WORK[person]))
    assert too_wide(page) == []
