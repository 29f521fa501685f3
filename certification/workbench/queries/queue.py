"""The cases of a body as one list: what is asked of it, in which order, and how many each answer has.

One description of a case in SQL (`_described`) carries the list, every count beside it, and what is exported.
Nothing is filtered after it was read, and nothing is cut without being counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from accounts.models import Organisation, User
from accounts.queries import staff_ids
from accounts.words import region_name
from certification.application.models import Application, Responsibility
from certification.application.queries.applications import visible
from certification.clocks.models import Clock
from certification.evaluation.models import EvaluationPlan, TeamMember
from certification.laboratory.models import PlannedLaboratory, Sample
from certification.workbench.queries.turns import concerns, is_theirs
from certification.workflow import APPLICATION
from core.calendar import book
from core.clock import today
from core.db import db
from core.i18n import language
from core.web import Page
from schemes.models import SchemeVersion

Rows = Select[*tuple[Any, ...]]  # their columns are of several kinds
Column = ColumnElement[Any]  # of whatever kind it holds

# Whose time it is in the clocks that press a body.
PRESSING = ("body", "laboratory")

VIEWS = ("mine", "waiting", "unassigned", "own", "open", "closed")
DUE = ("late", "next", "soon", "halted", "untimed")
SORTS = ("due", "updated", "number", "client", "scheme", "state")
SOON = 3  # working days
ENDLESS = ("client",)  # filters with as many answers as there are clients: those of most cases are named,
MOST_NAMED = 20  # so many; any other is found by its name
ON_PAGE = "on_page"  # stands where the name of a filter does, for the cases of a page


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list; what is left empty asks nothing."""

    view: str = "open"
    due: str = ""
    scheme: str = ""
    client: int | None = None
    person: int | None = None
    laboratory: int | None = None
    region: str = ""
    state: str = ""
    text: str = ""
    sort: str = "due"
    falling: bool = False


# What a count is made for: each field of Wanted that is a filter of its own.
FILTERS = tuple(each.name for each in fields(Wanted) if each.name not in ("text", "sort", "falling"))


@dataclass(frozen=True)
class Counted:
    """How many cases each answer of a filter has while every other filter stays as it is; `ids` are those of
    the page that was asked for with it, in its order."""

    total: int
    by: dict[str, dict[str, int]]
    ids: tuple[int, ...] = ()

    def of(self, name: str, answer: str) -> int:
        return self.by.get(name, {}).get(answer, 0)


def listed(counts: Counted, page: int = 1, size: int = 50) -> Page[Application]:
    """The cases of the page that `counted` was asked for."""
    return Page(_whole(list(counts.ids)), page, size, counts.total)


def found(actor: Actor, wanted: Wanted, page: int = 1, size: int = 50) -> Page[Application]:
    """The same where nothing else is counted; a view left empty is every case, open and closed."""
    described = _described(actor, wanted)
    ids = _answering(described, actor, wanted)
    total = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    lines: Page[Application] = Page([], page, size, total)
    if not lines.is_beyond:
        cut = ids.order_by(*_order(described, wanted)).limit(size).offset((page - 1) * size)
        lines.items.extend(_whole(list(db.session.scalars(cut))))
    return lines


def chunks(actor: Actor, wanted: Wanted, size: int = 500) -> Iterator[list[Application]]:
    """Every case that answers, in the same order, so many at a time."""
    found = _described(actor, wanted)
    ids = list(db.session.scalars(_answering(found, actor, wanted).order_by(*_order(found, wanted))))
    for start in range(0, len(ids), size):
        yield _whole(ids[start : start + size])


def counted(actor: Actor, wanted: Wanted, page: int = 1, size: int = 0) -> Counted:
    """The whole, every answer of every filter, and which cases stand on a page, by one question to the
    database: describing the cases is most of what it costs, and is done once."""
    found = _described(actor, wanted).prefix_with("MATERIALIZED")  # every part below reads it
    filters = _filters(found, actor)
    asked = _asked(found, filters, wanted)

    def within(name: str) -> ColumnElement[bool]:
        return and_(true(), *(clause for other, clause in asked.items() if other != name))

    parts = [select(literal("total"), literal(""), func.count()).select_from(found).where(within("total"))]
    for name, answers in filters.known.items():
        sums = [func.count().filter(clause).label(answer) for answer, clause in answers.items()]
        row = select(*sums).select_from(found).where(within(name)).cte(f"of_{name}")
        parts += [select(literal(name), literal(answer), row.c[answer]) for answer in answers]
    parts += [
        _grouped(name, select(column.label("answer")).select_from(found).where(within(name)))
        for name, column in filters.columns.items()
    ]
    parts += [
        _grouped(name, union(*(pairs.where(within(name)) for pairs in several)))
        for name, several in filters.pairs.items()
    ]
    if size:
        parts.append(_on_page(found, within("total"), wanted, (page - 1) * size, size))
    counts: dict[str, dict[str, int]] = {}
    for name, answer, count in db.session.execute(union_all(*parts)):
        counts.setdefault(name, {})[answer] = count
    places = counts.pop(ON_PAGE, {})
    ids = tuple(places[place] for place in sorted(places, key=lambda place: (len(place), place)))
    return Counted(counts.pop("total")[""], counts, ids)


