"""What a certificate is worth on a day, and the acts that change it (certification-rules 6.4)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from certification.workflow.impartiality import clear_to
from core.calendar.count import DAY, months_after
from core.clock import today, years_after
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step
from schemes.terms import months

if TYPE_CHECKING:
    from certification.aftercare.models import StatusProposal
    from certification.certificate.models import Certificate

# The causes of 1.5 (default catalogue; a scheme may replace it).
CAUSES = {
    "suspend": (
        "misuse",
        "rule_breach",
        "surveillance_finding",
        "check_missed",
        "change_not_made",
        "evidence_retracted",
        "not_converted",
        "regulator_order",
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
    "supersede": ("recertified",),  # of earlier ones; today the former stands to its own last day
}
BECOMES = {
    "suspend": "suspended",
    "restore": "valid",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
    "supersede": "superseded",
}
RESTORING = ("restore", "reinstate", "resume")  # the steps that end a suspension
ENDED_EARLY = ("withdrawn", "cancelled")  # an act ended it before its last day
FINAL = (*ENDED_EARLY, "superseded")
ENDING = tuple(kind for kind, state in BECOMES.items() if state in FINAL)  # acts that end it
STATUSES = ("not_issued", "valid", "suspended", *FINAL, "expired")  # what `status_on` may answer
NOT_BEGUN = ("not_issued",)
VALID = ("valid",)  # 有效: the label may be used, the product bought
SUSPENDED = ("suspended",)
IN_FORCE = (*VALID, *SUSPENDED)  # it has begun and nothing has ended it: it is looked after
LOST = tuple(status for status in STATUSES if status not in VALID)
STANDING = (*NOT_BEGUN, *IN_FORCE)  # those that an act may still change
EXPIRED = ("expired",)
ACTED_ON = (*SUSPENDED, *FINAL)  # an act made it so
BY_DAY = (*NOT_BEGUN, *EXPIRED)  # a day made it so, whatever was done before


class Acted(Protocol):
    """A status act, or what mirrors one."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...


def status_on(begins_on: date, valid_to: date, acts: Iterable[Acted], day: date) -> str:
    """The status on `day`, one of STATUSES.

    `acts` are in the order they were entered.  A suspension lasts until it is
    restored: its end date is when a person must decide, not a silent pardon.
    Withdrawn, cancelled, superseded and expired are final.  Before its first day
    a certificate is not in force; what was done to it meanwhile counts at once.
    """
    status = "valid"
    for act in acts:
        if act.on <= min(day, valid_to) and status not in FINAL:
            status = BECOMES[act.kind]
    if status in FINAL:
        return status
    if day > valid_to:
        return "expired"
    return "not_issued" if status == "valid" and day < begins_on else status


def not_in_force(certificate: "Certificate") -> str | None:
    """Why nothing can be asked for under it today: it has not begun, or it is over."""
    if certificate.state == "not_issued":
        return "certificate-not-begun"
    return None if certificate.state in IN_FORCE else "certificate-not-open"


def validity(issued_on: date, years: int, former: "Certificate | None") -> tuple[date, date]:
    """First and last day of what is issued on a day, for the years of its scheme.

    It begins at once, or the day after the last of the `former` one that it replaces, so that no day
    has two, and none is lost to whoever asked in time.
    """
    first = issued_on if former is None else max(issued_on, former.valid_to + DAY)
    return first, years_after(first, years)


def gap(begins_on: date, former: "Certificate | None") -> tuple[date, date] | None:
    """The days without a certificate between the one that is replaced and the new one, first and last."""
    if former is None or begins_on - former.valid_to <= DAY:
        return None
    return former.valid_to + DAY, begins_on - DAY


def cause_known(_certificate: "Certificate", _actor: Actor, facts: Facts) -> str | None:
    return None if facts.get("cause") in CAUSES[facts["kind"]] else "cause-unknown"


