"""The sheets of a workbook: the first, and beside it one for each kind of record, made from the registry.

A kind that the registry does not have yet needs no line here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from carbon import records
from carbon.queries import choice_name, hint_of, quantity_name
from carbon.records.ledger import Month, Number
from carbon.units import convertible
from certification.workbooks.exchange.columns import INVENTORY, KEY, KINDS, NO, Column, Kind, by_heading
from core.i18n import _, _l
from core.readers import ids
from core.words import word

FIRST = ""  # the slug of the first sheet
LONGEST_TITLE = 31  # of a sheet, in any spreadsheet
ENTRIES = 3  # of a list that go out empty; a row that has more gets as many
MOST_ENTRIES = 50
YEAR = 12  # months of a ledger that go out empty
FACTOR = ("factor_code", "own_value", "own_unit", "own_source")
ENTRY = re.compile(r"([^-]+)-(\d+)-(.*)")  # the list, the number of the entry, what it says


@dataclass(frozen=True)
class Layout:
    """One sheet.  `needed` are the columns without which it is not the sheet it is called."""

    slug: str
    title: object
    columns: tuple[Column, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A sentence of the registry, in the language of whoever reads it."""

    how: Callable[..., object]
    what: tuple[object, ...]

    def __str__(self) -> str:
        return str(self.how(*self.what))


def layouts(kind: Kind, entries: int = ENTRIES) -> tuple[Layout, ...]:
    """The first sheet, and those of the kinds of record; each list with columns for so many entries."""
    if kind is not INVENTORY:
        return (Layout(FIRST, kind.sheet, kind.columns, KINDS.get(kind.slug, kind).slugs),)
    first = Layout(FIRST, kind.sheet, (*kind.columns, *_beside(entries), KEY), kind.slugs)
    others = (slug for slug in records.KINDS if slug != records.ACTIVITY)
    return (first, *(_of_kind(slug, entries) for slug in others))


def columns_of(kind: Kind, values: Mapping[str, object]) -> Sequence[Column]:
    """The columns of the sheet a line stood in, as far as it had them."""
    slug = values.get("kind")
    columns = _of_kind(str(slug), MOST_ENTRIES).columns if slug else layouts(kind, MOST_ENTRIES)[0].columns
    return [column for column in columns if column.slug in values]


def headings_of(layout: Layout) -> Mapping[str, str]:
    """The slug of every spelling of every heading; of a kind of record, for all the entries there can be."""
    if layout.slug:
        return _headings_of(layout.slug)
    own = (column for column in layout.columns if not ENTRY.fullmatch(column.slug))
    return {**_headings_beside(), **by_heading(own)} if KEY in layout.columns else by_heading(own)


@cache
def _headings_beside() -> Mapping[str, str]:
    return by_heading((*_beside(MOST_ENTRIES), NO))


@cache
def _headings_of(slug: str) -> Mapping[str, str]:
    return by_heading((*_of_kind(slug, MOST_ENTRIES).columns, NO))


def title_of(slug: str) -> str:
    """What the sheet of a kind of record is called."""
    return str(word(f"record.{slug}"))[:LONGEST_TITLE].strip()


def most_entries(rows: Iterable[Mapping[str, object]]) -> int:
    """As many as the rows have, and at least as many as go out empty."""
    boxes = (box for row in rows for box, text in row.items() if text)
    return max(
        [ENTRIES, *((ids.number(found[2]) or 0) + 1 for box in boxes if (found := ENTRY.fullmatch(box)))]
    )


def is_repeated(slug: str) -> bool:
    """Whether a column is that of a second or further entry of a list."""
    found = ENTRY.fullmatch(slug)
    return found is not None and found[2] != "0"


@cache
def _of_kind(slug: str, entries: int) -> Layout:
    kind = records.KINDS[slug]
    common = {column.slug: column for column in INVENTORY.columns}
    before = ["stage", "name", "quantity", "unit", *(FACTOR if kind.factor else ())]
    own = [column for each in kind.fields for column in _of_field(each, entries)]
    columns = [*(common[name] for name in before), *own, common["evidence"], common["quality"]]
    needed = [column.slug for column in columns if not ENTRY.fullmatch(column.slug)]
    columns += [*_beside(entries), KEY]
    return Layout(slug, Told(title_of, (slug,)), tuple(columns), tuple(needed))


@cache
def _beside(entries: int) -> tuple[Column, ...]:
    """The ledger and what else a record of any kind may have, behind everything of its own."""
    return tuple(column for each in records.BESIDE for column in _of_field(each, max(entries, YEAR)))


def _of_field(each: records.Field, entries: int) -> Iterator[Column]:
    if not isinstance(each, records.Many):
        yield from _boxes(each, each.name)
        return
    for number in range(entries):
        for inner in each.of:
            yield from _boxes(inner, f"{each.name}-{number}-{inner.name}")


def _boxes(each: records.Field, place: str) -> Iterator[Column]:
    """One column, and one for the unit of a quantity."""
    heading, hint = Told(quantity_name, (place,)), Told(_hint, (each,))
    match each:
        case records.Measured():
            share = "%" in each.units
            yield Column(place, heading, hint, 14, number=True, percent=share)
            units = tuple((unit, unit) for unit in each.units)
            yield Column(f"{place}-unit", Told(_unit, (place,)), _l("从列表里选择"), 12, offers=units)
        case records.Choice():
            words = tuple((choice, Told(choice_name, (each.name, choice))) for choice in each.choices)
            yield Column(place, heading, hint, 18, offers=words)
        case records.Day():
            yield Column(place, heading, hint, 14, day=True)
        case Month():
            yield Column(place, heading, hint, 12, month=True)
        case Number():
            yield Column(place, heading, hint, 12, number=True)
        case _:
            yield Column(place, heading, hint, 20)


def _unit(place: str) -> str:
    return _("%(name)s的单位", name=quantity_name(place))


def _hint(each: records.Field) -> str:
    """Whether it must be filled, and what the registry says of it."""
    must = _("必填") if each.required else _("选填")
    said = hint_of(each)
    if isinstance(each, records.Choice):
        said = _("从列表里选择")
    elif isinstance(each, records.Day):
        said = _("写成 2025-01-01")
    elif isinstance(each, records.Files):
        said = _("案卷里文件的名称，几个之间写“；”")
    return _("；").join(part for part in (must, said) if part)


def units_of(slug: str) -> tuple[str, ...]:
    """The units an amount of this kind may be in; none when any may be, or its factor says."""
    return tuple(dict.fromkeys(unit for like in records.KINDS[slug].per for unit in convertible(like)))
