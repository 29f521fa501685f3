"""What is handed in with what a verifier found, and what is told of it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from certification.shapes import AsSent
from certification.verification.models import Opinion, VerifiedEvidence, VerifiedItem
from certification.verification.queries import Line, Sheet
from certification.workflow import APPLICATION
from certification.workflow.verification import OPINIONS, OUTCOMES
from core.api import Answered
from core.members import Body, ColumnText, Listed, OneOf, Perhaps, Text, Whole
from core.step.shapes import Facts

MOST_SAMPLES = 1_000_000


class Item(Body):
    subject: Annotated[str, ColumnText(VerifiedItem.subject)] = ""
    outcome: Annotated[str, OneOf(OUTCOMES)] = ""
    values: dict[Text, Annotated[Any, AsSent()] | None] = Field(  # JSON
        default_factory=dict,
        description="what is corrected: the cells of a row, `amount` and `unit` of the output, else `value`",
    )
    evidence: Listed[Annotated[str, ColumnText(VerifiedEvidence.digest)]] = Field(
        default_factory=list, description="digests of files of the case"
    )
    samples: Perhaps[Annotated[int, Whole(1, MOST_SAMPLES)]] = None
    reason: Annotated[str, ColumnText(VerifiedItem.reason)] = ""


class Verified(Facts):
    items: Listed[Item] = Field(default_factory=list)


class OpinionGiven(Facts):
    opinion: Annotated[str, OneOf(OPINIONS)] = ""
    text: Annotated[str, ColumnText(Opinion.text)] = ""


class ProofAnswer(Answered):
    sha256: str
    name: str


class ValuesAnswer(Answered):
    """Of a row the cells that count, with the quantities of its kind and the codes of its `factors`; `amount`
    and `unit` of the output, the `digest` of a process system, else one `value`.  A number is text."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": {"type": ["string", "boolean", "array", "object", "null"]}
        },
    )


class LineAnswer(Answered):
    """`stated` and `verified` are what a row adds to the footprint; `weight` is how much hangs on it."""

    subject: str
    number: int | None
    name: str
    declared: ValuesAnswer
    outcome: str
    found: ValuesAnswer = Field(description="What was corrected")
    stated: Decimal | None
    verified: Decimal | None
    weight: str
    samples: int | None
    reason: str
    evidence: list[ProofAnswer]
    verified_by: str
    verified_at: datetime | None


class OpinionAnswer(Answered):
    opinion: str
    text: str
    assurance: str
    given_by: str
    given_at: datetime
    declared: str = Field(description="digest of the footprint that was declared")
    verified: str = Field(description="digest of the footprint that was verified")


class SheetAnswer(Answered):
    """`misstated` is the largest misstatement, of a row or of the whole, as a part of what was declared."""

    unit: str
    stated: Decimal
    verified: Decimal
    materiality: Decimal
    misstated: str
    covered: str
    items: list[LineAnswer]
    opinion: OpinionAnswer | None


def sheet(found: Sheet, opinion: Opinion | None) -> dict[str, object]:
    return {
        "unit": found.unit,
        "stated": found.stated,
        "verified": found.verified,
        "materiality": found.materiality,
        "misstated": f"{found.misstated:.4f}",
        "covered": f"{found.covered:.4f}",
        "items": [_line(line) for line in found.lines],
        "opinion": opinion and _opinion(opinion),
    }


def _line(line: Line) -> dict[str, object]:
    item = line.item
    proofs = item.evidence if item else ()
    names = ("subject", "number", "name", "outcome", "stated", "verified")
    said = line.declared
    return {
        **{name: getattr(line, name) for name in names},
        "declared": {**said, **said["stated"]} if "stated" in said else said,
        "weight": f"{line.weight:.4f}",
        "found": item.found if item else {},
        "samples": item.samples if item else None,
        "reason": item.reason if item else "",
        "evidence": [{"sha256": proof.digest, "name": proof.name} for proof in proofs],
        "verified_by": item.verified_by if item else "",
        "verified_at": item.verified_at if item else None,
    }


def _opinion(given: Opinion) -> dict[str, object]:
    names = ("opinion", "text", "assurance", "given_by", "given_at")
    said = {name: getattr(given, name) for name in names}
    return said | {"declared": given.declared.digest, "verified": given.verified.digest}


ASKS = {
    (APPLICATION, "verify_data"): Verified,
    (APPLICATION, "give_opinion"): OpinionGiven,
}
