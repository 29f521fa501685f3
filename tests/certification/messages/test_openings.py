"""What is shut can be asked for by the applicant, with a reason, until the application is accepted; granted,
it is a point of a correction, refused, the reason is told."""

import pytest

from accounts.models import Notice
from accounts.operations import create_token
from certification.application.operations.applications import answer_point, update_application
from certification.messages.operations import answer_opening, ask_opening
from certification.workbench.queries.turns import holders
from certification.workbench.queries.workbench import inbox
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests.certification.lists import confirmed
from tests.certification.world import reload

PLACE = "/certification/cases/%s/messages"
WHY = "商标与注册证不一致。"


@pytest.fixture
def case(world):
    """A case in which the series is to be corrected and nothing else is open."""
    found = world.case("submitted")
    found.take("correct", "application_reviewer", points=[{"anchor": "series", "text": "补系列"}])
    return found


def ask(case, place="trademark", reason=WHY, splits=False, role="applicant"):
    return ask_opening(case.application, case.world.actor(role), place, reason, splits)


def answer(opening, case, granted=True, text="", role="application_reviewer"):
    answer_opening(opening, case.world.actor(role), granted, text)


# What comes of it


def test_granted_it_is_one_point_more_and_open(case):
    answer(ask(case), case)
    points = case.application.open_points
    assert [(point.anchor, point.text, point.round) for point in points] == [
        ("series", "补系列", 1),
        ("trademark", WHY, 1),
    ]
    update_application(
        case.application, case.world.actor("applicant"), case.application.version, trademark="云"
    )


def test_refused_it_stays_shut_and_the_reason_is_kept(case):
    opening = ask(case)
    answer(opening, case, granted=False, text="注册证没有变。")
    assert (opening.outcome, opening.answer) == ("refused", "注册证没有变。")
    with pytest.raises(OutOfOrder, match="section-not-open"):
        update_application(
            case.application, case.world.actor("applicant"), case.application.version, trademark="云"
        )


def test_a_mistake_of_ones_own_is_corrected_before_acceptance_without_starting_again(world):
    case = world.case("submitted")
    opening = ask(case)
    with pytest.raises(Unmet, match="opening-unanswered"):
        case.take("accept", "application_reviewer", conditions=confirmed())
    answer(opening, case)
    assert case.state == "correcting"
    application, applicant = case.application, world.actor("applicant")
    update_application(application, applicant, application.version, trademark="云陶")
    answer_point(application.open_points[0], application, applicant, "改好了")
    case.take("resubmit", "applicant")
    case.take("accept", "application_reviewer", conditions=confirmed())
    assert (case.state, application.trademark) == ("accepted", "云陶")


def test_a_second_mistake_opens_a_second_correction_whose_reason_is_what_was_asked(case):
    application, applicant = case.application, case.world.actor("applicant")
    update_application(application, applicant, application.version, series="新系列")
    answer_point(application.open_points[0], application, applicant, "补了")
    case.take("resubmit", "applicant")
    answer(ask(case), case)
    assert [(point.round, point.anchor) for point in application.open_points] == [(2, "trademark")]


def test_a_row_can_be_asked_for_to_be_split(case):
    answer(ask(case, "inventory.row:1", "分两批计量", splits=True), case)
    assert case.application.open_points[-1].splits


def test_the_reviewer_is_told_of_the_request_and_the_applicant_of_the_answer(case):
    opening = ask(case)
    answer(opening, case, granted=False, text="注册证没有变。")
    told = {role: case.world.people[role].id for role in ("application_reviewer", "applicant")}
    kinds = {
        role: set(db.session.scalars(db.select(Notice.kind).where(Notice.user_id == person)))
        for role, person in told.items()
    }
    assert "application.opening_asked" in kinds["application_reviewer"]
    assert "application.opening_refused" in kinds["applicant"]


# What is refused


