"""What is handed in about the roles of members, and what is answered of them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from accounts.models import Membership, RoleProposal
from accounts.models.roles import OUTCOMES
from core.api import Answered, PageNumber
from core.machine import Facts
from core.members import Body, ColumnText, Day, File, Listed, Perhaps, Text


class Proposed(Body):
    """A form: roles for one member, with the file the appointment rests on."""

    roles: Text = Field("", description="Parted by blanks, of those the kind of the organisation knows")
    valid_from: Perhaps[Day] = None
    valid_to: Perhaps[Day] = Field(None, description="The last day")
    basis: Annotated[str, ColumnText(RoleProposal.basis)] = ""
    evidence: File | None = None

    def facts(self) -> Facts:
        """As `propose_roles` is told them."""
        said = {name: getattr(self, name) for name in Proposed.model_fields}
        return said | {"roles": self.roles.split()}


class Declined(Body):
    reason: Annotated[str, ColumnText(RoleProposal.reason)] = ""


class Kept(Body):
    """The roles a member keeps; those that are not named are revoked at once."""

    roles: Listed[Text]


class ProposalsQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=100)


class RoleAnswer(Answered):
    role: str
    in_force: bool
    valid_from: date | None = Field(description="Null where it was granted before two people were asked.")
    valid_to: date | None = Field(description="The last day; null where none was set.")
    approved_by: str


class MemberAnswer(Answered):
    id: int
    user_id: int
    name: str
    roles: list[RoleAnswer]


class MembersAnswer(Answered):
    items: list[MemberAnswer]


class ProposalAnswer(Answered):
    id: int
    member_id: int
    name: str
    organisation: str
    role: str
    outcome: str = Field(description=", ".join(OUTCOMES))
    valid_from: date
    valid_to: date
    basis: str
    evidence: str = Field(description="SHA-256 of the file it rests on")
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str


class ProposalsAnswer(Answered):
    items: list[ProposalAnswer]


class ProposalPage(Answered):
    total: int
    page: int
    items: list[ProposalAnswer]


OF_PROPOSAL = tuple(ProposalAnswer.model_fields.keys() - {"member_id", "name", "organisation"})
OF_GRANT = ("role", "valid_from", "valid_to", "approved_by")


def member(seat: Membership, day: date) -> dict[str, object]:
    held = [
        {name: getattr(grant, name) for name in OF_GRANT} | {"in_force": grant.in_force_on(day)}
        for grant in sorted(seat.grants, key=lambda grant: grant.role)
    ]
    return {"id": seat.id, "user_id": seat.user_id, "name": seat.user.name, "roles": held}


def proposal(entry: RoleProposal) -> dict[str, object]:
    seat = entry.membership
    whose = {"member_id": seat.id, "name": seat.user.name, "organisation": seat.organisation.name}
    return whose | {name: getattr(entry, name) for name in OF_PROPOSAL}
