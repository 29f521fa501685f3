"""A day that is typed after a right it rests on had ended needs a document of the day and a second person."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.models import Notice
from accounts.operations import create_token
from certification.late.models import LateEntry
from certification.late.operations import answer_late, file_late
from certification.workbench.queries import dossier
from core import clock
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from registers.models import BodyScope, LaboratoryScope, Registration
from tests.certification.lists import SITE_CHECKS
from tests.certification.world import PDF, meetings, reload

PAGE = "/certification/cases/%s/late-entries"
MULTI = {"content_type": "multipart/form-data"}
WHY = "现场没有网络，回来后补录。"


@pytest.fixture
def case(world):
    """Visited on the day of the plan, a sample was received, and now it is two days later."""
    case = world.case("contracted")
    case.take("plan", "case_officer", **case.plan())
    case.review_documents()
    case.deliver()
    db.session.flush()
    with clock.travel(today() + timedelta(days=2)):
        yield case


def the_day() -> date:
    return today() - timedelta(days=2)


def ended(kind, **what) -> None:
    """The right ended the day after the day."""
    for entry in db.session.query(kind).filter_by(**what):
        entry.valid_to = the_day() + timedelta(days=1)
    db.session.flush()
    db.session.expire_all()


def registration_ended(case) -> None:
    """Of a second verifier, so that somebody is left who may type."""
    ended(Registration, user_id=case.world.people["verifier"].id)


def another_on_the_team(case) -> None:
    people = case.world.people
    plan = case.application.plan
    plan.team.append(type(plan.team[0])(user_id=people["verifier"].id, function="verifier"))
    db.session.flush()


def record() -> dict:
    items = [{"slug": slug, "finding": "conform", "note": "看到的事实"} for slug in SITE_CHECKS]
    said = {"items": items, "meetings": meetings(the_day()), "conclusion": "pass", "summary": ""}
    return said | {"started_on": the_day(), "ended_on": the_day(), "person_days": Decimal(2)}


def visit(case) -> None:
    case.take("verify_site", "lead_verifier", **record())


def measure(case) -> None:
    measured = {"value": Decimal("0.21"), "uncertainty": Decimal("0.01"), "performed_on": the_day()}
    results = [{"item": "absorption"} | measured]
    case.take("record", "tester", case.application.samples[-1], results=results)


def paper() -> FileStorage:
    return FileStorage(BytesIO(PDF), "签到表.pdf")


def hand_in(case, role="lead_verifier", **more) -> LateEntry:
    said = {"first": the_day(), "last": the_day(), "reason": WHY, "document": paper()} | more
    return file_late(case.application, case.world.actor(role), **said)


def answer(entry, case, role="case_officer", confirmed=True, text="") -> None:
    answer_late(entry, case.world.actor(role), confirmed, text)


# The gate


def test_while_every_right_stands_nothing_more_is_asked(case):
    visit(case)
    measure(case)
    assert case.application.site.conclusion == "pass"


@pytest.mark.parametrize("right", ["registration", "competence", "approval"])
def test_a_visit_typed_after_a_right_ended_is_refused_at_its_day_and_names_who(case, world, right):
    another_on_the_team(case)
    verifier, who = world.people["verifier"], world.people["verifier"].name
    if right == "registration":
        registration_ended(case)
    elif right == "approval":
        ended(BodyScope, body_id=world.body.id)
        who = world.body.name
    else:
        for each in case.application.competences:
            if each.user_id == verifier.id:
                each.valid_to = the_day()
        db.session.flush()
        db.session.expire_all()
    with pytest.raises(Invalid) as no:
        visit(case)
    assert no.value.fields == {"started_on": "right-ended-since"}
    assert (no.value.detail["who"], no.value.detail["day"]) == (who, the_day().isoformat())
    assert case.application.site is None


def test_with_a_document_of_the_day_and_a_second_person_it_is_recorded_and_shows_as_late(case):
    another_on_the_team(case)
    registration_ended(case)
    entry = hand_in(case)
    with pytest.raises(Invalid, match="right-ended-since"):
        visit(case)
    answer(entry, case)
    visit(case)
    assert case.application.site.started_on == the_day()
    assert "late/visit/签到表.pdf" in {each.path for each in dossier.entries(case.application)}


def test_a_document_of_another_day_proves_nothing(case):
    another_on_the_team(case)
    registration_ended(case)
    day = the_day() + timedelta(days=1)
    answer(hand_in(case, first=day, last=day), case)
    with pytest.raises(Invalid, match="right-ended-since"):
        visit(case)


def test_a_day_before_the_right_began_is_proved_by_no_document(case):
    another_on_the_team(case)
    registration_ended(case)
    answer(hand_in(case), case)
    for entry in db.session.query(Registration).filter_by(user_id=case.world.people["verifier"].id):
        entry.valid_from = the_day() + timedelta(days=1)
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid, match="unregistered-on-day"):
        visit(case)


def test_a_test_typed_after_the_scope_ended_is_refused_until_its_laboratory_has_shown_the_day(case, world):
    ended(LaboratoryScope, laboratory_id=world.laboratory.id)
    with pytest.raises(Invalid) as no:
        measure(case)
    assert no.value.fields == {"results.0.performed_on": "right-ended-since"}
    assert world.laboratory.name in no.value.detail["who"]
    answer(hand_in(case), case)  # of the body's visit
    with pytest.raises(Invalid, match="right-ended-since"):
        measure(case)
    entry = hand_in(case, role="tester")
    assert (entry.kind, entry.laboratory_id) == ("test", world.laboratory.id)
    answer(entry, case, role="authorised_signatory")
    measure(case)
    assert [row.performed_on for row in case.application.samples[-1].results] == [the_day()]


def test_a_day_that_stands_already_is_not_judged_again(case, world):
    measure(case)
    ended(LaboratoryScope, laboratory_id=world.laboratory.id)
    measure(case)
    changed = {"value": Decimal("0.22"), "uncertainty": Decimal("0.01"), "performed_on": the_day()}
    results = [{"item": "absorption", "reason": "读数抄错。"} | changed]
    case.take("record", "tester", case.application.samples[-1], results=results)
    assert [row.value for row in case.application.samples[-1].results] == [Decimal("0.22")]


# Who, and what is refused


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"reason": " "}, {"reason": "late-entry-incomplete"}),
        ({"document": None, "first": None},
         {"first": "late-entry-incomplete", "document": "late-entry-incomplete"}),
        ({"last": date(2020, 1, 1)}, {"last": "late-entry-days-backwards"}),
        ({"last": date(2099, 1, 1)}, {"last": "late-entry-ahead"}),
        ({"first": date(2020, 1, 1)}, {"last": "late-entry-too-long"}),
    ],
)  # fmt: skip
def test_what_shows_nothing_is_refused_at_its_box(case, more, fields):
    with pytest.raises(Invalid) as no:
        hand_in(case, **more)
    assert no.value.fields == fields
    assert case.application.late_entries == []


def test_a_document_that_is_not_what_it_says_is_refused_at_its_box(case):
    with pytest.raises(Invalid) as no:
        hand_in(case, document=FileStorage(BytesIO(b"MZ"), "签到表.pdf"))
    assert no.value.fields.keys() == {"document"}


def test_only_who_visits_or_tests_hands_in_and_only_for_what_is_theirs(case):
    for role in ("case_officer", "head_of_body", "applicant", "sample_receiver"):
        with pytest.raises(NotPermitted):
            hand_in(case, role=role)


def test_after_the_evaluation_no_visit_is_shown_any_more(world):
    case = world.case("in_review")
    with pytest.raises(OutOfOrder, match="late-entry-not-now"):
        hand_in(case)


def test_the_second_person_is_another_and_none_of_the_team(case, world):
    world.grant("lead_verifier", "case_officer")
    entry = hand_in(case)
    with pytest.raises(Unmet, match="late-entry-own"):
        answer(entry, case, role="lead_verifier")
    world.grant("document_reviewer", "case_officer")
    with pytest.raises(Unmet, match="late-entry-of-own-visit"):
        answer(entry, case, role="document_reviewer")
    for role in ("verifier", "applicant", "authorised_signatory"):
        with pytest.raises(NotPermitted):
            answer(entry, case, role=role)
    assert entry.is_asked


def test_the_second_person_has_no_tie_to_the_client(case, world):
    entry = hand_in(case)
    world.conflict(world.people["case_officer"])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        answer(entry, case)


def test_a_no_says_why_and_is_the_last_word(case):
    entry = hand_in(case)
    with pytest.raises(Invalid) as no:
        answer(entry, case, confirmed=False)
    assert no.value.fields == {"answer": "late-entry-answer-missing"}
    answer(entry, case, confirmed=False, text="文件没有日期。")
    with pytest.raises(OutOfOrder, match="late-entry-answered"):
        answer(entry, case)
    assert not entry.is_confirmed


def test_the_second_person_is_told_and_then_who_may_type(case, world):
    entry = hand_in(case)
    answer(entry, case)
    kinds = {
        role: set(db.session.scalars(db.select(Notice.kind).where(Notice.user_id == world.people[role].id)))
        for role in ("case_officer", "lead_verifier")
    }
    assert "application.late_entry_filed" in kinds["case_officer"]
    assert "application.late_entry_confirmed" in kinds["lead_verifier"]


# The page


def test_it_is_handed_in_and_confirmed_on_the_page_and_stays_visible(case, browser):
    another_on_the_team(case)
    registration_ended(case)
    db.session.commit()
    lead, officer = browser("lead_verifier"), browser("case_officer")
    sent = {"first": the_day().isoformat(), "last": the_day().isoformat(), "reason": ""}
    no = lead.post(PAGE % case.id, data=sent)
    assert no.status_code == 422
    assert "日期、理由和当天形成的文件都要有" in no.text
    yes = lead.post(PAGE % case.id, data=sent | {"reason": WHY, "document": (BytesIO(PDF), "签到表.pdf")})
    assert yes.status_code == 303
    [entry] = reload(case).late_entries
    assert WHY in officer.get(PAGE % case.id).text
    place = f"/certification/cases/late-entries/{entry.id}"
    with officer.get(f"{place}/document") as document:
        assert document.data == PDF
    bare = officer.post(f"{place}/refuse", data={"version": entry.version, "answer": ""})
    assert bare.status_code == 422
    assert "写明为什么不能确认" in bare.text
    stale = officer.post(f"{place}/confirm", data={"version": entry.version + 7, "answer": ""})
    assert stale.status_code == 409
    assert officer.post(f"{place}/confirm", data={"version": entry.version, "answer": ""}).status_code == 303
    assert "补录已确认" in officer.get(f"/certification/reviews/{case.id}?tab=site").text


def test_others_see_nothing_of_it(case, world, browser):
    entry = hand_in(case)
    db.session.commit()
    place = f"/certification/cases/late-entries/{entry.id}/document"
    assert browser("applicant").get(PAGE % case.id).status_code == 404
    assert browser("applicant").get(place).status_code == 404
    assert browser("tester").get(place).status_code == 404
    assert WHY not in browser("tester").get(PAGE % case.id).text


# Programs


def test_programs_hand_in_confirm_and_are_refused_as_the_page_is(case, world, client):
    def call(role, method, path, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    path, days = (
        f"/applications/{case.id}/late-entries",
        {"first": the_day().isoformat(), "last": the_day().isoformat()},
    )
    no = call("lead_verifier", "POST", path, data=days | {"reason": WHY}, **MULTI)
    assert (no.status_code, no.json["fields"]["/document"]["slug"]) == (422, "late-entry-incomplete")
    sent = days | {"reason": WHY, "document": (BytesIO(PDF), "签到表.pdf")}
    made = call("lead_verifier", "POST", path, data=sent)
    assert (made.status_code, made.json["outcome"]) == (201, "asked")
    place = f"/late-entries/{made.json['id']}"
    assert call("verifier", "POST", f"{place}/confirm", json={}).status_code == 403
    stale = call("case_officer", "POST", f"{place}/confirm", json={"version": 99})
    assert (stale.status_code, stale.json["slug"]) == (409, "page-is-stale")
    bare = call("case_officer", "POST", f"{place}/refuse", json={})
    assert bare.json["fields"]["/answer"]["slug"] == "late-entry-answer-missing"
    told = call("case_officer", "POST", f"{place}/confirm", json={"version": made.json["version"]})
    assert (told.status_code, told.json["outcome"]) == (200, "confirmed")
    listed = call("tester", "GET", path).json["items"]
    assert listed == []
    [each] = call("technical_reviewer", "GET", path).json["items"]
    assert (each["document"]["name"], each["kind"]) == ("签到表.pdf", "visit")
