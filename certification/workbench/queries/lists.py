"""Lists asked from the database: what is wanted of one, in which order, and how many each answer has.

A list is told by what its lines are (`Listing`).  One description of a line in SQL carries the list, every
count beside it, and what is exported.  Nothing is filtered after it was read, and nothing is cut without
being counted.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

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

from accounts.actor import Actor
from accounts.models import Organisation, User
from accounts.queries import staff_ids
from accounts.words import region_name
from certification.application.models import Application, Responsibility
from core.calendar import book
from core.clock import today
from core.db import db
from core.i18n import language
from core.web import Page
from schemes.models import SchemeVersion

T = TypeVar("T")
Rows = Select[*tuple[Any, ...]]  # their columns are of several kinds
Answers = Rows | CompoundSelect[Any]  # likewise
Column = ColumnElement[Any]  # of whatever kind it holds
Known = dict[str, dict[str, ColumnElement[bool]]]  # by filter and answer
Pairs = dict[str, list[Rows]]  # by filter: rows of (id, answer) out of each place that has some

SOON = 3  # working days
MONTH = timedelta(days=30)
ENDLESS = ("client",)  # filters with as many answers as there are clients: those of most lines are named,
MOST_NAMED = 20  # so many; any other is found by its name
ON_PAGE = "on_page"  # stands where the name of a filter does, for the lines of a page


@dataclass(frozen=True)
class Wanted:
    """What is asked of a list; what is left empty asks nothing."""

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
    """How many lines each answer of a filter has while every other filter stays as it is; `ids` are those of
    the page that was asked for with it, in its order."""

    total: int
    by: dict[str, dict[str, int]]
    ids: tuple[int, ...] = ()

    def of(self, name: str, answer: str) -> int:
        return self.by.get(name, {}).get(answer, 0)


@dataclass(frozen=True)
class _Filters:
    """What may be asked of a line, by how many answers it can have; put into words once for a question."""

    known: Known
    columns: dict[str, Column]
    pairs: Pairs


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list of one kind of thing.

    `described`: each thing the actor may see, open or closed as the view asks, in the words the filters ask
    by: its `id`, a column for each of `columns`, `due`, and `timed`.  `known`: the filters whose answers are
    known beforehand.  `columns`: those of which a thing has one answer; `pairs`: those of which it may have
    several.  `by`: the column of each of `sorts`; `ties`: what orders the equal.  `whole`: the things of
    these ids, in their order, with what a line shows.  `halved`: described are the open ones alone, or the
    closed ones, so that the other half is not counted.
    """

    name: str
    views: tuple[str, ...]
    due: tuple[str, ...]
    states: tuple[str, ...]
    described: Callable[[Actor, Wanted], CTE]
    known: Callable[[CTE, Actor], Known]
    columns: tuple[str, ...]
    pairs: Callable[[CTE], Pairs]
    sorts: tuple[str, ...]
    by: Callable[[CTE], dict[str, Column]]
    ties: tuple[str, ...]
    whole: Callable[[list[int]], list[T]]
    halved: bool = True

    def listed(self, counts: Counted, page: int = 1, size: int = 50) -> Page[T]:
        """The things of the page that `counted` was asked for."""
        return Page(self.whole(list(counts.ids)), page, size, counts.total)

    def found(self, actor: Actor, wanted: Wanted, page: int = 1, size: int = 50) -> Page[T]:
        """The same where nothing else is counted; a view left empty is every one, open and closed."""
        described = self.described(actor, wanted)
        ids = self._answering(described, actor, wanted)
        total = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        lines: Page[T] = Page([], page, size, total)
        if not lines.is_beyond:
            cut = ids.order_by(*self._order(described, wanted)).limit(size).offset((page - 1) * size)
            lines.items.extend(self.whole(list(db.session.scalars(cut))))
        return lines

    def chunks(self, actor: Actor, wanted: Wanted, size: int = 500) -> Iterator[list[T]]:
        """Everything that answers, in the same order, so many at a time."""
        found = self.described(actor, wanted)
        answering = self._answering(found, actor, wanted).order_by(*self._order(found, wanted))
        ids = list(db.session.scalars(answering))
        for start in range(0, len(ids), size):
            yield self.whole(ids[start : start + size])

    def days(self, actor: Actor, things: Iterable[T]) -> dict[int, date | None]:
        """By id: the day that is due, as the list is asked by it."""
        found = self.described(actor, Wanted(view=""))
        ids = [each.id for each in things]  # type: ignore[attr-defined]  # rows of a table have one
        query = select(found.c.id, found.c.due).where(found.c.id.in_(ids))
        return {row.id: row.due for row in db.session.execute(query)}

    def counted(self, actor: Actor, wanted: Wanted, page: int = 1, size: int = 0) -> Counted:
        """The whole, every answer of every filter, and what stands on a page, by one question to the
        database: describing the things is most of what it costs, and is done once."""
        found = self.described(actor, wanted).prefix_with("MATERIALIZED")  # every part below reads it
        filters = self._filters(found, actor)
        asked = _asked(found, filters, wanted)

        def within(name: str) -> ColumnElement[bool]:
            return and_(true(), *(clause for other, clause in asked.items() if other != name))

        total = select(literal("total"), literal(""), func.count())
        parts = [total.select_from(found).where(within("total"))]
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
            parts.append(self._on_page(found, within("total"), wanted, (page - 1) * size, size))
        counts: dict[str, dict[str, int]] = {}
        for name, answer, count in db.session.execute(union_all(*parts)):
            counts.setdefault(name, {})[answer] = count
        places = counts.pop(ON_PAGE, {})
        ids = tuple(places[place] for place in sorted(places, key=lambda place: (len(place), place)))
        return Counted(counts.pop("total")[""], counts, ids)

    def _filters(self, found: CTE, actor: Actor) -> _Filters:
        columns: dict[str, Column] = {name: found.c[name] for name in self.columns}
        return _Filters(self.known(found, actor), columns, self.pairs(found))

    def _answering(self, found: CTE, actor: Actor, wanted: Wanted) -> Rows:
        return select(found.c.id).where(true(), *_asked(found, self._filters(found, actor), wanted).values())

    def _order(self, found: CTE, wanted: Wanted) -> list[Column]:
        """By the column asked for."""
        column = self.by(found)[wanted.sort]
        first = column.desc() if wanted.falling else column.asc()
        return [first.nulls_last(), *(found.c[name] for name in self.ties)]

    def _on_page(self, found: CTE, asked: ColumnElement[bool], wanted: Wanted, start: int, size: int) -> Rows:
        """The lines of a page, each beside its place in the order as a count stands beside its answer: cut
        first, so that only the page is numbered."""
        order = self._order(found, wanted)
        cut = select(found).where(asked).order_by(*order).limit(size).offset(start).cte("cut")
        place = func.row_number().over(order_by=self._order(cut, wanted))
        return select(literal(ON_PAGE), cast(place, String), cut.c.id)


