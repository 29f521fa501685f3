"""What is handed in with a follow-up check, and with a proposal about a certificate."""

from typing import Annotated, Any

from pydantic import Field

from certification.aftercare.models import StatusProposal, Surveillance
from certification.evaluation.shapes import Answer, CheckItem, Team
from certification.workflow import STATUS_PROPOSAL, SURVEILLANCE
from certification.workflow.proposal import VERDICTS
from core.members import Amount, ColumnText, Day, File, Listed, OneOf, Perhaps
from core.step.shapes import Facts, Reason


class CheckNotice(Team):
    on: Perhaps[Day] = None
    person_days: Perhaps[Amount] = None


class CheckRecord(Facts):
    items: Listed[CheckItem] = Field(default_factory=list)
    conducted_on: Perhaps[Day] = None
    person_days: Perhaps[Amount] = None
    summary: Annotated[str, ColumnText(Surveillance.summary)] = ""


class CheckDemand(Reason):
    due: Perhaps[Day] = None


class Verification(Facts):
    """What whoever verified a restoration found; the evidence is kept before the law is asked."""

    verdict: Annotated[str, OneOf(VERDICTS)] = ""
    verified_on: Perhaps[Day] = None
    verification: Annotated[str, ColumnText(StatusProposal.verification)] = ""
    evidence: File | None = None

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        said = {name: getattr(self, name) for name in ("verdict", "verified_on", "verification")}
        return said | {"upload": self.evidence}


ASKS = {
    (STATUS_PROPOSAL, "verify"): Verification,
    (STATUS_PROPOSAL, "decline"): Reason,
    (SURVEILLANCE, "notify"): CheckNotice,
    (SURVEILLANCE, "conduct"): CheckRecord,
    (SURVEILLANCE, "require"): CheckDemand,
    (SURVEILLANCE, "answer"): Answer,
    (SURVEILLANCE, "pass"): Reason,
    (SURVEILLANCE, "fail"): Reason,
}
