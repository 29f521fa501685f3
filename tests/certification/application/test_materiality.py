"""What is handed in rests on files: the rows that make up the share a scheme calls material have one."""

from decimal import Decimal

import pytest

from accounts import operations as accounts
from certification.application.operations.documents import prove_rows
from certification.workflow.materiality import unproved
from core.db import db
from core.errors import Unmet
from tests.certification.application.test_corrections import answer_all, points_on
from tests.support.rules import amend

HOME = "/certification/applications"
SLUG = "rows-without-evidence"


# rule 7
@pytest.mark.parametrize(
    ("weights", "proved", "share", "needed"),
    [
        ("60 35 5", "yyn", "0.95", []),
        ("60 34 6", "yyn", "0.95", [2]),
        ("60 35 5", "nyy", "0.95", [0]),
        ("1 60 5 34", "nnnn", "0.95", [1, 3, 2]),
        ("1 60 5 34", "nnnn", "0.5", [1]),
        ("1 60 5 34", "nnnn", "1", [1, 3, 2, 0]),
        ("50 50", "yn", "0.5", []),
        ("0 0", "nn", "0.95", []),
        ("0 9", "ny", "1", []),
        ("", "", "0.95", []),
    ],
)
def test_the_fewest_rows_that_still_need_a_file(weights, proved, share, needed):
    each = [Decimal(weight) for weight in weights.split()]
    assert unproved(each, [has == "y" for has in proved], Decimal(share)) == needed


@pytest.fixture
def draft(world):
    """8.45 in two rows, of 3.45 and 5."""
    amend(world.scheme, materiality=Decimal("0.95"))
    return world.case("draft")


def prove(world, case, *places: int) -> None:
    application = case.application
    file, version = application.current_files[0], application.inventory.version
    prove_rows(application, world.actor("applicant"), file, set(places), version)


# rule 7
def test_the_rows_that_matter_are_proved_before_anything_is_handed_in(world, draft):
    with pytest.raises(Unmet, match=SLUG):
        draft.to("submitted")
    prove(world, draft, 1)
    assert draft.application.unproved == [0]
    with pytest.raises(Unmet, match=SLUG):
        draft.to("submitted")
    prove(world, draft, 0, 1)
    assert draft.to("submitted").application.state == "submitted"


def test_a_row_below_the_share_needs_none(world, draft):
    amend(world.scheme, materiality=Decimal("0.59"))
    prove(world, draft, 1)  # 5 of 8.45 is 0.5917
    assert draft.application.unproved == []
    amend(world.scheme, materiality=Decimal("0.6"))
    assert draft.application.unproved == [0]


def test_both_doors_say_so(world, draft, browser, client):
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    case = draft.application
    page = browser("applicant").post(
        f"{HOME}/{case.id}/submit", data={"version": case.version, "declared": "y"}
    )
    assert page.status_code == 422
    assert "还有排放源没有证明文件" in page.text
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post(f"/api/v1/applications/{case.id}/submit", headers=headers, json={"declared": True})
    assert answer.status_code in (409, 422)
    assert SLUG in answer.text


def test_a_case_is_asked_for_no_more_than_the_version_of_its_rules_asks(world):
    """A version that stood before shares were stated says none, and a correction under it goes on."""
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=points_on("trademark"))
    assert world.scheme.materiality is None
    answer_all(case, exempt=True)
    case.take("resubmit", "applicant")
    assert case.application.state == "submitted"


def test_a_correction_is_handed_in_again_only_with_its_proofs(world, draft):
    prove(world, draft, 0, 1)
    draft.to("submitted")
    draft.take("correct", "application_reviewer", points=points_on("trademark"))
    answer_all(draft, exempt=True)
    prove(world, draft, 0)
    with pytest.raises(Unmet, match=SLUG):
        draft.take("resubmit", "applicant")
