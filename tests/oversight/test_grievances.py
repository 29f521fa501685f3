"""Complaints and reports: anybody may bring them, the law's days run, and who brought them stays hidden."""

import logging
import re
from io import BytesIO

import pytest
from sqlalchemy import inspect, select, text
from werkzeug.datastructures import FileStorage

from core import lifecycle
from core.audit import Entry
from core.calendar import book
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from core.words import known, sentence
from oversight import operations, queries
from oversight.models import Complaint, ViolationReport
from oversight.workflow import MACHINES
from tests import factories
from tests.certification.world import PDF

pytestmark = pytest.mark.engines("order")

NAME, CONTACT = "欧阳知秋", "13900001234"
LEAD = {"about_kind": "product", "about": "抛釉砖 YT-6015", "text": "包装上的标签是假的。"}

# Who may do what, as the rules say.
OFFERED = {
    "complaint": {
        "received": {"take_on", "accept", "decline"},
        "accepted": {"refer", "settle", "end"},
        "declined": {"tell"},
        "settled": {"tell"},
        "ended": {"tell"},
        "closed": set(),
    },
    "violation_report": {
        "received": {"take_on"},
        "checking": {"extend", "refer", "open_case", "open_no_case"},
        "case_opened": {"tell"},
        "no_case": {"tell"},
        "closed": set(),
    },
}


@pytest.fixture
def handler(house):
    return factories.user(house, "regulator")


@pytest.fixture
def officer(handler):
    return handler.memberships[0].actor()


@pytest.fixture
def report(house):
    return operations.file_report(NAME, CONTACT, **LEAD)[0]


@pytest.fixture
def complaint(house):
    return operations.file_complaint(True, NAME, CONTACT, **LEAD)[0]


def working(days: int):
    return book.current().add(today(), days, "working")


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.kind)
def test_the_tables_are_what_the_rules_say(machine):
    found = {
        state: {s.name for s in machine.steps.values() if state in s.sources} for state in machine.states
    }
    assert found == OFFERED[machine.kind]
    assert {role for step in machine.steps.values() for role in step.roles} == {"regulator"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.kind)
def test_every_state_and_step_has_a_word(app, machine):
    keys = {f"{machine.kind}.state.{state}" for state in machine.states}
    keys |= {f"{machine.kind}.step.{name}" for name in machine.steps}
    assert {key for key in keys if not known(key)} == set()


# Complaints


def test_only_a_consumer_complains(house):
    with pytest.raises(Unmet, match="complaint-not-of-a-consumer"):
        operations.file_complaint(False, NAME, CONTACT, **LEAD)


def test_a_complaint_is_answered_within_seven_and_mediated_within_forty_five_working_days(complaint, officer):
    assert complaint.due_on == working(7)
    lifecycle.take(complaint, "take_on", officer)
    lifecycle.take(complaint, "accept", officer)
    assert complaint.due_on == working(45)
    lifecycle.take(complaint, "end", officer, reason="双方没有达成协议。")
    assert complaint.due_on == working(7)
    lifecycle.take(complaint, "tell", officer, answer="调解终止，可以依法起诉。")
    assert (complaint.state, complaint.due_on) == ("closed", None)


def test_a_complaint_may_be_settled_or_declined_with_reasons(house, officer):
    for steps, state in (
        (((("accept", {}), ("settle", {"reason": "退货。"}))), "settled"),
        (
            (("decline", {"reason": "不属于职责范围。"}),),
            "declined",
        ),
    ):
        found, _ = operations.file_complaint(True, NAME, CONTACT, **LEAD)
        lifecycle.take(found, "take_on", officer)
        for step, facts in steps:
            lifecycle.take(found, step, officer, **facts)
        assert found.state == state


# guard 7
def test_a_complaint_is_not_declined_without_reasons(complaint, officer):
    lifecycle.take(complaint, "take_on", officer)
    with pytest.raises(Unmet, match="reason-missing"):
        lifecycle.take(complaint, "decline", officer, reason="")


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"about": " "}, "about-missing"),
        ({"text": ""}, "text-missing"),
        ({"about_kind": "x"}, "about-missing"),
    ],
)
def test_what_is_brought_says_whom_and_what(house, facts, slug):
    with pytest.raises(Invalid, match=slug):
        operations.file_report(**LEAD | facts)


def test_a_complainant_gives_a_name_and_a_reporter_both_or_neither(house):
    with pytest.raises(Invalid, match="complainant-unnamed"):
        operations.file_complaint(True, "", "", **LEAD)
    with pytest.raises(Invalid, match="reporter-half-named"):
        operations.file_report(NAME, "", **LEAD)


