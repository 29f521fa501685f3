"""What is handed in of a policy rule and with the steps of a proposed one, and what programs are answered."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from core.lifecycle import Key
from core.members import Amount, Body, ColumnText, Count, Day, Listed, OneOf, Perhaps, Text
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from procurement.policy.checking import last_days
from procurement.policy.models import PolicyProposal
from procurement.policy.workflow import POLICY
from procurement.rules import TREATMENTS
from procurement.verdict.judging import MODES

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKS: dict[Key, type[Facts]] = {
    (POLICY, "approve"): Nothing,
    (POLICY, "drop"): Reason,
}


class LastUse(Body):
    version: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="A former version.")
    until: Day = Field(description="The last day on which its certificates prove anything here.")


class Proposed(Body):
    """A rule as it is to be; the name of the 品目 is that of the catalogue."""

    category_edition: Annotated[str, ColumnText(PolicyProposal.category_edition)] = ""
    category_code: Annotated[str, ColumnText(PolicyProposal.category_code)] = ""
    scheme_code: Annotated[str, ColumnText(PolicyProposal.scheme_code)] = ""
    treatment: Annotated[str, OneOf(TREATMENTS)] = ""
    mode: Annotated[str, OneOf(MODES)] = ""
    criterion: Annotated[str, ColumnText(PolicyProposal.criterion)] = ""
    scope_note: Annotated[str, ColumnText(PolicyProposal.scope_note)] = ""
    basis: Annotated[str, ColumnText(PolicyProposal.basis)] = ""
    bodies: Listed[Text] = Field([], description="Credit codes; none where every approved body counts.")
    valid_from: Perhaps[Day] = None
    valid_to: Perhaps[Day] = None
    last_use: Listed[LastUse] = Field([], description="Of former versions of the scheme.")
    parameter: Annotated[str, ColumnText(PolicyProposal.parameter)] = Field(
        "", description="Of the scheme; its products with another value belong to another code."
    )
    above: Perhaps[Amount] = None
    up_to: Perhaps[Amount] = None
    choices: Listed[Text] = Field([], description="Values of the parameter, in place of a range.")
    demo: bool = False

    def values(self) -> dict[str, Any]:  # as the operation takes them
        said = self.model_dump(exclude={"last_use", "version"})
        return said | {"last_days": last_days((each.version, each.until) for each in self.last_use)}


class Written(Proposed):
    version: Count


class ProposalAnswer(SubjectAnswer):
    """One proposed rule, with the steps open to the caller."""

    version: int
    author: str
    category_edition: str
    category_code: str
    category_name: str
    scheme_code: str
    treatment: str
    mode: str
    criterion: str
    scope_note: str
    basis: str
    bodies: list[str]
    last_use: list[LastUse]
    valid_from: date
    valid_to: date | None
    parameter: str
    above: Decimal | None
    up_to: Decimal | None
    choices: list[str]
    demo: bool


def proposal(found: PolicyProposal) -> "Mapping[str, object]":
    names = ProposalAnswer.model_fields.keys() - SubjectAnswer.model_fields.keys()
    return {name: getattr(found, name) for name in names}
