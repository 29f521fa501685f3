"""The road of a complaint at the body (ISO/IEC 17065 7.13): received, acknowledged, investigated, answered.

Anybody may bring one about a certificate or its label; the body that issued it must supervise it
(认证认可条例 art. 26).  Who handles it took no part in the case; who brought it stays apart.
"""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.complaints.models import BodyComplaint

SUBJECTS = ("certificate", "label", "handling")
CHANNELS = ("public", "regulator")
OUTCOMES = ("founded", "partly_founded", "unfounded")
MEASURES = ("none", "suspend")  # what is put before a decision maker of the body
UNSETTLED = ("received", "acknowledged", "investigating")

NO_RULE = "演示数据：国家规定中未见认证机构处理投诉的时限，由机构规定"


def by_uninvolved_hands(complaint: "BodyComplaint", actor: Actor) -> str | None:
    """ISO/IEC 17065 7.13.5: whoever took any step in the case, or on the certificate, does not handle it."""
    return "took-part-in-the-certification" if actor.id in complaint.involved else None


def handled_by_me(complaint: "BodyComplaint", actor: Actor) -> str | None:
    return None if complaint.handler_id == actor.id else "complaint-handled-by-another"


def complainant_unnamed(complaint: "BodyComplaint", _actor: Actor, facts: Facts) -> str | None:
    """What is written goes into the record and to others; who complained does not."""
    texts = [facts.get(name) or "" for name in ("reason", "findings", "answer")]
    return "complainant-named" if any(complaint.names_complainant(text) for text in texts) else None


def measure_follows(_complaint: "BodyComplaint", _actor: Actor, facts: Facts) -> str | None:
    """Nothing is put before anybody for what was found to be unfounded."""
    unfounded = facts.get("outcome") == "unfounded" and facts.get("measure") == "suspend"
    return "measure-without-ground" if unfounded else None


BY_OTHERS = (clear_to("handle_complaint"), by_uninvolved_hands)

BODY_COMPLAINT = Machine(
    "body_complaint", "received",
    step("acknowledge", "received", "acknowledged", "appeals_officer", *BY_OTHERS),
    step("set_aside", "received", "set_aside", "appeals_officer", *BY_OTHERS,
         demands=[reason_given, complainant_unnamed]),
    step("investigate", "acknowledged|investigating", "investigating", "appeals_officer", *BY_OTHERS,
         handled_by_me, demands=[needs("findings-missing", "findings"), complainant_unnamed]),
    step("answer", "investigating", "answered", "appeals_officer", *BY_OTHERS, handled_by_me,
         demands=[needs("outcome-missing", "outcome"), one_of("outcome-missing", "outcome", *OUTCOMES),
                  one_of("measure-missing", "measure", *MEASURES), measure_follows,
                  needs("answer-missing", "answer"), complainant_unnamed]),
)  # fmt: skip