def by_day(found: CTE, names: Iterable[str]) -> dict[str, ColumnElement[bool]]:
    """How near the day of a line is, by these names."""
    day, calendar, due = today(), book.current(), found.c.due
    answers = {
        "late": due < day,
        "next": due.between(day, calendar.add(day, 1, "working")),
        "soon": due.between(day, calendar.add(day, SOON, "working")),
        "month": due.between(day, day + MONTH),
        "halted": and_(found.c.timed, due.is_(None)),
        "untimed": not_(found.c.timed),
    }
    return {name: answers[name] for name in names}


def officers(actor: Actor) -> Subquery:
    """Who of the actor's organisation answers for a case and is still there."""
    own = Responsibility.organisation_id == actor.organisation_id
    newest = select(func.max(Responsibility.id)).where(own).group_by(Responsibility.application_id)
    query = select(Responsibility.application_id, Responsibility.user_id)
    staff = Responsibility.user_id.in_(staff_ids(actor.organisation_id))
    return query.where(Responsibility.id.in_(newest), staff).subquery()


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


def containing(text: str, *columns: Any) -> ColumnElement[bool]:  # columns of texts
    return or_(*(column.ilike(f"%{text}%") for column in columns))


def region_of(case: type[Application]) -> Column:
    """The city of the factory."""
    return func.substr(case.factory["region"].as_string(), 1, 4) + "00"


def place_in(states: Iterable[str], state: ColumnElement[str]) -> ColumnElement[int]:
    """How far along its road a thing stands."""
    return case({name: place for place, name in enumerate(states)}, value=state, else_=0)


def in_order(found: Iterable[T], ids: list[int]) -> list[T]:
    by_id = {each.id: each for each in found}  # type: ignore[attr-defined]  # rows of a table have one
    return [by_id[number] for number in ids]


def _names(kind: type[Organisation] | type[User], ids: Iterable[str]) -> dict[str, str]:
    query = select(kind.id, kind.name).where(cast(kind.id, String).in_(ids))
    return {str(found): name for found, name in db.session.execute(query)}


def _grouped(name: str, answers: Answers) -> Rows:
    """How many lines have each answer; of those that are without end, the ones most lines have."""
    each = answers.subquery()
    query = select(
        literal(name).label("name"), cast(each.c.answer, String).label("answer"), func.count().label("n")
    )
    query = query.where(each.c.answer.is_not(None)).group_by(each.c.answer)
    if name not in ENDLESS:
        return query
    most = query.order_by(func.count().desc(), each.c.answer).limit(MOST_NAMED).subquery()
    return select(most.c.name, most.c.answer, most.c.n)


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
