"""The life of a question about the activity data: asked, answered, and settled by who evaluates."""

from typing import TYPE_CHECKING

from certification.workflow.application import EDITABLE, EVALUATING, REVIEWING
from certification.workflow.evaluation import FUNCTIONS
from certification.workflow.impartiality import clear_to
from certification.workflow.nonconformity import CLOSED, EVALUATORS, GRADES
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.questions.models import Question

UNANSWERED = ("asked",)
OPEN = (*UNANSWERED, "answered")  # nobody has settled it
GONE = ("gone",)  # what it was asked about is no longer so
COUNTED = ("counted",)  # the ground to take something away was accepted


def editable(question: "Question", _actor: Actor) -> str | None:
    """What was handed in is answered for with it; later the body asks by a finding."""
    return None if question.application.state in EDITABLE else "application-not-editable"


def evaluated_by(question: "Question", actor: Actor) -> str | None:
    """Whoever settles it stands in the plan, and the case is being evaluated."""
    case = question.application
    named = case.plan is not None and any(actor.id in case.plan.holders(each) for each in FUNCTIONS)
    return None if named and case.state in EVALUATING else "not-on-the-team"


def evaluated_or_reviewed(question: "Question", actor: Actor) -> str | None:
    """Until it is decided, whoever is named in the plan may accept a ground, and take that back."""
    case = question.application
    named = case.plan is not None and any(actor.id in case.plan.holders(each) for each in FUNCTIONS)
    return None if named and case.state in (*EVALUATING, *REVIEWING) else "not-on-the-team"


def no_ground(question: "Question", _actor: Actor) -> str | None:
    """What is taken away is not explained but accepted, or it is a nonconformity."""
    return "ground-is-accepted" if question.is_ground else None


def a_ground(question: "Question", _actor: Actor) -> str | None:
    return None if question.is_ground else "not-a-ground"


def ground_proved(question: "Question", _actor: Actor) -> str | None:
    """GB/T 24067-2024, ISO 14067: a removal or what is avoided counts on evidence.  Its source, and what was
    displaced, are of the record itself."""
    return None if question.is_proved else "ground-without-file"


def finding_closed(question: "Question", _actor: Actor) -> str | None:
    """What was raised as a nonconformity is accepted once it was corrected."""
    finding = question.finding
    return None if finding is None or finding.state in CLOSED else "nonconformity-open"


def file_of_the_case(question: "Question", _actor: Actor, facts: Facts) -> str | None:
    """What proves an answer already lies in the case."""
    file, lying = facts.get("file"), {file.id for file in question.application.current_files}
    return "file-not-of-the-case" if file is not None and file not in lying else None


QUESTION = Machine(
    "question", "asked",
    step("explain", "asked|answered", "answered", "applicant", editable,
         demands=[needs("answer-missing", "answer"), file_of_the_case]),
    step("accept_answer", "asked|answered", "accepted", EVALUATORS, evaluated_by, clear_to("evaluate"),
         no_ground, demands=[reason_given]),
    step("accept_ground", "answered|accepted|raised", "counted", EVALUATORS, evaluated_or_reviewed,
         clear_to("evaluate"), a_ground, ground_proved, finding_closed, demands=[reason_given]),
    step("withdraw_ground", "counted", "answered", EVALUATORS, evaluated_or_reviewed, clear_to("evaluate"),
         demands=[reason_given]),
    step("raise_finding", "asked|answered", "raised", EVALUATORS, evaluated_by, clear_to("evaluate"),
         demands=[needs("finding-incomplete", "grade", "fact"),
                  one_of("finding-incomplete", "grade", *GRADES)]),
    step("lay_aside", "answered", "gone", "system"),
)  # fmt: skip
