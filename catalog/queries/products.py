"""Products: found by what somebody typed and ticked, or by their id; what each is worth on a day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import selectinload

from catalog import search
from catalog.models import Entry, EntryAct, EntryModel, Technology
from catalog.queries.cached import until_changed
from catalog.queries.overview import Act
from catalog.queries.ranges import within
from catalog.search.index import Handle
from catalog.words import CATEGORIES
from certification.certificate.queries import certificates
from certification.workflow.certificate import ACTED_ON, BY_DAY, VALID, status_on
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.i18n import language
from core.web import Page, paginate
from schemes.queries import schemes

EXPORT_BATCH = 500

AT_ONCE = 5000  # ids in one question


@dataclass(frozen=True)
class Listing:
    """One page of products and, under each choice still open, how many there would be."""

    page: Page[Entry]
    counts: dict[str, dict[str, int]]
    regions: frozenset[str]  # those any product of the catalogue comes from


@dataclass(frozen=True)
class Standing:
    """What a product's certificate is worth on a day, and the act that made it so, if any did."""

    entry_id: int
    status: str
    act: EntryAct | None

    @property
    def is_valid(self) -> bool:
        return self.status in VALID


def products(criteria: search.Criteria, number: int = 1, size: int = 24, day: date | None = None) -> Listing:
    index = search.current()
    if index is None:
        return Listing(Page([], number, size, 0), search.NOTHING.counts, frozenset())
    found = _find(index, criteria, (number - 1) * size, size, day or today())
    return Listing(Page(_load(found.ids), number, size, found.total), found.counts, index.regions)


def every_product(criteria: search.Criteria) -> Iterator[Entry]:
    """The whole result, in order; read in one go, so that it is of one moment."""
    index = search.current()
    ids = _find(index, criteria, 0, index.searcher.num_docs, today()).ids if index else []
    for start in range(0, len(ids), EXPORT_BATCH):
        yield from _load(ids[start : start + EXPORT_BATCH])


def _find(index: Handle, criteria: search.Criteria, offset: int, limit: int, day: date) -> search.Found:
    standing = search.Standing(day, _acted(day), within(criteria.ranges))
    try:
        return search.find(index.searcher, criteria, standing, offset, limit)
    except search.BROKEN:
        if not search.distrust(index):
            raise
        if (anew := search.current()) is None:
            raise
        return search.find(anew.searcher, criteria, standing, offset, limit)


@until_changed
def _acted(day: date) -> dict[str, list[int]]:
    """The products that stand otherwise than their dates say, by status; there are few of them."""
    acts: dict[tuple[int, date, date], list[Act]] = {}
    columns = (EntryAct.entry_id, EntryAct.kind, EntryAct.on, Entry.begins_on, Entry.valid_to)
    for row in db.session.execute(select(*columns).join(EntryAct.entry).order_by(EntryAct.id)):
        acts.setdefault((row.entry_id, row.begins_on, row.valid_to), []).append(Act(row.kind, row.on))
    found: dict[str, list[int]] = {}
    for (entry_id, begins_on, valid_to), rows in acts.items():
        found.setdefault(status_on(begins_on, valid_to, rows, day), []).append(entry_id)
    acted = {entry_id for status in ACTED_ON for entry_id in found.get(status, [])}
    waiting = db.session.scalars(select(Entry.id).where(Entry.begins_on > day))
    return found | {"not_issued": [entry_id for entry_id in waiting if entry_id not in acted]}


def _load(ids: list[int]) -> list[Entry]:
    query = (
        select(Entry).where(Entry.id.in_(ids)).options(selectinload(Entry.acts), selectinload(Entry.facts))
    )
    found = {entry.id: entry for entry in db.session.scalars(query)}
    return [found[entry_id] for entry_id in ids if entry_id in found]


def product(entry_id: int) -> Entry:
    found = db.session.get(Entry, entry_id)
    if found is None:
        raise NotFound("product-not-found")
    return found


def statement(entry: Entry) -> dict[str, Any] | None:  # JSON, as it was signed
    """The public part of what the certificate says; None for a product that has none."""
    try:
        return certificates.public_statement(certificates.certificate(entry.number)) if entry.number else None
    except NotFound:
        return None


