"""What programs are answered of the report of an evaluation."""

from datetime import datetime

from pydantic import Field

from certification.reporting.models import EvaluationReport
from core.api import Answered


class EvaluationReportAnswer(Answered):
    number: str
    digest: str = Field(description="SHA-256 of the statement in its canonical spelling (RFC 8785)")
    document: str | None = Field(description="SHA-256 of the PDF, once it is drawn")
    made_at: datetime
    statement: str = Field(
        description="What was evaluated, found and decided, as JSON in its canonical spelling"
    )


def report(found: EvaluationReport) -> dict[str, object]:
    return {name: getattr(found, name) for name in EvaluationReportAnswer.model_fields}
