"""What tests say of the people of a body in one line."""

from datetime import date, timedelta
from io import BytesIO

from werkzeug.datastructures import FileStorage

from accounts import operations as accounts
from accounts.models import CalendarFeed, Organisation, User
from certification.impartiality.models import Competence
from certification.late.operations import file_late
from certification.tracing.operations import plan_evidence
from certification.tracing.queries import traced
from certification.workbench.operations import keep_view
from core import lifecycle
from core.clock import now, today
from core.db import db
from tests.support.papers import PDF


def found_competent(user: User, body: Organisation, function: str, **values) -> Competence:
    """Approved since long, for every product of the family, unless `values` say otherwise."""
    good = {"state": "approved", "approved_on": date(2020, 1, 1), "basis": "测试"}
    row = Competence(user_id=user.id, body_id=body.id, function=function, **good | values)
    db.session.add(row)
    db.session.flush()
    return row


def findings_of(world) -> dict[str, int]:
    """Of competence: one that waits for a second person, one that stands, one that is suspended."""
    reviewer, found = world.people["label_officer"], {"state": "proposed", "approved_on": None}
    waits = world.competence(reviewer, "decide", **found, proposed_at=now())
    stands, stopped = world.competence(reviewer, "review"), world.competence(reviewer, "plan")
    lifecycle.take(stopped, "suspend", world.actor("head_of_body"), reason="待补培训")
    rows = {"proposed": waits, "approved": stands, "suspended": stopped}
    return {f"{state}_finding": row.id for state, row in rows.items()}


def proposed_role(world) -> dict[str, int]:
    """A role that waits for a second person, and the seat of its owner."""
    seat = world.people["label_officer"].memberships[0]
    said = {"roles": ["appeals_officer"], "valid_from": today(), "valid_to": today(), "basis": "任命"}
    paper = FileStorage(BytesIO(PDF), "任命.pdf")
    [entry] = accounts.propose_roles(world.actor("minder"), seat.id, evidence=paper, **said)
    return {"proposed_role": entry.id, "role_seat": seat.id}


def evaluated_places(world, case) -> dict[str, int | str]:
    """A day of the visit, shown by a document that waits for a second person; the keys of the rows."""
    said = {"first": today(), "last": today(), "reason": "没有网络。"}
    paper = FileStorage(BytesIO(PDF), "签到表.pdf")
    made = file_late(case.application, world.actor("lead_verifier"), document=paper, **said)
    clay, gas = (each.key for each in case.application.inventory.rows)
    return {"late_entry": made.id, "clay_row": clay, "gas_row": gas}


def meetings(day: date) -> list[dict]:
    """An opening and a closing meeting as a record holds them."""
    people = {"participants": "组长、厂长、能源管理员", "confirmed_by": "厂长"}
    return [{"kind": kind, "on": day, **people} for kind in ("opening", "closing")]


def kept_of(world) -> dict[str, int]:
    """What people keep for themselves: the address of a calendar, days away, a view of the list of cases."""
    accounts.create_feed(world.actor("applicant"))
    officer, day = world.actor("case_officer"), today() + timedelta(days=30)
    return {
        "feed": db.session.query(CalendarFeed).one().id,
        "absence": accounts.state_absence(officer, day, day).id,
        "view": keep_view(officer, "cases", "逾期", {"due": "late"}).id,
        "view_of_certificates": keep_view(officer, "certificates", "逾期", {"due": "late"}).id,
        "view_of_checks": keep_view(officer, "checks", "逾期", {"due": "late"}).id,
        "view_of_orders": keep_view(world.actor("tester"), "orders", "逾期", {"due": "late"}).id,
    }


def plan_heavy(case, samples: int = 1) -> None:
    """Every row that could be material by itself is traced, by so many documents, unless all of them are."""
    rows = [each.line.subject for each in traced(case.application) if "heavy" in each.risks]
    if {*rows} <= {each.subject for each in case.application.planned_traces}:
        return
    traces = [{"subject": subject, "samples": samples} for subject in rows]
    plan_evidence(case.application, case.world.actor("lead_verifier"), traces=traces)
