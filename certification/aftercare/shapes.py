"""What is handed in with a follow-up check, and with a proposal about a certificate."""

from typing import Annotated

from pydantic import Field

from certification.aftercare.models import Surveillance
from certification.evaluation.shapes import Answer, CheckItem, Team
from certification.workflow import STATUS_PROPOSAL, SURVEILLANCE
from core.members import Amount, ColumnText, Day, Listed, Perhaps
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


ASKS = {
    (STATUS_PROPOSAL, "decline"): Reason,
    (SURVEILLANCE, "notify"): CheckNotice,
    (SURVEILLANCE, "conduct"): CheckRecord,
    (SURVEILLANCE, "require"): CheckDemand,
    (SURVEILLANCE, "answer"): Answer,
    (SURVEILLANCE, "pass"): Reason,
    (SURVEILLANCE, "fail"): Reason,
}
