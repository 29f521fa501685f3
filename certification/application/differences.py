"""What changed between two versions of an application, field by field.  Pure.

A version is the mapping that certification.application.operations.submissions.snapshot makes.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from certification.workflow.correction import PARAMETERS, PARTIES, TEXTS

Content = Mapping[str, Any]  # JSON, as a version keeps it
Row = Mapping[str, str]
KEY = "key"  # what a row is known by, where versions have it
FUEL = ("ncv", "carbon_content", "oxidation")


@dataclass(frozen=True)
class Cell:
    """One value that changed: `place` names the field, as points do; the column, inside a line."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of a list: `kind` is added, removed, changed; `cells` are those that differ."""

    kind: str
    name: str
    cells: tuple[Cell, ...] = ()
    before: Content | None = None
    after: Content | None = None
    old_place: int | None = None
    new_place: int | None = None


@dataclass(frozen=True)
class Difference:
    fields: list[Cell] = field(default_factory=list)
    models: list[Line] = field(default_factory=list)
    head: list[Cell] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    files: list[Line] = field(default_factory=list)
    system: bool = False
    total: Cell | None = None

    def __bool__(self) -> bool:
        return bool(self.fields or self.models or self.head or self.rows or self.files or self.system)

    def __len__(self) -> int:
        lists = (self.fields, self.models, self.head, self.rows, self.files)
        return sum(len(each) for each in lists) + self.system

    def touches(self, anchor: str) -> bool:
        """Whether anything a point on this place opened was changed."""
        return any(place == anchor or place.startswith(f"{anchor}.") for place in self.places())

    def places(self) -> set[str]:
        found = {cell.place for cell in self.fields} | {f"file:{line.name}" for line in self.files}
        found |= {"models"} if self.models else set()
        found |= {f"models.{slug}" for line in self.models for slug in _stated_anew(line)}
        found |= {"inventory.head"} if self.head else set()
        found |= {"inventory.system"} if self.system else set()
        found |= {f"inventory.row:{line.old_place}" for line in self.rows if line.old_place is not None}
        return found | ({"inventory.rows"} if self.rows else set())


def _stated_anew(line: Line) -> Iterator[str]:
    """The slugs of the parameters in which a model changed."""
    for cell in line.cells:
        above, _dot, slug = cell.place.partition(".")
        if above == PARAMETERS:
            yield slug


def between(old: Content, new: Content) -> Difference:
    """What the newer version says otherwise than the older."""
    before, after = (each["inventory"] | {"rows": rows_of(each)} for each in (old, new))
    return Difference(
        fields=_fields(old, new),
        models=_keyed(old["models"], new["models"], "code"),
        head=cells(before["head"], after["head"]),
        rows=rows(before["rows"], after["rows"]),
        files=_files(old["files"], new["files"]),
        system=before["system"] != after["system"],
        total=_total(old["footprint"], new["footprint"]),
    )


def rows_of(content: Content) -> list[Row]:
    """The rows of a version, those of before there were kinds of record as they would be kept today."""
    return [_as_today(row) for row in content["inventory"]["rows"]]


def _as_today(row: Row) -> Row:
    """A fuel was known by its three numbers, whose units went without saying."""
    rest = {name: value for name, value in row.items() if value or name not in FUEL}
    if "kind" in row or "ncv" not in rest:
        return rest
    per = "GJ/万Nm3" if row["unit"].endswith("Nm3") else "GJ/t"
    with_units = {"ncv": f"{row['ncv']} {per}", "carbon_content": f"{row['carbon_content']} tC/TJ"}
    return rest | {"kind": "fuel"} | with_units


def cells(old: Row, new: Row) -> list[Cell]:
    names = [name for name in dict.fromkeys([*old, *new]) if name != KEY]
    return [Cell(n, old.get(n, ""), new.get(n, "")) for n in names if old.get(n, "") != new.get(n, "")]


def _fields(old: Content, new: Content) -> list[Cell]:
    found = cells({n: old[n] for n in TEXTS}, {n: new[n] for n in TEXTS})
    for party in PARTIES:
        found += _beneath(party, old[party], new[party])
    return found + _beneath(PARAMETERS, old.get(PARAMETERS, {}), new.get(PARAMETERS, {}))


def _beneath(place: str, old: Row, new: Row) -> list[Cell]:
    return [Cell(f"{place}.{cell.place}", cell.before, cell.after) for cell in cells(old, new)]


def _keyed(old: Sequence[Row], new: Sequence[Row], key: str) -> list[Line]:
    before, after = ({row[key]: row for row in rows} for rows in (old, new))
    found = []
    for name in dict.fromkeys([*before, *after]):
        if line := _line(name, before.get(name), after.get(name)):
            found.append(line)
    return found


def _line(
    name: str, old: Row | None, new: Row | None, at: int | None = None, to: int | None = None
) -> Line | None:
    if old is None or new is None:
        return Line("added" if old is None else "removed", name, (), old, new, at, to)
    changed = tuple(cells(old, new))
    return Line("changed", name, changed, old, new, at, to) if changed else None


def rows(old: Sequence[Row], new: Sequence[Row]) -> list[Line]:
    """Rows are matched by their keys; where some have none, next when they are equal, then by stage and name,
    then by name, and what is left at one place; whatever finds no partner was added or removed."""
    pairs = _pairs(old, new)
    found = [_line(new[to]["name"], old[at], new[to], at, to) for at, to in sorted(pairs.items())]
    gone = [at for at in range(len(old)) if at not in pairs]
    come = sorted(set(range(len(new))) - set(pairs.values()))
    found += [_line(old[at]["name"], old[at], None, at, None) for at in gone]
    found += [_line(new[to]["name"], None, new[to], None, to) for to in come]
    return [line for line in found if line]


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    likenesses: tuple[Callable[[Row, int], object], ...] = (
        lambda row, place: row.get(KEY),
        lambda row, place: tuple(sorted((name, text) for name, text in row.items() if name != KEY)),
        lambda row, place: (row["stage"], row["name"]),
        lambda row, place: row["name"],
        lambda row, place: (row["stage"], place),
    )
    pairs: dict[int, int] = {}
    keyed = all(row.get(KEY) for row in (*old, *new))
    for likeness in likenesses[: 1 if keyed else None]:
        free: defaultdict[object, deque[int]] = defaultdict(deque)
        for to in sorted(set(range(len(new))) - set(pairs.values())):
            free[likeness(new[to], to)].append(to)
        for at in (at for at in range(len(old)) if at not in pairs):
            named = likeness(old[at], at)
            if named and (waiting := free[named]):
                pairs[at] = waiting.popleft()
    return pairs


def _files(old: Iterable[Content], new: Iterable[Content]) -> list[Line]:
    """A file of a kind that is held once takes the place of the former; others come and go."""
    old, new = list(old), list(new)
    gone = [file for file in old if not _held(file, new)]
    come = [file for file in new if not _held(file, old)]
    found = []
    for file in gone:
        by = next((f for f in come if f["kind"] == file["kind"] != "other"), None)
        if by:
            come.remove(by)
        found.append(Line("changed" if by else "removed", file["kind"], (), file, by))
    return found + [Line("added", file["kind"], (), None, file) for file in come]


def _held(file: Content, files: Sequence[Content]) -> bool:
    return any((file["kind"], file["digest"]) == (other["kind"], other["digest"]) for other in files)


def _total(old: Content | None, new: Content | None) -> Cell | None:
    before, after = (f"{f['total']} {f['unit']}" if f else "" for f in (old, new))
    return Cell("footprint", before, after) if before != after else None
