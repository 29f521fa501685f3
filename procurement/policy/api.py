"""Policy rules for programs."""

from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import public
from core.api import Answered, PageNumber, asked_in, described
from core.clock import today
from core.members import Day
from core.web import json_response
from procurement.policy import queries
from procurement.policy.operations import SAID

bp = Blueprint("policy_api", __name__, url_prefix="/api/v1")


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
    basis: str
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
    items = [{name: getattr(each, name) for name in ("number", *SAID)} for each in page.items]
    return json_response({"on": day, "total": page.total, "items": items})
