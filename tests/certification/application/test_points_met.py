"""'Done' over what stands as it stood is no answer to a point of a correction."""

from io import BytesIO

import pytest

from certification.application.operations.applications import answer_point, update_application
from certification.application.operations.documents import attach_file
from core.errors import Invalid, Unmet
from tests.certification.lists import confirmed
from tests.certification.world import PDF

ANCHORS = ("trademark", "factory.address", "file:business_licence")


@pytest.fixture
def case(world):
    found = world.case("submitted")
    points = [{"anchor": anchor, "text": f"请补{anchor}"} for anchor in ANCHORS]
    found.take("correct", "application_reviewer", points=points)
    return found


def answer(case, *exempt: str) -> None:
    for point in case.application.open_points:
        claimed = point.anchor in exempt
        text = "与本产品无关" if claimed else "已处理"
        answer_point(point, case.application, case.world.actor("applicant"), text, claimed)


def update(case, **facts) -> None:
    update_application(case.application, case.world.actor("applicant"), case.application.version, **facts)


def test_done_over_an_unchanged_field_is_refused_at_the_point_and_nothing_moves(case):
    answer(case)
    update(case, trademark="云陶")
    with pytest.raises(Invalid) as refused:
        case.take("resubmit", "applicant")
    left = [p.id for p in case.application.open_points if p.anchor != "trademark"]
    assert refused.value.fields == {f"point-{id}": "point-unchanged" for id in left}
    assert refused.value.detail["points"] == "2、3"
    assert case.state == "correcting"


def test_a_change_a_new_file_or_a_reasoned_exception_is_an_answer(case):
    answer(case, "factory.address")
    update(case, trademark="云陶")
    applicant = case.world.actor("applicant")
    attach_file(case.application, applicant, "business_licence", BytesIO(PDF + b"%2"), "新执照.pdf")
    case.take("resubmit", "applicant")
    assert case.state == "submitted"


def test_what_has_no_kind_of_its_own_goes_into_other_material(case):
    answer(case)
    attach_file(case.application, case.world.actor("applicant"), "other", BytesIO(PDF), "说明.pdf")
    case.take("resubmit", "applicant")
    assert case.state == "submitted"


def test_the_reviewer_agrees_to_each_exception_or_does_not_accept(case):
    answer(case, *ANCHORS)
    case.take("resubmit", "applicant")
    exempt = [point.id for point in case.application.open_points]
    facts = {"conditions": confirmed()}
    for agreed in ([], exempt[:1]):
        with pytest.raises(Unmet, match="exceptions-not-agreed"):
            case.take("accept", "application_reviewer", agreed=agreed, **facts)
    case.take("accept", "application_reviewer", agreed=exempt, **facts)
    assert {point.agreed_by for point in case.application.points} == {
        case.world.actor("application_reviewer").label
    }


def test_the_page_says_which_points_and_the_box_marks_an_exception(case, browser):
    answer(case)
    from core.db import db

    db.session.commit()
    page = browser("applicant")
    place = f"/certification/applications/{case.id}"
    refused = page.post(f"{place}/resubmit", data={"version": case.application.version})
    assert refused.status_code == 422
    assert "第 1、2、3 项答复了，但内容没有变" in refused.text
    points = case.application.open_points
    typed = {f"point-{p.id}": "与本产品无关" for p in points} | {f"offered-{p.id}": "1" for p in points}
    typed |= {f"exempt-{p.id}": "y" for p in points} | {"version": case.application.version}
    assert page.post(f"{place}/points", data=typed).status_code == 302
    db.session.expire_all()
    assert all(point.not_applicable for point in case.application.open_points)
    assert page.post(f"{place}/resubmit", data={"version": case.application.version}).status_code in (
        302,
        303,
    )
    shown = browser("application_reviewer").get(f"/certification/reviews/{case.id}?step=accept").text
    assert "同意不适用的补正项" in shown
