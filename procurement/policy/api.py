"""Policy rules for programs, and the proposals of those who draw them up."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import current_actor, public
from core.api import Answered, PageNumber, asked_in, described, handed_in
from core.clock import today
from core.db import db
from core.members import Day
from core.step.api import StepCalls, refuse_stale
from core.web import json_response
from procurement.policy import operations, queries, shapes
from procurement.policy.workflow import POLICY

if TYPE_CHECKING:
    from procurement.policy.models import PolicyProposal

bp = Blueprint("policy_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


class PolicyQuery(BaseModel):
    on: Day | None = Field(None, description="The rules in force on this day; today when left out.")
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


class PolicyRule(Answered):
    """`number` counts the rules for the same code and scheme; `bodies` are credit codes."""

    number: int
    category_edition: str
    category_code: str
    category_name: str
    scheme_code: str
    treatment: str
    mode: str
    criterion: str
    scope_note: str
    bodies: list[str]
    last_use: list[shapes.LastUse]
    basis: str
    parameter: str = Field(description="By which its products are told from others of the scheme.")
    above: Decimal | None
    up_to: Decimal | None
    choices: list[str]
    demo: bool
    valid_from: date
    valid_to: date | None


class PolicyRules(Answered):
    on: date
    total: int
    items: list[PolicyRule]


@bp.get("/policy")
@described("procurement", query=PolicyQuery, answer=PolicyRules)
@public
def policy() -> ResponseReturnValue:
    """The policy rules in force on a day: which goods are to be bought certified, how, and by which proof."""
    asked = asked_in(PolicyQuery)
    day = asked.on or today()
    page = queries.in_force(day, asked.page, asked.per_page)
    items = [{name: getattr(each, name) for name in PolicyRule.model_fields} for each in page.items]
    return json_response({"on": day, "total": page.total, "items": items})


@bp.post("/policy_proposals")
@described("procurement", json=shapes.Proposed, status=201, answer=shapes.ProposalAnswer)
def propose_policy() -> ResponseReturnValue:
    """Propose a rule; another person approves it."""
    made = operations.propose(current_actor(), handed_in(shapes.Proposed).values())
    db.session.commit()
    answer = json_response(_said(made), 201)
    answer.headers["Location"] = url_for("policy_api.policy_proposal", proposal_id=made.id)
    return answer


@bp.get("/policy_proposals/<id:proposal_id>")
@described("procurement", answer=shapes.ProposalAnswer)
def policy_proposal(proposal_id: int) -> ResponseReturnValue:
    """One proposed rule, with the steps open to the caller."""
    return json_response(_said(queries.proposal_of(current_actor(), proposal_id)))


@bp.put("/policy_proposals/<id:proposal_id>")
@described("procurement", json=shapes.Written, answer=shapes.ProposalAnswer)
def put_policy_proposal(proposal_id: int) -> ResponseReturnValue:
    """Write it anew, whole, on the version that was read; until it is decided."""
    found, asked = queries.proposal_of(current_actor(), proposal_id), handed_in(shapes.Written)
    refuse_stale(found, asked.version)
    operations.write(found, current_actor(), asked.values())
    db.session.commit()
    return json_response(_said(found))


def _said(found: "PolicyProposal") -> dict[str, object]:
    return calls.subject(found, "policy_proposals") | dict(shapes.proposal(found))


calls.open(
    "policy_proposals",
    POLICY,
    shapes.ASKS,
    queries.proposal_of,
    tag="procurement",
    told=_said,
    answer=shapes.ProposalAnswer,
)
