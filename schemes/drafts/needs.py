"""What a rule asks of a maker, as people read it before they apply: parameters and terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import _, language
from core.words import unit_text
from schemes.called import called
from schemes.document import Clock, Document, Match, Parameter
from schemes.document.base import Sentence
from schemes.document.parameters import NUMBERS
from schemes.drafts import names
from schemes.drafts.classes import matched
from schemes.vocabulary import CLOCK_NAMES, TERM_NAMES


@dataclass(frozen=True)
class Field:
    """A parameter in words: what it may be, when it is asked, and where everybody reads it."""

    name: str
    unit: str
    help: str
    values: str
    required: str  # "" where it is always asked
    per: str
    shown: str


@dataclass(frozen=True)
class Term:
    slug: str
    name: str
    length: str
    source: str


def fields(document: Document) -> list[Field]:
    return [_field(document, parameter) for parameter in document.parameters]


def terms(document: Document) -> Iterator[Term]:
    """In the order in which a case meets them."""
    for slug in (*CLOCK_NAMES, *TERM_NAMES):
        if clock := document.clocks.get(slug):
            yield Term(slug, str(names.chosen("document.clocks.key", slug)), _length(clock), clock.source)


def visits(document: Document) -> Iterator[str]:
    """How many person-days a visit takes, and what makes them more."""
    days, fields = document.person_days, document.fields
    yield _("至少 %(days)s 个人日", days=_figure(days.least))
    who = called(fields[days.people].names) if days.people in fields else str(_("生产企业人数"))
    for size in days.by_size:
        yield _(
            "%(who)s %(people)s 起：%(days)s 个人日", who=who, people=size.people, days=_figure(size.days)
        )
    if days.extra_site is not None:
        yield _("每多一个场所：加 %(days)s 个人日", days=_figure(days.extra_site))
    if days.extra_unit is not None:
        by = _listed([called(fields[slug].names) for slug in days.unit_by if slug in fields])
        yield _(
            "每多一个单元：加 %(days)s 个人日（%(by)s不同的是不同单元）", days=_figure(days.extra_unit), by=by
        )


def _figure(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _length(clock: Clock) -> str:
    return f"{clock.length} {names.chosen('clock.unit', clock.unit)}"


def _field(document: Document, parameter: Parameter) -> Field:
    return Field(
        name=called(parameter.names),
        unit=parameter.unit,
        help=_sentence(parameter.help),
        values=_values(parameter),
        required=_required(document, parameter),
        per=parameter.per,
        shown=_listed([str(names.chosen("parameter.shown", place)) for place in parameter.shown]),
    )


def _values(parameter: Parameter) -> str:
    if parameter.choices:
        return _listed([called(choice.names) for choice in parameter.choices])
    kind = str(names.chosen("parameter.kind", parameter.kind))
    if parameter.example:
        return _("%(kind)s，如 %(example)s", kind=kind, example=parameter.example)
    if parameter.kind not in NUMBERS or (parameter.least is None and parameter.most is None):
        return kind
    ends = {"least": parameter.least, "most": parameter.most, "unit": unit_text(parameter.unit)}
    if parameter.most is None:
        return _("不小于 %(least)s %(unit)s", **ends).strip()
    if parameter.least is None:
        return _("不大于 %(most)s %(unit)s", **ends).strip()
    return _("%(least)s 至 %(most)s %(unit)s", **ends).strip()


def _required(document: Document, parameter: Parameter) -> str:
    if parameter.required == "never":
        return _("选填")
    return _("只在：%(condition)s", condition=_condition(document, parameter.when)) if parameter.when else ""


def _condition(document: Document, when: tuple[Match, ...]) -> str:
    told = (f"{called(document.fields[match.parameter].names)} {matched(document, match)}" for match in when)
    return str(_("，")).join(told)


def _listed(words: list[str]) -> str:
    return str(_("、")).join(words)


def _sentence(words: Sentence | None) -> str:
    if words is None:
        return ""
    return words.en if language() == "en" else words.zh
