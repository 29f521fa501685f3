"""How each part of an evaluation stands: said here, and asked by guards, pages, letters and queues.  Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from certification.workflow.criteria import NOT_ENOUGH, Line, footprint_criteria, verdict
from certification.workflow.judgement import FAILED
from certification.workflow.nonconformity import CLOSED
from certification.workflow.verification import AGAINST, UNRECORDED
from schemes.judging import PASS, UNKNOWN

if TYPE_CHECKING:
    from certification.application.models import Application


@dataclass(frozen=True)
class Part:
    """`met`: nothing in it stands in the way of granting.  `failed`: the record shows a criterion not met.

    `lacking` names what is still to come: test items without a result, nonconformities that are not closed.
    """

    planned: bool = True
    met: bool = True
    failed: bool = False
    lacking: tuple[str, ...] = ()


def documents(case: "Application") -> Part:
    return _concluded(
        "documents" in case.planned_parts, case.document_review.result if case.document_review else None
    )


def site(case: "Application") -> Part:
    return _concluded("site" in case.planned_parts, case.site.conclusion if case.site else None)


def _concluded(planned: bool, conclusion: str | None) -> Part:
    failed = conclusion == "fail"
    return Part(planned, not planned or bool(conclusion and not failed), failed)


def tests(case: "Application") -> Part:
    """Every required test is reported, none failed; an item without a limit need only be reported."""
    wanted, verdicts = [item["slug"] for item in case.scheme.tests], case.test_verdicts
    planned = bool(wanted) and "tests" in case.planned_parts
    lacking = tuple(item for item in wanted if item not in verdicts) if planned else ()
    failed = any(verdict in FAILED for verdict in verdicts.values())
    bad = any(verdicts.get(item) in FAILED for item in wanted)
    return Part(planned, not planned or not (lacking or bad), failed, lacking)


def findings(case: "Application") -> Part:
    """Open ones stand in the way; one whose term has run out without an answer speaks against granting."""
    still_open = [finding for finding in case.nonconformities if finding.state not in CLOSED]
    overdue = any(finding.state == "overdue" for finding in still_open)
    return Part(True, not still_open, overdue, tuple(finding.number for finding in still_open))


def questions(case: "Application") -> Part:
    """What must be settled and is not.  A question that went on as a nonconformity is settled there, but for
    a ground: what is taken away counts, or nothing is granted."""
    red = [question for question in case.questions if question.is_red and not question.is_gone]
    left = tuple(
        dict.fromkeys(question.slug for question in red if question.is_open or question.is_uncounted)
    )
    return Part(bool(red), not left, False, left)


def verification(case: "Application") -> Part:
    """The opinion is of the number that is decided upon; of a case that was evaluated before opinions were
    kept it is taken as given, unless the case is evaluated again."""
    stands = case.opinion
    if stands is None or stands.verified_id != case.footprint_id:
        return Part(True, False)
    if stands.opinion == UNRECORDED:
        return Part(True, not case.is_evaluating)
    failed = stands.opinion in AGAINST
    return Part(True, not failed, failed)


def footprint(case: "Application") -> Part:
    """The value against the limit of its class, as the scheme compares; without one nothing is asked."""
    asked = footprint_criteria(case)
    planned = any(end is not None for each in asked for row in each.rows for end in row.limits.values())
    if not planned or case.footprint is None:
        return Part(planned)
    return _judged(verdict(case).on("footprint"))


def criteria(case: "Application") -> Part:
    """What the rule asks besides: of parameters, of figures derived from them, and of results by class.  In a
    plain rule all that is asked is the footprint and the tests, which are parts of their own; what the plan
    left untested is held to this version by the results of before."""
    if case.scheme.rules.is_plain and "tests" in case.planned_parts:
        return Part(planned=False)
    return _judged([line for line in verdict(case).lines if line.criterion.quantity != "footprint"])


def _judged(lines: list[Line]) -> Part:
    outcomes = {line.judged.outcome for line in lines}
    lacking = tuple(line.criterion.slug for line in lines if line.judged.outcome == UNKNOWN)
    return Part(bool(lines), outcomes <= {PASS}, bool(outcomes & set(NOT_ENOUGH)), lacking)