@pytest.mark.parametrize(
    ("place", "reason", "splits", "at", "slug"),
    [
        ("state", WHY, False, "place", "point-place-unknown"),
        ("", WHY, False, "place", "point-place-unknown"),
        ("series", WHY, False, "place", "opening-already-open"),
        ("trademark", "  ", False, "reason", "opening-reason-missing"),
        ("trademark", WHY, True, "splits", "point-splits-no-row"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_box(case, place, reason, splits, at, slug):
    with pytest.raises(Invalid) as no:
        ask(case, place, reason, splits)
    assert no.value.fields == {at: slug}
    assert case.application.openings == []


def test_a_place_is_asked_for_once_at_a_time(case):
    first = ask(case)
    with pytest.raises(Invalid, match="opening-asked-already"):
        ask(case)
    answer(first, case, granted=False, text="没有变。")
    ask(case)


def test_only_the_applicant_asks_and_only_the_reviewer_answers(case):
    with pytest.raises(NotPermitted):
        ask(case, role="application_reviewer")
    opening = ask(case)
    for role in ("applicant", "case_officer", "head_of_body"):
        with pytest.raises(NotPermitted):
            answer(opening, case, role=role)


def test_whoever_has_a_tie_to_the_client_answers_nothing(case, world):
    opening = ask(case)
    world.conflict(world.people["application_reviewer"])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        answer(opening, case)
    assert opening.is_asked


def test_a_request_that_waits_puts_the_case_among_those_the_reviewer_has_to_move_on(case, world):
    reviewer = world.actor("application_reviewer")

    def mine() -> list[int]:
        return [line.application.id for line in inbox(reviewer, mine=True).items]

    assert mine() == []
    opening = ask(case)
    assert mine() == [case.id]
    assert set(holders(case.application)) == {"role.applicant", "role.application_reviewer"}
    answer(opening, case, granted=False, text="没有变。")
    assert mine() == []


@pytest.mark.parametrize("state", ["draft", "accepted", "evaluating"])
def test_before_it_is_handed_in_and_once_it_is_accepted_nothing_is_asked(world, state):
    with pytest.raises(OutOfOrder, match="opening-not-now"):
        ask(world.case(state))


def test_a_refusal_without_a_reason_and_a_second_answer_are_refused(case):
    opening = ask(case)
    with pytest.raises(Invalid, match="opening-answer-missing"):
        answer(opening, case, granted=False)
    answer(opening, case)
    with pytest.raises(OutOfOrder, match="opening-answered"):
        answer(opening, case)
    assert len(case.application.open_points) == 2


# The page


def test_it_is_asked_for_at_the_field_and_answered_on_the_page(case, browser):
    maker = browser("applicant")
    product = maker.get(f"/certification/applications/{case.id}/product").text
    assert f"/certification/cases/{case.id}/messages?place=models#openings" in product
    page = maker.get(f"{PLACE % case.id}?place=trademark").text
    assert 'value="trademark" selected' in page or 'selected value="trademark"' in page
    sent = {"place": "trademark", "reason": ""}
    refused = maker.post(f"/certification/cases/{case.id}/openings", data=sent)
    assert refused.status_code == 422
    assert "写明为什么要开放、要改什么" in refused.text
    assert (
        maker.post(f"/certification/cases/{case.id}/openings", data=sent | {"reason": WHY}).status_code == 303
    )
    [opening] = reload(case).openings
    reviewer = browser("application_reviewer")
    assert WHY in reviewer.get(PLACE % case.id).text
    place = f"/certification/cases/openings/{opening.id}"
    no = reviewer.post(f"{place}/refuse", data={"version": opening.version, "answer": ""})
    assert no.status_code == 422
    assert "写明为什么不开放，企业会看到" in no.text
    stale = reviewer.post(f"{place}/grant", data={"version": opening.version + 7, "answer": ""})
    assert stale.status_code == 409
    yes = reviewer.post(f"{place}/grant", data={"version": opening.version, "answer": "可以"})
    assert yes.status_code == 303
    assert "已开放" in maker.get(PLACE % case.id).text
    assert [point.anchor for point in reload(case).open_points] == ["series", "trademark"]


def test_the_laboratory_sees_nothing_of_it(world, browser, case):
    assert browser("application_reviewer").get(PLACE % case.id).status_code == 200
    opening = ask(case)
    db.session.commit()
    tester = browser("tester")
    assert tester.post(f"/certification/cases/openings/{opening.id}/grant", data={}).status_code == 404


# Programs


def test_programs_ask_answer_and_are_refused_as_the_page_is(case, world, client):
    def call(role, method, path, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1/applications{path}", method=method, headers=headers, **more)

    no = call("applicant", "POST", f"/{case.id}/openings", json={"place": "state", "reason": WHY})
    assert (no.status_code, no.json["fields"]["/place"]["slug"]) == (422, "point-place-unknown")
    asked = call("applicant", "POST", f"/{case.id}/openings", json={"place": "trademark", "reason": WHY})
    assert (asked.status_code, asked.json["outcome"]) == (201, "asked")
    place = f"/openings/{asked.json['id']}"
    assert call("applicant", "POST", f"{place}/grant", json={}).status_code == 403
    stale = call("application_reviewer", "POST", f"{place}/grant", json={"version": 99})
    assert (stale.status_code, stale.json["slug"]) == (409, "page-is-stale")
    bare = call("application_reviewer", "POST", f"{place}/refuse", json={})
    assert bare.json["fields"]["/answer"]["slug"] == "opening-answer-missing"
    told = call("application_reviewer", "POST", f"{place}/grant", json={"version": asked.json["version"]})
    assert (told.status_code, told.json["outcome"]) == (200, "granted")
    listed = call("applicant", "GET", f"/{case.id}/openings").json["items"]
    assert [(each["place"], each["outcome"]) for each in listed] == [("trademark", "granted")]
