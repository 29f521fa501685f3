"""What each step of a complaint and of a report brings with it."""

from typing import Any

from core.lifecycle import Brings, Effect, Key, Table
from oversight.models import Complaint, ViolationReport
from oversight.operations import certificate_named, decline, extend, next_term, refer, take_on, tell
from oversight.shapes import ASKS
from oversight.workflow import COMPLAINT, REPORT

EFFECTS: dict[Key, Effect[Any]] = {  # of a complaint or of a report, as its key says
    (COMPLAINT, "take_on"): take_on,
    (COMPLAINT, "accept"): next_term("mediation"),
    (COMPLAINT, "refer"): refer,
    (COMPLAINT, "settle"): next_term("complaint_notice"),
    (COMPLAINT, "end"): next_term("complaint_notice"),
    (COMPLAINT, "decline"): decline,
    (COMPLAINT, "tell"): tell,
    (REPORT, "take_on"): take_on,
    (REPORT, "refer"): refer,
    (REPORT, "extend"): extend,
    (REPORT, "open_case"): next_term("report_notice"),
    (REPORT, "open_no_case"): next_term("report_notice"),
    (REPORT, "tell"): tell,
}

PREPARE = dict.fromkeys(((COMPLAINT, "refer"), (REPORT, "refer")), certificate_named)

TABLE = Table(
    {Complaint: COMPLAINT, ViolationReport: REPORT},
    {key: Brings(PREPARE.get(key), EFFECTS.get(key), asks=asks) for key, asks in ASKS.items()},
)
