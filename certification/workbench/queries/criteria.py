"""What a case comes to by the criteria of its rule, as the pages of whoever reviews and decides show it."""

from dataclasses import dataclass

from certification.application.models import Application
from schemes.called import called
from schemes.drafts.classes import Held, held


@dataclass(frozen=True)
class Judgement:
    """`lines` are (model, criterion); a model is named where models are of several classes."""

    lines: tuple[tuple[str, Held], ...]
    outcome: str
    grade: str


def judgement(case: Application) -> Judgement | None:
    """None where the footprint and the tests, which have parts of their own, are all that is asked."""
    rules = case.scheme.rules
    if rules.is_plain or not rules.criteria:
        return None
    found = case.verdict
    names = {grade.slug: called(grade.names) for grade in rules.identity.conclusion.grades}
    lines = tuple((line.model, held(rules, line.judged)) for line in found.lines)
    return Judgement(lines, found.outcome, names.get(found.grade, ""))


def grade_name(case: Application, grade: str) -> str:
    """A grade as the rule of the case calls it."""
    grades = case.scheme.rules.identity.conclusion.grades
    return next((called(each.names) for each in grades if each.slug == grade), grade)
