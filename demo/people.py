"""Findings of competence that one person of a body proposed, and a second one approved or not yet."""

from datetime import timedelta

from werkzeug.datastructures import FileStorage

from accounts.models import RoleProposal
from accounts.operations import approve_role, propose_roles
from accounts.queries import members
from certification.impartiality.models import Competence
from certification.impartiality.operations import propose_competence
from core import lifecycle
from core.clock import today
from demo import papers
from demo.cast import Cast


def leave_proposals(cast: Cast) -> None:
    """The officer proposed two for tiles; the head approved one, and has not looked at the other yet."""
    (approved,) = _propose(cast, "documents@demo.example", "verify")
    lifecycle.take(approved, "approve", cast.holder("cb", "head_of_body"))
    _propose(cast, "verifier2@demo.example", "review_documents")


def leave_role_proposals(cast: Cast) -> None:
    """The officer proposed to let a verifier lead for another year, which the head approved, and a second
    author of rules, at whom the head has not looked yet."""
    (approved,) = _propose_role(cast, "verifier2@demo.example", "lead_verifier")
    approve_role(cast.holder("cb", "head_of_body"), approved.id)
    _propose_role(cast, "label@demo.example", "rule_author")


def _propose_role(cast: Cast, email: str, role: str) -> list[RoleProposal]:
    officer = cast.holder("cb", "organisation_admin")
    (seat,) = (each for each in members(officer) if each.user_id == cast.people[email].id)
    return propose_roles(
        officer,
        seat.id,
        roles=[role],
        valid_from=today(),
        valid_to=today() + timedelta(days=365),
        basis="演示数据：任命通知，聘期一年",
        evidence=FileStorage(*papers.paper("competence", role)),
    )


def _propose(cast: Cast, email: str, function: str) -> list[Competence]:
    return propose_competence(
        cast.holder("cb", "organisation_admin"),
        user_id=cast.people[email].id,
        functions=[function],
        classes=["low_carbon/ceramic_tile"],
        valid_from=today(),
        valid_to=today() + timedelta(days=3 * 365),
        basis="演示数据：见证评审两次，内部考核合格",
        evidence=FileStorage(*papers.paper("competence", function)),
    )
