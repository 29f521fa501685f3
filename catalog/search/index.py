"""The index: derived, one per machine, rebuilt from the database whenever in doubt.

It knows what a product is and never what its certificate is worth.  Each process
compares its place in the catalogue's feed with the database before it answers;
whoever is behind takes the file lock and writes what is missing, so that there
is one writer at a time and no reader sees less than what was committed.
"""

import fcntl
import logging
import secrets
import shutil
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Lock

import tantivy
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from accounts.words.regions import place_of
from catalog.models import Entry, Feed
from catalog.search.text import squash, terms
from core.db import db, reading
from core.health import Unwell
from schemes.queries import schemes

VERSION = 3  # of the schema: another number is another folder
BATCH = 1000
BROKEN = (OSError, ValueError)  # what tantivy and the disk say when an index cannot be read or written
LEFT_ALONE_S = 30
HEAP = 16_000_000  # bytes the writer may hold before it makes a segment; little more than the least it takes

log = logging.getLogger(__name__)

WORDS = ("name", "text")
CODES = "code"
SLUGS = ("kind", "category", "region", "family", "boundary", "below", "unit", "parameter")
NUMBERS = ("id", "valid_to", "by_issue", "by_carbon", "weight")

# Shares of the limit not used: a product stands in the first band it reaches.
BANDS = (("30", Decimal("0.30")), ("20", Decimal("0.20")), ("10", Decimal("0.10")), ("0", Decimal(0)))


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    builder.add_text_field(CODES, tokenizer_name="raw", index_option="basic")
    for name in SLUGS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_float_field("carbon", indexed=True, fast=True)
    return builder.build()


SCHEMA = schema()


def document(entry: Entry, categories: Mapping[str, list[str]]) -> tantivy.Document:
    """What the index holds of a product: the one place that says so."""
    names = [entry.name, entry.name_en, entry.trademark]
    others = [
        entry.maker,
        entry.holder,
        entry.number or "",
        *entry.models,
        *categories.get(entry.category, []),
    ]
    carbon = float(entry.carbon)
    facts = {
        "id": entry.id,
        "name": [" ".join(terms(text)) for text in names],
        "text": [" ".join(terms(text)) for text in names + others],
        "code": [squash(code) for code in [entry.number or "", *entry.models] if squash(code)],
        "kind": entry.kind,
        "category": entry.category,
        "region": place_of(entry.region) or "none",
        "family": entry.family or "none",
        "boundary": entry.boundary,
        "below": band(entry),
        "unit": entry.carbon_unit,
        "parameter": [f"{fact.parameter}={fact.value}" for fact in entry.facts if fact.number is None],
        "valid_to": entry.valid_to.toordinal() if entry.valid_to else 0,
        "by_issue": unique(entry.issued_on.toordinal() if entry.issued_on else 0, entry.id),
        "by_carbon": unique(ordered(carbon) >> 24, entry.id),
        "weight": 2 if entry.kind == "certified" else 0,
        "carbon": carbon,
    }
    return tantivy.Document.from_dict(facts, SCHEMA)


def category_names() -> dict[str, list[str]]:
    """What each scheme calls its category, in both languages, so that any name of it is found."""
    return {scheme.category: [scheme.category_name, scheme.category_name_en] for scheme in schemes()}


def band(entry: Entry) -> str:
    share = entry.below_limit
    if share is None:
        return "none"
    return next((slug for slug, least in BANDS if share >= least), "over")


def unique(order: int, entry_id: int) -> int:
    """A sort key no two products share, so that pages never overlap."""
    return (order << 24) + entry_id


def ordered(value: float) -> int:
    """64 bits that compare as the floats do."""
    bits: int = struct.unpack(">Q", struct.pack(">d", value))[0]
    return bits ^ (0xFFFFFFFFFFFFFFFF if bits >> 63 else 1 << 63)


