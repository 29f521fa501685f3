"""What is handed in with a plan of evidence and with a working paper, and what is told of both."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from certification.tracing.models import PlannedTrace, WorkingPaper
from certification.tracing.queries import Traced
from certification.verification.shapes import MOST_SAMPLES
from core.api import Answered
from core.members import Body, ColumnText, File, Listed, Perhaps, Text, Whole
from core.step.shapes import Facts


class Trace(Body):
    subject: Annotated[str, ColumnText(PlannedTrace.subject)] = ""
    samples: Perhaps[Annotated[int, Whole(1, MOST_SAMPLES)]] = None
    meter: Annotated[str, ColumnText(PlannedTrace.meter)] = ""
    note: Annotated[str, ColumnText(PlannedTrace.note)] = ""


class EvidencePlanned(Facts):
    """The whole plan: what is not named is not traced; `reason`: why it is another than before."""

    traces: Listed[Trace] = Field(default_factory=list)
    reason: Annotated[str, ColumnText(PlannedTrace.note)] = ""


class EvidencePlanSent(EvidencePlanned):
    version: int | None = Field(None, description="of the case that was seen")


class PaperKept(Body):
    """`subjects`: what the file is about, one a line."""

    subjects: Text = ""
    note: Annotated[str, ColumnText(WorkingPaper.note)] = ""
    file: File | None = None


class PlannedAnswer(Answered):
    samples: int
    meter: str
    note: str
    planned_by: str
    planned_at: datetime


class TracedAnswer(Answered):
    """`proposed` documents follow from the risks; `seen` are those that were looked at."""

    subject: str
    number: int | None
    name: str
    weight: str
    risks: list[str]
    proposed: int
    planned: PlannedAnswer | None
    seen: int | None


class PaperAnswer(Answered):
    id: int
    name: str
    sha256: str
    subjects: list[str]
    note: str
    kept_by: str
    kept_at: datetime


class EvidencePlanAnswer(Answered):
    version: int = Field(description="of the case")
    materiality: Decimal
    items: list[TracedAnswer]
    papers: list[PaperAnswer]


def traced(found: Traced) -> dict[str, Any]:  # JSON
    names = ("samples", "meter", "note", "planned_by", "planned_at")
    stands = found.planned
    return {
        "subject": found.line.subject,
        "number": found.line.number,
        "name": found.line.name,
        "weight": f"{found.line.weight:.4f}",
        "risks": list(found.risks),
        "proposed": found.proposed,
        "planned": stands and {name: getattr(stands, name) for name in names},
        "seen": found.line.item.samples if found.line.item else None,
    }


def paper(found: WorkingPaper) -> dict[str, Any]:  # JSON
    names = ("id", "name", "subjects", "note", "kept_by", "kept_at")
    return {"sha256": found.digest} | {name: getattr(found, name) for name in names}