def test_without_a_regulator_nothing_is_lost_in_silence(db):
    with pytest.raises(Unmet, match="no-regulator"):
        operations.file_report(**LEAD)


# Reports


def test_a_report_is_checked_within_fifteen_working_days_and_fifteen_more_once(report, officer):
    assert report.due_on == working(15)
    lifecycle.take(report, "take_on", officer)
    lifecycle.take(report, "extend", officer, reason="需要检测。")
    assert report.due_on == working(30)
    with pytest.raises(Unmet, match="report-extended-once"):
        lifecycle.take(report, "extend", officer, reason="再延。")


@pytest.mark.parametrize(("step", "state"), [("open_case", "case_opened"), ("open_no_case", "no_case")])
def test_a_named_reporter_is_told_within_five_working_days_whether_a_case_is_opened(
    report, officer, step, state
):
    lifecycle.take(report, "take_on", officer)
    lifecycle.take(report, step, officer, reason="现场检查。")
    assert (report.state, report.due_on) == (state, working(5))
    with pytest.raises(Unmet, match="answer-missing"):
        lifecycle.take(report, "tell", officer, answer="")
    lifecycle.take(report, "tell", officer, answer="已处理。")
    assert report.state == "closed"


def test_whoever_takes_it_on_handles_it_and_nobody_else(house, report, officer):
    lifecycle.take(report, "take_on", officer)
    other = factories.user(house, "regulator").memberships[0].actor()
    with pytest.raises(Unmet, match="not-the-handler"):
        lifecycle.take(report, "open_case", other, reason="x")
    with pytest.raises(OutOfOrder):
        lifecycle.take(report, "take_on", other)


def test_a_complaint_that_somebody_handles_is_taken_on_by_nobody_else(house, complaint, officer):
    lifecycle.take(complaint, "take_on", officer)
    other = factories.user(house, "regulator").memberships[0].actor()
    with pytest.raises(Unmet, match="handler-named"):
        lifecycle.take(complaint, "take_on", other)
    assert complaint.handler_id == officer.id


def test_of_a_report_without_a_name_there_is_nobody_to_look_up(house, officer):
    nameless = operations.file_report(**LEAD)[0]
    lifecycle.take(nameless, "take_on", officer)
    with pytest.raises(NotFound, match="reporter-anonymous"):
        queries.reporter(officer, nameless)


def test_what_nobody_brought_is_not_found(house):
    for kind in ("reports", "complaints"):
        with pytest.raises(NotFound, match="grievance-not-found"):
            queries.one_grievance(kind, 4711)


def test_a_body_takes_no_step(report, world):
    with pytest.raises(NotPermitted):
        lifecycle.take(report, "take_on", world.actor("head_of_body"))


def test_the_number_and_the_code_show_how_far_it_is_and_nothing_else_does(house):
    found, code = operations.file_report(**LEAD)
    assert queries.followed_up(found.number.lower(), f" {code[:4]}-{code[4:]} ") is found
    for number, tried in ((found.number, "AAAA"), ("JB-2026-999999", code)):
        with pytest.raises(NotFound, match="follow-up-unknown"):
            queries.followed_up(number, tried)
    assert code not in found.code_digest


# Guard 20


def everything_kept(db) -> str:
    """Every text of every table but the one that holds identities."""
    parts = []
    for table in inspect(db.engine).get_table_names():
        if table != "reporter":
            rows = db.session.execute(text(f'SELECT * FROM "{table}"')).all()
            parts += [str(value) for row in rows for value in row]
    return "\n".join(parts)


# guard 20
def test_the_reporters_identity_is_kept_in_no_other_table_and_no_log(db, app, client, house, caplog):
    caplog.set_level(logging.DEBUG)
    data = LEAD | {"name": NAME, "contact": CONTACT, "upload": (BytesIO(PDF), f"{NAME}.pdf")}
    data["upload"] = (BytesIO(PDF), "照片.pdf")
    answer = client.post("/reports/new", data=data)
    assert answer.status_code == 200
    kept = everything_kept(db) + caplog.text
    for hidden in (NAME, CONTACT):
        assert hidden not in kept
        assert hidden not in answer.text