@dataclass
class Handle:
    """One process's view of the index in `folder`, as of `position` in the feed.

    Without a folder it stands in memory, in place of one on the disk that cannot be used: `trouble` says
    why, and until `again` (by time.monotonic) the disk is left alone.
    """

    folder: Path | None
    index: tantivy.Index
    mark: str = ""
    position: int = -1
    regions: frozenset[str] = frozenset()  # every one some product comes from
    trouble: str = ""
    again: float = 0.0

    def refresh(self) -> None:
        """See what another process may have written since."""
        if self.folder is None:
            return
        mark = _mark(self.folder)
        if mark != self.mark:
            self.read()
            self.mark, self.position = mark, int(mark.partition(" ")[0] or -1)

    def read(self) -> None:
        self.index.reload()
        self.regions = slugs(self.searcher, tantivy.Query.all_query(), "region")

    @property
    def searcher(self) -> tantivy.Searcher:
        return self.index.searcher()


def slugs(searcher: tantivy.Searcher, query: tantivy.Query, name: str) -> frozenset[str]:
    """Which slugs of a field stand on the products a query finds."""
    buckets = searcher.aggregate(query, {name: {"terms": {"field": name, "size": 1000}}})[name]["buckets"]
    return frozenset(bucket["key"] for bucket in buckets)


_handles: dict[Path, Handle] = {}
_spare: dict[str, Handle] = {}  # by the key of the catalogue: what stands in for an index on the disk
_making_a_spare = Lock()


def current() -> Handle | None:
    """The index, knowing every committed product; None while there is none.

    What cannot be read on the disk is made anew there.  Where that is not possible either, or the disk
    takes nothing, this process answers from an index in memory, and tries the disk again after a while.
    """
    feed = committed_feed()
    if feed is None:
        return None
    spare = _spare.get(feed.key)
    if spare is None or time.monotonic() >= spare.again:
        try:
            handle = _on_disk(feed)
            _spare.pop(feed.key, None)
            return handle
        except BROKEN as error:
            log.exception("the search index cannot be used; answering from memory")
            spare = _stand_in(feed.key, error)
    return _follow(spare, feed)


def _on_disk(feed: Feed) -> Handle:
    handle = _handle(feed.key)
    try:
        return _up_to_date(handle, feed)
    except BROKEN:
        if not distrust(handle):
            raise
        return _up_to_date(_handle(feed.key), feed)


def _up_to_date(handle: Handle, feed: Feed) -> Handle:
    handle.refresh()
    if handle.position != feed.position:
        _catch_up(handle)
    return handle


def distrust(handle: Handle) -> bool:
    """After something failed: whether it was the fault of the index, which then begins anew, empty."""
    folder = handle.folder
    if folder is None or _readable(folder):
        return False
    with _only_writer(folder):
        if not _readable(folder):  # another process may have seen to it
            _clear(folder / "tantivy")
        _handles[folder] = Handle(folder, _open(folder / "tantivy"))
    return True


def _stand_in(key: str, error: Exception) -> Handle:
    handle = _spare.setdefault(key, Handle(None, _in_memory()))
    handle.trouble, handle.again = f"{type(error).__name__}: {error}", time.monotonic() + LEFT_ALONE_S
    return handle


def _in_memory() -> tantivy.Index:
    index = tantivy.Index(SCHEMA)
    index.config_reader("manual")
    return index


def _follow(spare: Handle, feed: Feed) -> Handle:
    with _making_a_spare:
        if spare.position != feed.position:
            behind = spare.position < feed.position
            spare.position = _fill(spare.index, after=spare.position if behind else -1)
            spare.read()
    return spare


def heal() -> None:
    """For the worker: see that the index on the disk can be used, whoever asks next."""
    _spare.clear()
    if handle := current():
        distrust(handle)  # what was opened before it was spoilt still answers, here and nowhere else
        current()


def sound() -> str:
    """For the doctor: what the index on the disk holds; raise what is wrong with it."""
    feed = committed_feed()
    if feed is None:
        return "none yet"
    if spare := _spare.get(feed.key):
        raise Unwell(f"answering from memory, because the disk fails: {spare.trouble}")
    folder = _folder(feed.key)
    if not (folder / "tantivy").exists():
        return "not made yet"
    with (folder / "lock").open("a"):
        known = _count(folder)
    return f"{known} products"


