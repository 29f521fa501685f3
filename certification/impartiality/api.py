"""For what a body found its people competent, for programs of those who tend them."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.impartiality import operations, queries, shapes
from certification.workflow import COMPETENCE
from core.api import described, handed_in
from core.db import db
from core.step.api import StepCalls
from core.web import json_response

if TYPE_CHECKING:
    from certification.impartiality.models import Competence

bp = Blueprint("competences_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/competences")
@described("competences", answer=shapes.CompetencesAnswer)
def competences() -> ResponseReturnValue:
    """Every finding of the caller's body, those that wait for a second person first."""
    found = queries.competences(current_actor())
    return json_response({"items": [_answer(entry) for entry in found]})


@bp.post("/competences")
@described("competences", form=shapes.Proposal, status=201, answer=shapes.CompetencesAnswer)
def propose_competence() -> ResponseReturnValue:
    """Propose that one of the body's people is competent: each function in each class is one finding."""
    asked = handed_in(shapes.Proposal)
    made = operations.propose_competence(current_actor(), **asked.facts())
    db.session.commit()
    return json_response({"items": [_answer(entry) for entry in made]}, 201)


@bp.get("/competences/<id:subject_id>")
@described("competences", answer=shapes.CompetenceAnswer)
def competence(subject_id: int) -> ResponseReturnValue:
    """One finding, with the steps open to the caller."""
    return json_response(_answer(queries.competence(current_actor(), subject_id)))


def _answer(entry: "Competence") -> dict[str, object]:
    return calls.subject(entry, "competences") | shapes.facts_of(entry)


calls.open(
    "competences",
    COMPETENCE,
    shapes.ASKS,
    queries.competence,
    told=_answer,
    answer=shapes.CompetenceAnswer,
)
