"""The limits of a rule as people read them: which class of products, and what holds for it."""

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import _
from core.words import unit_text
from schemes.called import called
from schemes.document import Criterion, Document, LimitRow, Match, Parameter
from schemes.drafts import names
from schemes.judging import Judged, spelt

SIGNS = {"le": "≤", "lt": "<", "ge": "≥", "gt": ">"}


@dataclass(frozen=True)
class Limits:
    """The table of one criterion: `classes` are rows of (which products, limits in the order of `grades`)."""

    slug: str
    name: str
    unit: str
    comparator: str
    grades: tuple[str, ...]  # what they are called; none where there is one limit
    classes: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    source: str
    demo: bool
    shown: str  # where the figure that was held to them is told; "" for nowhere


def limits(document: Document) -> list[Limits]:
    return [_limits(document, criterion) for criterion in document.criteria]


def _limits(document: Document, criterion: Criterion) -> Limits:
    grades = document.identity.conclusion.grades if any(row.grades for row in criterion.rows) else ()
    slugs = tuple(grade.slug for grade in grades)
    return Limits(
        slug=criterion.slug,
        name=called(criterion.names),
        unit=criterion.unit,
        comparator=str(names.chosen("criterion.comparator", criterion.comparator)),
        grades=tuple(called(grade.names) for grade in grades),
        classes=tuple((class_of(document, row), _figures(row, slugs)) for row in criterion.rows),
        source="，".join(filter(None, (criterion.source.text, criterion.source.clause))),
        demo=criterion.source.demo,
        shown=str(_("、")).join(str(names.chosen("criterion.shown", place)) for place in criterion.shown),
    )


@dataclass(frozen=True)
class Held:
    """One criterion as it was judged: `products` is the class, "" where there is but one; `limits` are
    (grade, limit), the grade "" where there are none; `outcome` is a slug of schemes.judging."""

    name: str
    products: str
    value: Decimal | None
    unit: str
    comparator: str
    limits: tuple[tuple[str, Decimal | None], ...]
    outcome: str
    grade: str


def held(document: Document, judged: Judged) -> Held:
    criterion, grades = judged.criterion, document.identity.conclusion.grades
    named = {"": "", **{grade.slug: called(grade.names) for grade in grades}}
    row = None if judged.row is None else criterion.rows[judged.row]
    return Held(
        name=called(criterion.names),
        products="" if row is None else class_of(document, row),
        value=None if judged.held is None else spelt(judged.held),
        unit=criterion.unit,
        comparator=SIGNS[criterion.comparator],
        limits=tuple((named[grade], limit) for grade, limit in judged.limits.items()),
        outcome=judged.outcome,
        grade=named[judged.grade],
    )


def _figures(row: LimitRow, grades: tuple[str, ...]) -> tuple[Decimal | None, ...]:
    return tuple(row.grades.get(slug, row.limit) for slug in grades) or (row.limit,)


def class_of(document: Document, row: LimitRow | Parameter) -> str:
    """Which products a row holds, or a condition; "" where it holds all."""
    return str(_("，")).join(matched(document, match) for match in row.when)


def matched(document: Document, match: Match) -> str:
    """What a parameter must be."""
    field = document.fields[match.parameter]
    if match.one_of:
        choices = {choice.slug: called(choice.names) for choice in field.choices}
        choices |= {"yes": str(_("是")), "no": str(_("否"))}
        return str(_("、")).join(choices.get(slug, slug) for slug in match.one_of)
    ends = {
        "name": called(field.names),
        "least": match.least,
        "below": match.below,
        "unit": unit_text(field.unit),
    }
    if match.below is None:
        return _("%(name)s不小于 %(least)s %(unit)s", **ends).strip()
    if match.least is None:
        return _("%(name)s小于 %(below)s %(unit)s", **ends).strip()
    return _("%(name)s %(least)s 至小于 %(below)s %(unit)s", **ends).strip()