def _readable(folder: Path) -> bool:
    try:
        _count(folder)
    except BROKEN:
        return False
    return True


def _count(folder: Path) -> int:
    """How many products the index on the disk holds, once every part of it has been opened and read."""
    index = tantivy.Index.open(str(folder / "tantivy"))
    searcher = index.searcher()
    searcher.aggregate(tantivy.Query.all_query(), {name: {"terms": {"field": name}} for name in SLUGS})
    return searcher.num_docs


def rebuild() -> int:
    """Write the whole index anew and return how many products it holds."""
    feed = committed_feed()
    if feed is None:
        return 0
    handle = _handle(feed.key)
    with _only_writer(_folder(feed.key)):
        _write(handle, after=-1)
    return handle.searcher.num_docs


def committed_feed() -> Feed | None:
    """Where the feed stands for everybody: what this session has not committed may never be."""
    with _committed() as session:
        found: Feed | None = session.get(Feed, 1)
        return found


@contextmanager
def _committed() -> Iterator[Session]:
    token = reading.set(True)
    try:
        with Session(db.engine, expire_on_commit=False) as session:
            yield session
    finally:
        reading.reset(token)


def _folder(key: str) -> Path:
    return Path(current_app.config["INDEX_DIR"]) / f"catalog-{VERSION}-{key}"


def _handle(key: str) -> Handle:
    folder = _folder(key)
    if folder not in _handles or not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with _only_writer(folder):
            _handles[folder] = Handle(folder, _open(folder / "tantivy"))
    return _handles[folder]


def _open(folder: Path) -> tantivy.Index:
    """The index, or an empty one in place of what cannot be read."""
    folder.mkdir(exist_ok=True)
    try:
        index = tantivy.Index(SCHEMA, str(folder))
    except BROKEN:
        _clear(folder)
        index = tantivy.Index(SCHEMA, str(folder))
    index.config_reader("manual")
    return index


def _clear(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.with_name("mark").unlink(missing_ok=True)
    folder.mkdir()


def _catch_up(handle: Handle) -> None:
    assert handle.folder is not None  # one in memory is filled by `_follow`
    with _only_writer(handle.folder):
        handle.refresh()
        feed = committed_feed()
        assert feed is not None  # whoever catches up has seen one, and none is taken away
        if handle.position > feed.position:  # the database is older than the index: an old copy came back
            _write(handle, after=-1)
        elif handle.position < feed.position:
            _write(handle, after=handle.position)


def _write(handle: Handle, after: int) -> None:
    """Take every change after a position; after -1, everything there is."""
    assert handle.folder is not None  # see `_catch_up`
    position = _fill(handle.index, after)
    _leave_mark(handle.folder, position)
    handle.refresh()


def _fill(index: tantivy.Index, after: int) -> int:
    """Take every change after a position into an index, and return the last one."""
    writer = index.writer(HEAP, 1)
    if after < 0:
        writer.delete_all_documents()
    position, categories = max(after, 0), category_names()
    with _committed() as session:
        while batch := _changed(session, position):
            for entry in batch:
                writer.delete_documents_by_query(tantivy.Query.term_query(SCHEMA, "id", entry.id))
                writer.add_document(document(entry, categories))
            position = batch[-1].position
            session.expunge_all()
    writer.commit()
    writer.wait_merging_threads()
    return position


def _changed(session: Session, after: int) -> list[Entry]:
    query = select(Entry).where(Entry.position > after).order_by(Entry.position).limit(BATCH)
    return list(session.scalars(query.options(selectinload(Entry.facts))))


def _mark(folder: Path) -> str:
    """The position the index holds, and a word that is new with each writing of it."""
    try:
        return (folder / "mark").read_text()
    except FileNotFoundError:
        return ""


def _leave_mark(folder: Path, position: int) -> None:
    """Written after the index's own commit: a crash between the two repeats work and loses none."""
    scratch = folder / "mark.new"
    scratch.write_text(f"{position} {secrets.token_hex(8)}")
    scratch.replace(folder / "mark")


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