def _on_page(found: CTE, asked: ColumnElement[bool], wanted: Wanted, start: int, size: int) -> Rows:
    """The cases of a page, each beside its place in the order as a count stands beside its answer: cut first,
    so that only the page is numbered."""
    cut = select(found).where(asked).order_by(*_order(found, wanted)).limit(size).offset(start).cte("cut")
    place = func.row_number().over(order_by=_order(cut, wanted))
    return select(literal(ON_PAGE), cast(place, String), cut.c.id)


def _grouped(name: str, answers: Rows | CompoundSelect[Any]) -> Rows:
    """How many cases have each answer; of those that are without end, the ones most cases have."""
    each = answers.subquery()
    query = select(
        literal(name).label("name"), cast(each.c.answer, String).label("answer"), func.count().label("n")
    )
    query = query.where(each.c.answer.is_not(None)).group_by(each.c.answer)
    if name not in ENDLESS:
        return query
    most = query.order_by(func.count().desc(), each.c.answer).limit(MOST_NAMED).subquery()
    return select(most.c.name, most.c.answer, most.c.n)


def _described(actor: Actor, wanted: Wanted) -> CTE:
    """Each case, open or closed as the view asks, in the words the filters ask by."""
    due = due_days()
    entry = _officers(actor)
    query = (
        visible(actor)
        .where(_half(wanted.view))
        .join(SchemeVersion, SchemeVersion.id == Application.scheme_id)
        .join(Organisation, Organisation.id == Application.applicant_id)
        .outerjoin(due, due.c.application_id == Application.id)
        .outerjoin(entry, entry.c.application_id == Application.id)
    )
    if text := wanted.text.strip():
        named = (Application.number, Application.product_name, Organisation.name)
        query = query.where(or_(*(column.ilike(f"%{text}%") for column in named)))
    return query.with_only_columns(
        Application.id,
        Application.number,
        Application.state,
        Application.updated_at,
        Application.applicant_id.label("client"),
        Organisation.name.label("client_name"),
        SchemeVersion.code.label("scheme"),
        (func.substr(Application.factory["region"].as_string(), 1, 4) + "00").label("region"),
        due.c.due,
        due.c.application_id.is_not(None).label("timed"),
        entry.c.user_id.label("officer"),
        # The turn is asked for last, and only of those on the actor's list: it looks into many tables.
        case((not_(concerns(actor)), ""), (is_theirs(actor), "mine"), else_="waiting").label("turn"),
    ).cte("described")


def _half(view: str) -> ColumnElement[bool]:
    """The cases that are open, that are closed, or all of them where no view is asked for."""
    return and_(true(), *({"": [], "closed": [Application.is_closed]}.get(view, [~Application.is_closed])))


def due_days() -> Subquery:
    """The nearest day of the clocks that press a body; none for a case whose clocks stand still."""
    query = select(Clock.application_id, func.min(Clock.due).label("due"))
    running = query.where(Clock.result == "running", Clock.owner.in_(PRESSING))
    return running.group_by(Clock.application_id).subquery()


def _officers(actor: Actor) -> Subquery:
    """Who of the actor's organisation answers for a case and is still there."""
    own = Responsibility.organisation_id == actor.organisation_id
    newest = select(func.max(Responsibility.id)).where(own).group_by(Responsibility.application_id)
    query = select(Responsibility.application_id, Responsibility.user_id)
    staff = Responsibility.user_id.in_(staff_ids(actor.organisation_id))
    return query.where(Responsibility.id.in_(newest), staff).subquery()


def _answers(found: CTE, actor: Actor) -> dict[str, dict[str, ColumnElement[bool]]]:
    """The filters whose answers are known beforehand."""
    day, calendar, due = today(), book.current(), found.c.due
    return {
        "view": {
            "mine": found.c.turn == "mine",
            "waiting": found.c.turn == "waiting",
            "unassigned": found.c.officer.is_(None),
            "own": found.c.officer == actor.id,
            "open": true(),
            "closed": true(),
        },
        "due": {
            "late": due < day,
            "next": due.between(day, calendar.add(day, 1, "working")),
            "soon": due.between(day, calendar.add(day, SOON, "working")),
            "halted": and_(found.c.timed, due.is_(None)),
            "untimed": not_(found.c.timed),
        },
    }


