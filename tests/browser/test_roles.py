"""Each role of the demonstration finds work at once, on pages that fit and complain of nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

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
    "samples": r"轮到您办 [1-9]",
    "tester": r"轮到您办 [1-9]",
    "signatory": r"轮到您办 [1-9]",
    "buyer": r"现行的清单",
    "list": r"起草新一期",
    "regulator": r"在办案卷",
    "rules": r"开始一份草案",
    "approver": r"待两人批准",
}
MOST = 3  # links followed from where the work begins


def test_every_sign_in_that_is_shown_is_tried():
    assert [email.partition("@")[0] for email, _name, _roles in accounts_shown()] == list(WORK)


@pytest.mark.parametrize("person", WORK)
def test_a_role_finds_work_and_sound_pages(at, person):
    page = at(person)
    expect(page.get_by_role("main")).to_contain_text(re.compile(WORK[person]))
    addresses = [page.url, *dict.fromkeys(own_links(page))]
    wide = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        wide[address] = too_wide(page)
    assert wide == dict.fromkeys(addresses, [])


def own_links(page: Page) -> list[str]:
    """The doors of the workspace, and the first things listed in it."""
    doors = page.get_by_role("navigation").first.locator("a").all()
    listed = page.get_by_role("main").locator("li a, th[scope=row] a").all()
    return [link.get_attribute("href") for link in (*doors, *listed[:MOST])]