def suspension_bounded(certificate: "Certificate", _actor: Actor, facts: Facts) -> str | None:
    """A suspension names its end, within the longest allowed and within the validity.

    It goes over to the certificate that waits to take this one's place, so it may last into that.
    """
    until = facts.get("until")
    if until is None:
        return "suspension-end-missing"
    held = [certificate, certificate.waiting] if certificate.waiting else [certificate]
    longest = min(months_after(today(), months(each.scheme, "suspension_max")) for each in held)
    inside = today() <= until <= min(longest, held[-1].valid_to)
    return None if inside else "suspension-too-long"


def goes_over(certificate: "Certificate", name: str) -> bool:
    """Whether a step that was taken on a certificate is taken on the one that waits behind it as well.

    Both are about one product of one holder: what ends or interrupts the one ends or interrupts the
    other, and only a suspension that came over is lifted with the one that it came from.
    """
    waiting = certificate.waiting
    if waiting is None:
        return False
    if name in RESTORING:
        return waiting.state == "suspended" and _suspension(waiting) == _suspension(certificate)
    return name != "suspend" or waiting.state == "not_issued"


def _suspension(certificate: "Certificate") -> tuple[date, str, str]:
    last = [act for act in certificate.acts if act.kind == "suspend"][-1]
    return last.on, last.cause, last.reason


def suspension_not_over(certificate: "Certificate", _actor: Actor) -> str | None:
    """Restoring after the end of the suspension is refused: then a withdrawal is to be decided."""
    ends = [act.until for act in certificate.acts if act.kind == "suspend"]
    return "suspension-over" if ends and ends[-1] and ends[-1] < today() else None


def restoration_asked(certificate: "Certificate", _actor: Actor) -> str | None:
    return None if _wish(certificate) else "restoration-not-requested"


def restoration_verified(certificate: "Certificate", _actor: Actor) -> str | None:
    """What was corrected has been looked at and found so."""
    wish = _wish(certificate)
    return "restoration-not-verified" if wish and not wish.is_confirmed else None


def restored_by_other_hands(certificate: "Certificate", actor: Actor) -> str | None:
    """Neither whoever suspended it nor whoever verified what was corrected."""
    wish = _wish(certificate)
    if certificate.suspender_id == actor.id:
        return "suspended-by-the-same"
    return "verified-by-the-same" if wish and wish.verified_by_id == actor.id else None


def _wish(certificate: "Certificate") -> "StatusProposal | None":
    """The holder's request for its restoration; a suspension that came over is lifted with the one before."""
    former = certificate.replaces
    came_over = former is not None and former.waiting is certificate and goes_over(former, "restore")
    asked = [*certificate.proposals, *(former.proposals if former and came_over else ())]
    return next((each for each in asked if each.is_wish_to_restore), None)


def waits_for_conversion(certificate: "Certificate") -> bool:
    """Whether all that it is suspended for is that it was not converted to the new version of its rule."""
    causes = [act.cause for act in certificate.acts if act.kind == "suspend"]
    return certificate.state in SUSPENDED and causes[-1:] == ["not_converted"]


def suspended_to_convert(certificate: "Certificate", _actor: Actor) -> str | None:
    return None if waits_for_conversion(certificate) else "suspended-otherwise"


CERTIFICATE = Machine(
    "certificate", "valid",
    step("suspend", "not_issued|valid", "suspended", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known, suspension_bounded]),
    step("restore", "suspended", "valid", "decision_maker", clear_to("change_status"),
         suspension_not_over, restoration_asked, restoration_verified, restored_by_other_hands,
         demands=[reason_given, cause_known]),
    step("reinstate", "suspended", "valid", "system", demands=[needs("appeal-missing", "appeal")]),
    step("resume", "suspended", "valid", "system", suspended_to_convert, suspension_not_over,
         demands=[reason_given]),
    step("withdraw", "not_issued|valid|suspended", "withdrawn", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known]),
    step("cancel", "not_issued|valid|suspended", "cancelled", "decision_maker", clear_to("change_status"),
         demands=[reason_given, cause_known]),
)  # fmt: skip