def _columns(found: CTE) -> dict[str, Column]:
    """The filters of which a case has one answer."""
    return {name: found.c[name] for name in ("scheme", "client", "region", "state")}


def _pairs(found: CTE) -> dict[str, list[Rows]]:
    """The filters of which it may have several, as rows of (case, answer) out of each place that has some."""
    plan = EvaluationPlan.application_id == found.c.id
    answer = "answer"
    officer = select(found.c.id, found.c.officer.label(answer))
    team = select(found.c.id, TeamMember.user_id.label(answer)).join(EvaluationPlan, plan)
    planned = select(found.c.id, PlannedLaboratory.laboratory_id.label(answer)).join(EvaluationPlan, plan)
    sampled = select(found.c.id, Sample.laboratory_id.label(answer))
    return {
        "person": [officer, team.join(TeamMember, TeamMember.plan_id == EvaluationPlan.id)],
        "laboratory": [
            planned.join(PlannedLaboratory, PlannedLaboratory.plan_id == EvaluationPlan.id),
            sampled.join(Sample, Sample.application_id == found.c.id),
        ],
    }


@dataclass(frozen=True)
class _Filters:
    """What may be asked of a case, by how many answers it can have; put into words once for a question."""

    known: dict[str, dict[str, ColumnElement[bool]]]
    columns: dict[str, Column]
    pairs: dict[str, list[Rows]]


def _filters(found: CTE, actor: Actor) -> _Filters:
    return _Filters(_answers(found, actor), _columns(found), _pairs(found))


def _asked(found: CTE, filters: _Filters, wanted: Wanted) -> dict[str, ColumnElement[bool]]:
    """By the name of each filter that asks something, what it asks."""
    clauses: dict[str, ColumnElement[bool]] = {}
    for name in FILTERS:
        if not (value := getattr(wanted, name)):
            continue
        if name in filters.known:
            clauses[name] = filters.known[name][value]
        elif name in filters.columns:
            clauses[name] = filters.columns[name] == value
        else:
            pairs = union(*filters.pairs[name]).subquery()
            clauses[name] = found.c.id.in_(select(pairs.c.id).where(pairs.c.answer == value))
    return clauses


def _answering(found: CTE, actor: Actor, wanted: Wanted) -> Rows:
    return select(found.c.id).where(true(), *_asked(found, _filters(found, actor), wanted).values())


def _order(found: CTE, wanted: Wanted) -> list[Column]:
    """By the column asked for; among equals what stood longest comes first, as `by_pressure` has it."""
    columns = {
        "due": found.c.due,
        "updated": found.c.updated_at,
        "number": found.c.number,
        "client": found.c.client_name,
        "scheme": found.c.scheme,
        "state": _place(found.c.state),
    }
    column = columns[wanted.sort]
    first = column.desc() if wanted.falling else column.asc()
    return [first.nulls_last(), found.c.updated_at, found.c.id]


def _place(state: ColumnElement[str]) -> ColumnElement[int]:
    """How far along its road a case stands."""
    return case({name: place for place, name in enumerate(APPLICATION.states)}, value=state, else_=0)


def named(counts: Counted) -> dict[str, dict[str, str]]:
    """What the answers of each filter are called that are kept as a number or a code."""
    organisations = _names(Organisation, [*counts.by.get("client", ()), *counts.by.get("laboratory", ())])
    columns = (SchemeVersion.code, SchemeVersion.category_name, SchemeVersion.category_name_en)
    rules = (
        select(*columns).where(SchemeVersion.code.in_(counts.by.get("scheme", ()))).order_by(SchemeVersion.id)
    )
    english = language() == "en"
    return {
        "client": organisations,
        "laboratory": organisations,
        "person": _names(User, counts.by.get("person", ())),
        "scheme": {code: (en if english else zh) for code, zh, en in db.session.execute(rules)},
        "region": {code: region_name(code) for code in counts.by.get("region", ())},
    }


def _names(kind: type[Organisation] | type[User], ids: Iterable[str]) -> dict[str, str]:
    query = select(kind.id, kind.name).where(cast(kind.id, String).in_(ids))
    return {str(found): name for found, name in db.session.execute(query)}


def _whole(ids: list[int]) -> list[Application]:
    """These cases, in the order of their ids, with what a line of the list shows."""
    plan = selectinload(Application.plan).selectinload(EvaluationPlan.laboratories)
    query = select(Application).where(Application.id.in_(ids)).options(plan)
    by_id = {found.id: found for found in db.session.scalars(query)}
    return [by_id[case_id] for case_id in ids]
