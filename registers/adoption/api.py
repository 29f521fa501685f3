"""How a body carries out the rules it has adopted, for its programs."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core.api import described, handed_in
from core.db import db
from core.errors import NotPermitted
from core.step.api import StepCalls, refuse_stale
from core.web import json_response
from registers.adoption import operations, queries, shapes
from registers.adoption.workflow import ADOPTION

if TYPE_CHECKING:
    from registers.adoption.models import Adoption

bp = Blueprint("adoptions_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/adoptions")
@described("registers", answer=shapes.AdoptionsAnswer)
def adoptions() -> ResponseReturnValue:
    """Every version of what the caller's body has adopted, by rule, the newest first."""
    if not queries.may_see(current_actor()):
        raise NotPermitted("role-not-held", step="adoptions")
    return json_response({"items": [_said(each) for each in queries.adoptions(current_actor())]})


@bp.post("/adoptions")
@described("registers", json=shapes.Begun, status=201, also={404}, answer=shapes.AdoptionAnswer)
def begin_adoption() -> ResponseReturnValue:
    """Begin a new version, as the one in force stands; one is written at a time."""
    made = operations.begin(current_actor(), handed_in(shapes.Begun).scheme)
    db.session.commit()
    answer = json_response(_said(made), 201)
    answer.headers["Location"] = url_for("adoptions_api.adoption", adoption_id=made.id)
    return answer


@bp.get("/adoptions/<id:adoption_id>")
@described("registers", answer=shapes.AdoptionAnswer)
def adoption(adoption_id: int) -> ResponseReturnValue:
    """One version, with the steps open to the caller."""
    return json_response(_said(queries.adoption_of(current_actor(), adoption_id)))


@bp.put("/adoptions/<id:adoption_id>")
@described("registers", json=shapes.Terms, answer=shapes.AdoptionAnswer)
def put_adoption(adoption_id: int) -> ResponseReturnValue:
    """Write what the body adds, whole, on the version that was read; pictures are handed in on the page."""
    found, asked = queries.adoption_of(current_actor(), adoption_id), handed_in(shapes.Terms)
    operations.may_write(found, current_actor())
    refuse_stale(found, asked.version)
    operations.write(
        found,
        current_actor(),
        person_days=asked.person_days,
        pattern=asked.pattern,
        checklists=asked.checklists.model_dump(),
    )
    db.session.commit()
    return json_response(_said(found))


@bp.put("/adoptions/<id:adoption_id>/papers/<kind>")
@described("registers", json=shapes.Wording, answer=shapes.AdoptionAnswer)
def put_adoption_paper(adoption_id: int, kind: str) -> ResponseReturnValue:
    """Word one kind of paper; what is not in the small language is named with its line."""
    found, asked = queries.adoption_of(current_actor(), adoption_id), handed_in(shapes.Wording)
    operations.may_write(found, current_actor())
    refuse_stale(found, asked.version)
    operations.word_paper(found, current_actor(), kind, asked.text)
    db.session.commit()
    return json_response(_said(found))


def _said(found: "Adoption") -> dict[str, object]:
    return calls.subject(found, "adoptions") | shapes.as_json(found)


calls.open(
    "adoptions",
    ADOPTION,
    shapes.ASKS,
    queries.adoption_of,
    tag="registers",
    told=_said,
    answer=shapes.AdoptionAnswer,
)
