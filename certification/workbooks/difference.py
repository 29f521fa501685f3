"""A workbook beside what stands: which row is which, and what the workbook would change.

A row is known by the number the template gave it while the inventory is the one the workbook was made from,
else by its stage and name (a model by its code); of several with the same name the first stands for the
first.  Nothing here is stored, so that a comparison is always with what stands now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from certification.workbooks.exchange.columns import Kind
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
    """What each row is known by, the how-manieth of its name included: one row, one handle."""
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
    kind: Kind, stands: Sequence[Values], lines: Sequence[Line], numbered: Mapping[int, int]
) -> dict[int, int]:
    """The place of the row that stands for each line; `numbered` says it where the template does.

    A number is believed last of all: lines are copied with their numbers, and sorted without them.
    """
    wanted, there = [called(kind, line) for line in lines], [_named(kind, row) for row in stands]
    places: dict[Named, list[int]] = defaultdict(list)
    for place, name in enumerate(there):
        places[name].append(place)
    pairs = _Pairs()
    for line, place in numbered.items():
        if _fits(wanted[line], there[place]):
            pairs.take(line, [place])
    for line, name in enumerate(wanted):
        pairs.take(line, places.get(name, ()))
    for line, place in numbered.items():
        pairs.take(line, [place])
    for line, name in enumerate(wanted):
        if None in name and any(name):
            pairs.take(line, (place for place, other in enumerate(there) if _fits(name, other)))
    return pairs.found


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
    apart = ("stated", "evidence_digest")
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


class _Pairs:
    """No line has two rows, and no row two lines."""

    def __init__(self) -> None:
        self.found: dict[int, int] = {}
        self._taken: set[int] = set()

    def take(self, line: int, places: Iterable[int]) -> None:
        if line in self.found:
            return
        place = next((place for place in places if place not in self._taken), None)
        if place is not None:
            self.found[line] = place
            self._taken.add(place)


def _named(kind: Kind, values: Values) -> Named:
    return tuple(plain(values[slug]) for slug in kind.identity)


def _fits(one: Named, other: Named) -> bool:
    return all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))
