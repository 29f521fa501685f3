"""The limits of a rule as people read them: which class of products, and what holds for it."""

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import _
from core.words import unit_text
from schemes.called import called
from schemes.document import Criterion, Document, LimitRow, Match
from schemes.drafts import names


@dataclass(frozen=True)
class Limits:
    """The table of one criterion: `classes` are rows of (which products, limits in the order of `grades`)."""

    name: str
    unit: str
    comparator: str
    grades: tuple[str, ...]  # what they are called; none where there is one limit
    classes: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    source: str
    demo: bool


def limits(document: Document) -> list[Limits]:
    return [_limits(document, criterion) for criterion in document.criteria]


def _limits(document: Document, criterion: Criterion) -> Limits:
    grades = document.identity.conclusion.grades if any(row.grades for row in criterion.rows) else ()
    slugs = tuple(grade.slug for grade in grades)
    return Limits(
        name=called(criterion.names),
        unit=criterion.unit,
        comparator=str(names.chosen("criterion.comparator", criterion.comparator)),
        grades=tuple(called(grade.names) for grade in grades),
        classes=tuple((_class(document, row), _figures(row, slugs)) for row in criterion.rows),
        source="，".join(filter(None, (criterion.source.text, criterion.source.clause))),
        demo=criterion.source.demo,
    )


def _figures(row: LimitRow, grades: tuple[str, ...]) -> tuple[Decimal | None, ...]:
    return tuple(row.grades.get(slug, row.limit) for slug in grades) or (row.limit,)


def _class(document: Document, row: LimitRow) -> str:
    """Which products a row holds; "" where it holds all."""
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