# guard 20
def test_the_reporters_identity_is_hidden_from_everybody_but_the_handler(
    db, app, client, world, house, handler, officer, report, sign_in
):
    lifecycle.take(report, "take_on", officer)
    address = f"/oversight/reports/{report.id}"
    colleague = factories.user(house, "regulator", "administrator")
    pages = {
        "handler": sign_in(app.test_client(), handler),
        "colleague": sign_in(app.test_client(), colleague),
        "reported": sign_in(app.test_client(), world.people["applicant"]),
        "body": sign_in(app.test_client(), world.people["head_of_body"]),
    }
    shown = [page.get(url).text for page in pages.values() for url in (address, "/oversight/reports/")]
    assert not any(NAME in text or CONTACT in text for text in shown)
    seen = {name: page.get(f"{address}/reporter") for name, page in pages.items()}
    assert [name for name, page in seen.items() if NAME in page.text] == ["handler"]
    assert {seen[name].status_code for name in ("colleague", "reported", "body")} == {403}
    traces = db.session.scalars(select(Entry).where(Entry.subject == f"reports/{report.id}/reporter")).all()
    assert [trace.verb for trace in traces] == ["oversight.read"]
    assert not any(NAME in entry.data for entry in db.session.scalars(select(Entry)))


# guard 20
@pytest.mark.parametrize("given_away", [NAME, CONTACT])
def test_the_reporter_cannot_be_named_in_a_reason_or_an_answer(report, officer, given_away):
    lifecycle.take(report, "take_on", officer)
    with pytest.raises(Unmet, match="reporter-named"):
        lifecycle.take(report, "open_case", officer, reason=f"{given_away}反映属实。")
    lifecycle.take(report, "open_no_case", officer, reason="未发现违法。")
    with pytest.raises(Unmet, match="reporter-named"):
        lifecycle.take(report, "tell", officer, answer=f"致{given_away}")


# guard 20
def test_what_was_handed_in_is_for_the_handler_alone(app, house, handler, officer, sign_in):
    upload = FileStorage(BytesIO(PDF), "证据.pdf")
    found, _ = operations.file_report(NAME, CONTACT, **LEAD, upload=upload)
    page = f"/oversight/reports/{found.id}/file"
    colleague = sign_in(app.test_client(), factories.user(house, "regulator"))
    assert colleague.get(page).status_code == 403
    lifecycle.take(found, "take_on", officer)
    assert colleague.get(page).status_code == 403
    assert sign_in(app.test_client(), handler).get(page, buffered=True).data == PDF


# The pages


def test_anybody_reports_without_an_account_and_follows_it_up(db, client, house):
    assert client.get("/reports/new").status_code == 200
    receipt = client.post("/reports/new", data=LEAD)
    found = db.session.scalar(select(ViolationReport))
    assert found.number in receipt.text
    assert receipt.headers["Cache-Control"] == "no-store"
    code = re.search(r"查询码</dt>\s*<dd[^>]*>\s*([^\s<]+)", receipt.text)[1]
    page = client.post("/follow-up", data={"number": found.number, "code": code})
    assert "已收到" in page.text
    assert LEAD["text"] not in page.text
    assert client.post("/follow-up", data={"number": found.number, "code": "x"}).status_code == 404


def test_a_complaint_form_says_where_else_to_go(db, client, house):
    wrong = client.post("/complaints/new", data=LEAD | {"name": NAME, "contact": CONTACT})
    assert (wrong.status_code, "请用举报" in wrong.text) == (422, True)
    right = client.post("/complaints/new", data=LEAD | {"name": NAME, "contact": CONTACT, "consumer": "y"})
    assert right.status_code == 200
    assert db.session.scalar(select(Complaint)).real_name


def test_one_address_brings_only_so_many(client, house):
    answers = [client.post("/reports/new", data=LEAD) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert sentence("grievances-too-often") in answers[-1].text


def test_the_regulator_handles_a_report_through_the_pages(db, app, house, handler, report, sign_in):
    page, address = sign_in(app.test_client(), handler), f"/oversight/reports/{report.id}"
    assert report.number in page.get("/oversight/reports/").text
    for step, data in (
        ("take_on", {}),
        ("open_case", {"reason": "标签确系伪造。"}),
        ("tell", {"answer": "已立案查处。"}),
    ):
        db.session.refresh(report)
        assert page.get(address).status_code == 200
        answer = page.post(f"{address}/{step}", data={"version": report.version, **data})
        assert answer.status_code == 303, answer.text
    db.session.refresh(report)
    assert report.state == "closed"
    again = page.post(f"{address}/tell", data={"version": report.version, "answer": "x"})
    assert again.status_code == 409


def test_a_stale_page_is_refused(app, handler, report, sign_in):
    page = sign_in(app.test_client(), handler)
    assert page.post(f"/oversight/reports/{report.id}/take_on", data={"version": 99}).status_code == 409
    assert page.post(f"/oversight/reports/{report.id}/fly").status_code == 409
