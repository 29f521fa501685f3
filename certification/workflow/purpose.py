"""Why a case is walked: for a first certificate, or for one that stands already.

A change re-enters the same road (ISO/IEC 17065 7.10).  Only for a change, an extension or a reduction
may the plan leave a part of the evaluation out, by name and with a reason; for a first certificate
and for recertification nothing is left out (认证认可条例 art. 21).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from certification.workflow.certificate import not_in_force, suspension_not_over, waits_for_conversion
from core.calendar.count import months_after
from core.clock import today
from core.machine import Actor, Facts, Guard
from schemes.terms import months

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.certificate.models import Certificate

VERSIONS = (
    "change",
    "extension",
    "reduction",
    "conversion",
)  # these lead to a new version of the same certificate
PURPOSES = ("initial", *VERSIONS, "recertification")
PARTS = ("documents", "tests", "site")


def purpose_fits(application: "Application", _actor: Actor) -> str | None:
    """What the case is about still stands, and asks for this purpose."""
    certificate = application.about
    if certificate is None:
        return None
    again = application.purpose == "recertification"
    closed = not_in_force(certificate)
    if closed and not (again and certificate.state == "expired"):
        return closed  # a recertification that was opened in time goes on past the last day
    if recertified(certificate, application.purpose):
        return "certificate-recertified"
    if application.purpose == "conversion" and (none := convertible(certificate)):
        return none
    early = again and today() < recertification_from(certificate)
    return "recertification-too-early" if early else _models_fit(application, certificate)


def convertible(certificate: "Certificate") -> str | None:
    """A certificate is converted once a later version of its rule is in force."""
    taken_over = certificate.scheme.superseded_on
    if taken_over is None:
        return "nothing-to-convert"
    return "conversion-too-early" if today() < taken_over else None


def _models_fit(application: "Application", certificate: "Certificate") -> str | None:
    asked = {model.code for model in application.models}
    listed = {model.code for model in certificate.models}
    if application.purpose == "reduction" and not asked < listed:
        return "reduction-must-drop-models"
    if application.purpose == "extension" and not asked > listed:
        return "extension-must-add-models"
    return None


def recertified(certificate: "Certificate", purpose: str) -> bool:
    """Whether recertification is asked for of a certificate that another was issued to follow."""
    return purpose == "recertification" and certificate.replaced_by is not None


def recertification_from(certificate: "Certificate") -> date:
    """The first day on which the holder may ask for recertification."""
    return months_after(certificate.valid_to, -months(certificate.scheme, "recertification_earliest"))


def recertification_until(certificate: "Certificate") -> date:
    """The last day on which asking is punctual; later it is still accepted, and the delay is named."""
    return months_after(certificate.valid_to, -months(certificate.scheme, "recertification_latest"))


def reminded_on(certificate: "Certificate", lead: str) -> date:
    """The day of a reminder (see REMINDERS); none comes before asking is possible."""
    named, days = lead.split(":")
    earliest = recertification_from(certificate)
    days_named = {
        "earliest": earliest,
        "latest": recertification_until(certificate),
        "days": certificate.valid_to,
    }
    return max(earliest, days_named[named] - timedelta(days=int(days)))


def days_late(certificate: "Certificate", day: date) -> int:
    """How many days after the last punctual one recertification is asked for; 0 when in time."""
    return max((day - recertification_until(certificate)).days, 0)


def same_holder(application: "Application", _actor: Actor) -> str | None:
    """168号令 art. 29: no certificate is transferred; another holder needs a case of its own."""
    certificate = application.about
    same = certificate is None or certificate.holder_id == application.applicant_id
    return None if same else "holder-cannot-change"


def certificate_ready(application: "Application", actor: Actor) -> str | None:
    """A new version is of a valid certificate; a suspended one is restored first, or by the conversion for
    want of which it was suspended."""
    certificate = application.about
    if certificate is None:
        return None
    if recertified(certificate, application.purpose):
        return "certificate-recertified"
    if certificate.state == "valid":
        return None
    if application.purpose == "conversion" and waits_for_conversion(certificate):
        return suspension_not_over(certificate, actor)
    expired = application.purpose == "recertification" and certificate.state == "expired"
    return None if expired else "certificate-not-ready"


def waiting_period_over(application: "Application", _actor: Actor) -> str | None:
    """After a withdrawal the same holder waits before the same kind of product is applied for again."""
    until = application.barred_until
    return None if until is None or today() > until else "reapplication-barred"


def planned(part: str) -> Guard["Application"]:
    """The step belongs to a part of the evaluation, so the plan must name it."""

    def guard(application: "Application", _actor: Actor) -> str | None:
        return None if part in application.planned_parts else "part-not-planned"

    guard.__name__ = f"{part}_planned"
    return guard


def may_leave_parts_out(application: "Application") -> bool:
    """Whether a part may be left out at all; the plan says why."""
    return application.purpose in VERSIONS


def parts_justified(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    parts = tuple(facts.get("parts") or PARTS)
    if not set(parts) <= set(PARTS):
        return "parts-unknown"
    if set(parts) == set(PARTS):
        return None
    if not may_leave_parts_out(application):
        return "part-omitted"
    return None if (facts.get("parts_reason") or "").strip() else "parts-reason-missing"


def plan_complete(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """A plan names its team always, a laboratory for tests, days and length for a visit."""
    parts = facts.get("parts") or PARTS
    wanted = ["team"]
    wanted += ["laboratory_id"] if "tests" in parts else []
    wanted += ["person_days", "site_from", "site_to"] if "site" in parts else []
    return "plan-incomplete" if any(not facts.get(name) for name in wanted) else None
