"""The life of a nonconformity of a follow-up check: answered on evidence, judged by the team of the check.

By when it is answered, whoever concludes the check says, for all of them together (see surveillance).
"""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from certification.workflow.nonconformity import evidence_attached
from core.demands import needs, reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from certification.aftercare.models import CheckFinding

TEAM = "lead_verifier|verifier"


def under_correction(finding: "CheckFinding", _actor: Actor) -> str | None:
    return None if finding.check.is_correcting else "check-not-correcting"


def of_the_team(finding: "CheckFinding", actor: Actor) -> str | None:
    team = {member.user_id for member in finding.check.team}
    return None if actor.id in team else "not-on-the-team"


CHECK_FINDING = Machine(
    "check_finding", "raised",
    step("answer", "raised", "answered", "applicant", under_correction,
         demands=[needs("answer-missing", "answer"), evidence_attached]),
    step("reject", "answered", "raised", TEAM, under_correction, of_the_team, clear_to("verify"),
         demands=[reason_given]),
    step("close", "answered", "closed", TEAM, under_correction, of_the_team, clear_to("verify"),
         demands=[reason_given]),
)  # fmt: skip
