"""However much lies on a case, and however much waits beside it, a page asks the database no oftener."""

import pytest

from certification.workbench.queries import workbench
from tests.certification.world import World
from tests.support.statements import statements

REVIEWS = "/certification/reviews"
# Who asks for which page; {} is the case.
PAGES = [
    *(("case_officer", f"{REVIEWS}/{{}}?tab={tab}") for tab in workbench.TABS),
    ("lead_verifier", f"{REVIEWS}/{{}}"),
    ("lead_verifier", f"{REVIEWS}/{{}}/inspect"),
    ("decision_maker", f"{REVIEWS}/{{}}/decide"),
    ("case_officer", f"{REVIEWS}/"),
    ("applicant", "/certification/applications/{}"),
    ("applicant", "/certification/"),
    ("tester", "/certification/laboratory/"),
]


@pytest.fixture
def asked(world: World, browser, db):
    """asked(case): how many statements each page of PAGES sends, asked for the second time."""
    seats = {role: browser(role) for role, _page in PAGES}

    def ask(case) -> dict[str, int]:
        db.session.commit()
        found = {}
        for role, page in PAGES:
            address = page.format(case.id)
            seats[role].get(address)
            with statements() as sent:
                assert seats[role].get(address).status_code == 200, address
            found[f"{role} {page}"] = len(sent)
        return found

    return ask


def test_a_page_asks_no_oftener_for_more_samples_reports_findings_and_neighbours(world: World, asked):
    case = world.case("evaluating")
    _lay_more_on(case, world)
    few = asked(case)
    for _ in range(3):
        _lay_more_on(case, world)
    assert asked(case) == few


def _lay_more_on(case, world: World) -> None:
    case.test()
    case.answer_finding(case.raise_finding())
    world.case("submitted")
    world.case("evaluating").order()
