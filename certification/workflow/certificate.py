"""What a certificate is worth on a day, and the acts that change it (certification-rules 6.4)."""

from collections.abc import Iterable
from datetime import date

from certification.impartiality import clear_to
from certification.workflow.demands import needs, reason_given
from certification.workflow.terms import months
from core.calendar.count import months_after
from core.clock import today
from core.machine import Machine, step

# The causes of 1.5 (default catalogue; a scheme may replace it).
CAUSES = {
    "suspend": (
        "misuse",
        "rule_breach",
        "surveillance_finding",
        "change_not_made",
        "evidence_retracted",
        "holder_request",
    ),
    "restore": ("corrected",),
    "withdraw": ("not_corrected", "serious_defect", "accident", "fraud", "regulator_order"),
    "cancel": (
        "production_ended",
        "eliminated_product",
        "holder_request",
        "holder_dissolved",
        "cannot_conform",
    ),
    "supersede": ("recertified",),
}
BECOMES = {
    "suspend": "suspended",
    "restore": "valid",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
    "supersede": "superseded",
}
FINAL = ("withdrawn", "cancelled", "superseded")
STATUSES = ("not_issued", "valid", "suspended", *FINAL, "expired")  # what `status_on` may answer


def status_on(issued_on: date, valid_to: date, acts: Iterable, day: date) -> str:
    """The status on `day`, one of STATUSES.

    `acts` are in the order they were entered.  A suspension lasts until it is
    restored: its end date is when a person must decide, not a silent pardon.
    Withdrawn, cancelled, superseded and expired are final.
    """
    if day < issued_on:
        return "not_issued"
    status = "valid"
    for act in acts:
        if act.on <= min(day, valid_to) and status not in FINAL:
            status = BECOMES[act.kind]
    if status in FINAL:
        return status
    return "expired" if day > valid_to else status


def cause_known(_certificate, _actor, facts) -> str | None:
    return None if facts.get("cause") in CAUSES[facts["kind"]] else "cause-unknown"


def suspension_bounded(certificate, _actor, facts) -> str | None:
    """A suspension names its end, within the longest allowed and within the validity."""
    until = facts.get("until")
    if until is None:
        return "suspension-end-missing"
    longest = months_after(today(), months(certificate.scheme, "suspension_max"))
    inside = today() <= until <= min(longest, certificate.valid_to)
    return None if inside else "suspension-too-long"


def suspension_not_over(certificate, _actor) -> str | None:
    """Restoring after the end of the suspension is refused: then a withdrawal is to be decided."""
    ends = [act.until for act in certificate.acts if act.kind == "suspend"]
    return "suspension-over" if ends and ends[-1] < today() else None


CERTIFICATE = Machine(
    "certificate", "valid",
    step("suspend", "valid", "suspended", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known, suspension_bounded]),
    step("restore", "suspended", "valid", "decision_maker", clear_to("change_status"),
         suspension_not_over,
         demands=[reason_given, cause_known]),
    step("reinstate", "suspended", "valid", "system", demands=[needs("appeal-missing", "appeal")]),
    step("supersede", "valid", "superseded", "system"),
    step("withdraw", "valid|suspended", "withdrawn", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known]),
    step("cancel", "valid|suspended", "cancelled", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known]),
)  # fmt: skip