def certified(schemes: Collection[str] | None = None) -> list[Entry]:
    """Every product with a certificate, of these schemes where they are named, whatever it is worth now, by
    id, with its acts and parameters."""
    query = select(Entry).where(Entry.kind == "certified").order_by(Entry.id)
    if schemes is not None:
        query = query.where(Entry.scheme_code.in_(schemes))
    return list(db.session.scalars(query.options(selectinload(Entry.acts), selectinload(Entry.facts))))


def certified_by_parts(size: int = 2_000) -> Iterator[list[Entry]]:
    """The same, so many at a time: whoever lets one part go before the next never holds them all."""
    last = 0
    while True:
        query = select(Entry).where(Entry.kind == "certified", Entry.id > last).order_by(Entry.id).limit(size)
        part = list(db.session.scalars(query.options(selectinload(Entry.acts), selectinload(Entry.facts))))
        if not part:
            return
        last = part[-1].id
        yield part


def certified_page(schemes: Collection[str], but: Select[str], page: int = 1, size: int = 50) -> Page[Entry]:
    """The products of these schemes, by id, but those whose number `but` asks for."""
    query = select(Entry).where(Entry.kind == "certified", Entry.scheme_code.in_(schemes))
    return paginate(query.where(Entry.number.not_in(but)).order_by(Entry.id), page, size)


def held_by(organisation_id: int | None) -> set[int]:
    """The ids of the certified products whose certificate an organisation holds."""
    query = select(Entry.id).where(Entry.kind == "certified", Entry.holder_id == organisation_id)
    return set(db.session.scalars(query))


def holders_of(entry_ids: Iterable[int]) -> set[int]:
    """The ids of the organisations that hold the certificates of these products."""
    ids, found = list(entry_ids), set[int]()
    for start in range(0, len(ids), AT_ONCE):
        query = select(Entry.holder_id).where(Entry.id.in_(ids[start : start + AT_ONCE]))
        found |= {each for each in db.session.scalars(query.distinct()) if each is not None}
    return found


def by_number(numbers: Collection[str]) -> dict[str, Entry]:
    """The products of these certificates, by number."""
    found = db.session.scalars(select(Entry).where(Entry.number.in_(numbers)))
    return {entry.number: entry for entry in found if entry.number}


def numbers_by_model(squashed: Collection[str]) -> dict[str, list[str]]:
    """By squashed code of a model: the certificates that cover it, the newest last."""
    found: dict[str, list[str]] = {}
    query = select(EntryModel.squashed, Entry.number).join(Entry, Entry.id == EntryModel.entry_id)
    query = query.where(EntryModel.squashed.in_(squashed))
    for code, number in db.session.execute(query.order_by(Entry.issued_on, Entry.id)):
        if number:
            found.setdefault(code, []).append(number)
    return found


def standings(entry_ids: Iterable[int], day: date) -> dict[int, Standing]:
    """By entry id, as of `day`: what procurement shows beside a printed line."""
    wanted, found = sorted(set(entry_ids)), dict[int, Standing]()
    for start in range(0, len(wanted), AT_ONCE):
        some, acts = wanted[start : start + AT_ONCE], dict[int, list[EntryAct]]()
        query = select(EntryAct).where(EntryAct.entry_id.in_(some), EntryAct.on <= day).order_by(EntryAct.id)
        for act in db.session.scalars(query):
            acts.setdefault(act.entry_id, []).append(act)
        dates = select(Entry.id, Entry.begins_on, Entry.valid_to).where(Entry.id.in_(some))
        rows = db.session.execute(dates)
        found |= {row.id: _standing(row, acts.get(row.id, []), day) for row in rows}
    return found


def _standing(row: Row[int, date | None, date | None], acts: list[EntryAct], day: date) -> Standing:
    entry_id, begins_on, valid_to = row
    if begins_on is None or valid_to is None:  # a declared product
        return Standing(entry_id, "not_certified", None)
    status = status_on(begins_on, valid_to, acts, day)
    return Standing(entry_id, status, acts[-1] if acts and status not in BY_DAY else None)


def categories() -> dict[str, str]:
    """Slug to name of every category there may be: those of the schemes, then those of public data."""
    english = language() == "en"
    named = {
        scheme.category: scheme.category_name_en if english else scheme.category_name for scheme in schemes()
    }
    return named | {slug: str(text) for slug, text in CATEGORIES.items() if slug not in named}


def technologies() -> list[Technology]:
    return list(db.session.scalars(select(Technology).order_by(Technology.field, Technology.name)))
