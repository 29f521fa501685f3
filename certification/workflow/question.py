"""The life of a question about the activity data: asked, answered, and settled by who evaluates."""

from typing import TYPE_CHECKING

from certification.workflow.application import EDITABLE, EVALUATING
from certification.workflow.evaluation import FUNCTIONS
from certification.workflow.impartiality import clear_to
from certification.workflow.nonconformity import EVALUATORS, GRADES
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.questions.models import Question

UNANSWERED = ("asked",)
OPEN = (*UNANSWERED, "answered")  # nobody has settled it
GONE = ("gone",)  # what it was asked about is no longer so


def editable(question: "Question", _actor: Actor) -> str | None:
    """What was handed in is answered for with it; later the body asks by a finding."""
    return None if question.application.state in EDITABLE else "application-not-editable"


def evaluated_by(question: "Question", actor: Actor) -> str | None:
    """Whoever settles it stands in the plan, and the case is being evaluated."""
    case = question.application
    named = case.plan is not None and any(actor.id in case.plan.holders(each) for each in FUNCTIONS)
    return None if named and case.state in EVALUATING else "not-on-the-team"


def file_of_the_case(question: "Question", _actor: Actor, facts: Facts) -> str | None:
    """What proves an answer already lies in the case."""
    file, lying = facts.get("file"), {file.id for file in question.application.current_files}
    return "file-not-of-the-case" if file is not None and file not in lying else None


QUESTION = Machine(
    "question", "asked",
    step("explain", "asked|answered", "answered", "applicant", editable,
         demands=[needs("answer-missing", "answer"), file_of_the_case]),
    step("accept_answer", "asked|answered", "accepted", EVALUATORS, evaluated_by, clear_to("evaluate"),
         demands=[reason_given]),
    step("raise_finding", "asked|answered", "raised", EVALUATORS, evaluated_by, clear_to("evaluate"),
         demands=[needs("finding-incomplete", "grade", "fact"),
                  one_of("finding-incomplete", "grade", *GRADES)]),
    step("lay_aside", "answered", "gone", "system"),
)  # fmt: skip
