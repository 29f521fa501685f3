"""A workbook beside what stands: which row is which, and what the workbook would change.

A row of the activity data is known by its key; without one by its stage and name, by what an earlier
workbook called it, or by all it says but its name; a model by its code.  Of several with the same name the
first stands for the first.  Nothing here is stored, so that a comparison is always with what stands now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from carbon import keys
from carbon.keys import Pairs
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.read import Line
from core.opened.workbook import plain
from core.readers.numbers import number

Named = tuple[str | None, ...]  # what a row is known by; None where it could not be read
Values = Mapping[str, object]


@dataclass(frozen=True)
class Entry:
    """One row of the comparison, by its places in the workbook (`line`) and among what stands (`place`).

    `what` is same, changed, new, gone, or unread: then the row that stands goes on counting.
    """

    what: str
    line: int | None
    place: int | None
    changes: tuple[str, ...] = ()  # the columns, and the quantities of a record, that differ


def handles(kind: Kind, rows: Iterable[Values]) -> list[list[str]]:
    """What each row is known by: its key, else its name and the how-manieth of it.  One row, one handle."""
    if kind is INVENTORY:
        return [[str(row["key"])] for row in rows]
    seen: Counter[Named] = Counter()
    found = []
    for row in rows:
        name = _named(kind, row)
        found.append([*map(str, name), str(seen[name])])
        seen[name] += 1
    return found


def is_called(kind: Kind, line: Line, other: Line) -> bool:
    """Whether two lines are called the same, as far as both could be read."""
    return _fits(called(kind, line), called(kind, other))


def called(kind: Kind, line: Line) -> Named:
    """What a line is known by."""
    name = _named(kind, line.values)
    return tuple(
        None if slug in line.errors else part for slug, part in zip(kind.identity, name, strict=True)
    )


def pair(
    kind: Kind,
    stands: Sequence[Values],
    lines: Sequence[Line],
    read: Sequence[Values | None],
    known: Sequence[Mapping[int, int]],
) -> dict[int, int]:
    """The place of the row that stands for each line; `read` are the lines as far as they can be read, and
    `known` what says it where the name does not, the most trusted first.

    A key is believed at once where its row has this name, or a name that no line has: lines are copied with
    their keys, and sorted without them.  Everywhere else the name comes first.
    """
    wanted, there = [called(kind, line) for line in lines], [_named(kind, row) for row in stands]
    places: dict[Named, list[int]] = defaultdict(list)
    for place, name in enumerate(there):
        places[name].append(place)
    pairs, names = Pairs(), {*wanted}
    said, *_recalled = known
    named = [(line, place) for line, place in said.items() if _fits(wanted[line], there[place])]
    renamed = [(line, place) for line, place in said.items() if there[place] not in names]
    for line, place in (*named, *renamed):
        pairs.take(line, [place])
    for line, name in enumerate(wanted):
        pairs.take(line, places.get(name, ()))
    for line, place in (each for told in known for each in told.items()):
        pairs.take(line, [place])
    _take_alike(pairs, stands, read)
    for line, name in enumerate(wanted):
        if None in name and any(name):
            pairs.take(line, (place for place, other in enumerate(there) if _fits(name, other)))
    return pairs.found


def _take_alike(pairs: Pairs, stands: Sequence[Values], read: Sequence[Values | None]) -> None:
    """What says the same but for its name is the same row under another name."""
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for place, row in enumerate(stands):
        alike[keys.likeness(row)].append(place)
    for line, values in enumerate(read):
        if values and (told := keys.likeness(values)):
            pairs.take(line, alike[told])


def compare(
    stands: Sequence[Values], becomes: Sequence[Values | None], pairs: Mapping[int, int]
) -> Iterator[Entry]:
    """Every line in its order, then what the workbook does not list.  What a line would make of its row could
    not be read where it is None."""
    for line, values in enumerate(becomes):
        place = pairs.get(line)
        if values is None:
            yield Entry("unread", line, place)
        elif place is None:
            yield Entry("new", line, None)
        else:
            changes = tuple(_changes(stands[place], values))
            yield Entry("changed" if changes else "same", line, place, changes)
    listed = set(pairs.values())
    yield from (Entry("gone", None, place) for place in range(len(stands)) if place not in listed)


def _changes(there: Values, values: Values) -> Iterator[str]:
    """A proof goes with its note, and what is stated is told quantity by quantity."""
    apart = ("stated", "evidence_digest", "key")
    yield from (slug for slug, value in values.items() if slug not in apart and value != there[slug])
    before, after = _stated(there), _stated(values)
    yield from (name for name in {**before, **after} if before.get(name) != after.get(name))


def _stated(values: Values) -> Mapping[str, object]:
    stated = values.get("stated")
    return stated if isinstance(stated, Mapping) else {}


def same(one: object, other: object) -> bool:
    """Whether two stated values say the same number in the same unit, however many noughts are behind it."""
    match one, other:
        case {"amount": amount, "unit": unit}, {"amount": there, "unit": other_unit}:
            return unit == other_unit and number(amount) == number(there)
        case dict(), dict():
            return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
        case list(), list():
            return len(one) == len(other) and all(map(same, one, other))
    return one == other


def _named(kind: Kind, values: Values) -> Named:
    return tuple(plain(values[slug]) for slug in kind.identity)


def _fits(one: Named, other: Named) -> bool:
    return all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))
