"""A day that is typed long after it needs a reason, and shows as late wherever it is shown."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts.operations import create_token
from core import audit, clock
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.lifecycle import history, why_late
from tests.certification.lists import SITE_CHECKS
from tests.certification.world import meetings, reload
from tests.support.rules import amend

WHY = "网络不通，纸质记录带回后录入。"
HOUSE = 15  # days, as the house has it


@pytest.fixture
def case(world):
    """Visited on the day of the plan, a sample was received, and nothing was typed since."""
    case = world.case("contracted")
    case.take("plan", "case_officer", **case.plan())
    case.review_documents()
    case.deliver()
    db.session.flush()
    return case


def record(day: date) -> dict:
    items = [{"slug": slug, "finding": "conform", "note": "看到的事实"} for slug in SITE_CHECKS]
    said = {"items": items, "meetings": meetings(day), "conclusion": "pass", "summary": ""}
    return said | {"started_on": day, "ended_on": day, "person_days": Decimal(2)}


def measure(case, day: date, **more) -> None:
    measured = {"value": Decimal("0.21"), "uncertainty": Decimal("0.01"), "performed_on": day}
    results = [{"item": "absorption"} | measured | more.pop("result", {})]
    case.take("record", "tester", case.application.samples[-1], results=results, **more)


def test_on_the_last_day_in_time_nothing_is_asked_and_on_the_next_the_reason_is(case):
    day = today()
    with clock.travel(day + timedelta(days=HOUSE)):
        measure(case, day)
    with clock.travel(day + timedelta(days=HOUSE + 1)):
        with pytest.raises(Invalid) as no:
            case.take("verify_site", "lead_verifier", **record(day))
        assert no.value.fields == {"late_reason": "late-reason-missing"}
        told = {"day": day.isoformat(), "first": (day + timedelta(days=1)).isoformat()}
        assert {name: no.value.detail[name] for name in told} == told
        with pytest.raises(Invalid, match="late-reason-missing"):
            case.take("verify_site", "lead_verifier", **record(day), late_reason="  ")
        assert case.application.site is None


def test_the_number_of_days_is_the_rules_where_it_says_one(case, world):
    amend(world.scheme, parts={"late_after": 3})
    day = today()
    with clock.travel(day + timedelta(days=4)):
        with pytest.raises(Invalid, match="late-reason-missing"):
            measure(case, day)
        amend(world.scheme, parts={"late_after": 4})
        measure(case, day)


def test_it_stands_in_the_history_and_in_the_record_with_its_days(case):
    day = today()
    with clock.travel(day + timedelta(days=30)):
        case.take("verify_site", "lead_verifier", **record(day), late_reason=f" {WHY} ")
        taken = next(each for each in history("application", case.id) if each.step == "verify_site")
        days = {"started_on", "ended_on", "meetings.opening.on", "meetings.closing.on"}
        assert taken.late == dict.fromkeys(days, day.isoformat())
        assert taken.late_reason == WHY
        [entry] = [each for each in audit.every_entry() if each.verb == "application.verify_site"]
        assert (json.loads(entry.data)["late"], json.loads(entry.data)["late_reason"]) == (taken.late, WHY)
        assert why_late(case.application.steps, day, "started_on") == WHY
        assert why_late(case.application.steps, day, "of_another") == ""


def test_a_reading_that_stands_already_is_not_judged_again_and_a_later_one_is_told_apart(case):
    sample, day = case.application.samples[-1], today()
    measure(case, day)
    with clock.travel(day + timedelta(days=30)):
        measure(case, day, result={"value": Decimal("0.22"), "reason": "读数抄错。"})
        assert why_late(sample.steps, day, "results.absorption.performed_on") == ""
        other = day + timedelta(days=2)
        with pytest.raises(Invalid, match="late-reason-missing"):
            measure(case, other, result={"reason": "重测。"})
        measure(case, other, result={"reason": "重测。"}, late_reason=WHY)
        assert why_late(sample.steps, other, "results.absorption.performed_on") == WHY
        assert why_late(sample.steps, other, "results.strength.performed_on") == ""


def test_a_reason_beside_a_day_in_time_marks_nothing(case):
    measure(case, today(), late_reason=WHY)
    taken = history("sample", case.application.samples[-1].id)[-1]
    assert (taken.late, taken.late_reason) == ({}, "")


# Pages, programs, the archive


def test_the_page_asks_it_at_its_box_and_shows_it_in_the_record_of_the_visit_and_in_the_archive(
    case, browser
):
    day = today()
    db.session.commit()
    with clock.travel(day + timedelta(days=30)):
        case.take("verify_site", "lead_verifier", **record(day), late_reason=WHY)
        db.session.commit()
        officer = browser("case_officer")
        for page in ("?tab=site", "/site-record"):
            shown = officer.get(f"/certification/reviews/{case.id}{page}")
            assert (shown.status_code, WHY in shown.text) == (200, True), page
        assert f"补录理由：{WHY}" in officer.get(f"/certification/reviews/{case.id}?tab=history").text
        archive = officer.get(f"/certification/reviews/{case.id}/dossier.zip", buffered=True)
        told = json.loads(ZipFile(BytesIO(archive.data)).read("manifest.json"))["typed_late"]
        [entry] = [each for each in told if each["step"] == "verify_site"]
        assert (entry["reason"], entry["days"]["started_on"]) == (WHY, day.isoformat())


def test_what_a_tester_types_late_is_refused_at_the_box_and_then_shown_with_its_reason(case, browser):
    sample, day = case.application.samples[-1], today()
    db.session.commit()
    place = f"/certification/laboratory/samples/{sample.id}"
    with clock.travel(day + timedelta(days=30)):
        tester = browser("tester")
        sent = {"version": sample.version, "results-0-value": "0.21", "results-0-uncertainty": "0.01",
                "results-0-performed_on": day.isoformat()}  # fmt: skip
        no = tester.post(f"{place}/record", data=sent)
        assert no.status_code == 422
        assert "算补录：写明为什么现在才录入" in no.text
        assert reload(case).samples[-1].results == []
        yes = tester.post(f"{place}/record", data=sent | {"late_reason": WHY})
        assert yes.status_code == 302
        assert f"补录理由：{WHY}" in browser("authorised_signatory").get(place).text


def test_programs_are_refused_at_the_member_and_read_the_reason_with_the_report(case, world, client):
    sample, day = case.application.samples[-1], today()

    def call(role, method, path, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        return client.open(path, method=method, headers={"Authorization": f"Bearer {secret}"}, **more)

    with clock.travel(day + timedelta(days=30)):
        place = f"/api/v1/samples/{sample.id}/record"
        items = [item["slug"] for item in sample.tests]
        measured = {"value": "0.21", "uncertainty": "0.01", "performed_on": day.isoformat()}
        sent = {"results": [{"item": slug} | measured for slug in items]}
        no = call("tester", "POST", place, json=sent)
        assert (no.status_code, no.json["fields"]["/late_reason"]["slug"]) == (422, "late-reason-missing")
        yes = call("tester", "POST", place, json=sent | {"late_reason": WHY})
        assert yes.status_code == 200, yes.json
        case.take("report", "authorised_signatory", sample, number="R-LATE", place="实验室",
                  issued_on=today(), upload=None)  # fmt: skip
        answer = call("tester", "GET", f"/api/v1/reports/{sample.report.id}").json
        assert {row["late_reason"] for row in answer["results"]} == {WHY}
        assert answer["late_reason"] == ""
