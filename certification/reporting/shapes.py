"""What programs are answered of the report of an evaluation."""

import json
from datetime import datetime
from typing import Any

from pydantic import Field

from certification.reporting.models import EvaluationReport
from core.api import Answered


class EvaluationReportAnswer(Answered):
    number: str
    digest: str = Field(description="SHA-256 of the statement in its canonical spelling (RFC 8785)")
    document: str | None = Field(description="SHA-256 of the PDF, once it is drawn")
    made_at: datetime
    statement: dict[str, Any] = Field(  # JSON, whose members its `format` names
        description="what was evaluated, found and decided; the PDF shows it"
    )


def report(found: EvaluationReport) -> dict[str, object]:
    told = {name: getattr(found, name) for name in ("number", "digest", "document", "made_at")}
    return told | {"statement": json.loads(found.statement)}
