"""The rows of a criterion as a table: a column for each parameter they hang on, and one for each grade."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.i18n import _, language
from schemes.drafts.coverage import Strip, strips
from schemes.drafts.editor import JSON, Box, Group, Node, Rows
from schemes.drafts.given import listed

OTHERS = ("comparison", "decision", "source")
MATCHED = {True: ("from", "below"), False: ("one_of",)}  # by whether the parameter is a number


@dataclass(frozen=True)
class Column:
    """What stands above the boxes; `field` where they are called as they are anywhere else."""

    title: str = ""
    field: str = ""


@dataclass(frozen=True)
class Line:
    """One row of limits.  `places` are the pointers at which a fault of the row may stand."""

    name: str
    pointer: str
    cells: tuple[tuple[Box, ...], ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    name: str
    field: str
    pointer: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    strips: tuple[tuple[str, Strip], ...]  # each with what its class is called


def laid_out(nodes: Sequence[Node], document: Mapping[str, JSON]) -> tuple[Node | Table, ...]:
    """The same nodes; where criteria have rows of limits, these are a table."""
    return tuple(_rows(node, document) if isinstance(node, Rows) else node for node in nodes)


def tidied(document: dict[str, JSON]) -> dict[str, JSON]:
    """Without the columns in which a row says nothing: it holds for every value, for every grade."""
    criteria = listed(document.get("criteria"))
    return document | {"criteria": [each | {"rows": list(map(_tidy, each["rows"]))} for each in criteria]}


def _tidy(row: dict[str, JSON]) -> dict[str, JSON]:
    grades = row["grades"] if any(limit is not None for limit in row["grades"].values()) else {}
    return row | {"when": [each for each in row["when"] if _says(each)], "grades": grades}


def _says(match: JSON) -> bool:
    return any(match.get(member) not in (None, "", []) for member in ("one_of", "from", "below"))


def _rows(node: Rows, document: Mapping[str, JSON]) -> Rows:
    criteria = listed(document.get("criteria"))
    return replace(
        node,
        rows=tuple(_criterion(row, each, document) for row, each in zip(node.rows, criteria, strict=True)),
    )


def _criterion(group: Group, given: JSON, document: Mapping[str, JSON]) -> Group:
    said = given if isinstance(given, Mapping) else {}
    parts = [_table(part, said, document) if part.field == "criterion.rows" else part for part in group.parts]
    return replace(group, parts=tuple(parts))


def _table(node: Node, criterion: Mapping[str, JSON], document: Mapping[str, JSON]) -> Table:
    assert isinstance(node, Rows)
    rows = listed(criterion.get("rows"))
    keys = list(dict.fromkeys([*map(str, listed(criterion.get("by"))), *_matched(rows)]))
    grades = named(_at(document, "identity", "conclusion", "grades"))
    fields = {
        str(each.get("slug")): each
        for each in listed(document.get("parameters"))
        if isinstance(each, Mapping)
    }
    columns = [Column(title=_title(fields.get(key), key)) for key in keys]
    plain = () if _is_graded(rows) else ("limit",)
    columns += [Column(field=f"limit_row.{name}") for name in plain]
    columns += [Column(title=title) for title in grades.values()]
    columns += [Column(field=f"limit_row.{name}") for name in OTHERS]
    lines = [
        _line(row, each, keys, fields, list(grades), plain) for row, each in zip(node.rows, rows, strict=True)
    ]
    drawn = tuple((_class(strip, keys, fields), strip) for strip in strips(keys, fields, rows))
    return Table(node.name, node.field, node.pointer, tuple(columns), tuple(lines), drawn)


def _class(strip: Strip, keys: list[str], fields: Mapping[str, JSON]) -> str:
    called = {word: name for key in keys for word, name in named(fields.get(key, {}).get("choices")).items()}
    return str(_("，")).join(called.get(word, word) for word in strip.choices)


def _is_graded(rows: Sequence[JSON]) -> bool:
    """Whether the limits are given by grade, and none for all grades alike: that column would stand empty."""
    said = [row for row in rows if isinstance(row, Mapping)]
    return any(row.get("grades") for row in said) and not any(
        row.get("limit") not in (None, "") for row in said
    )


def _line(
    row: Group,
    given: JSON,
    keys: list[str],
    fields: Mapping[str, JSON],
    grades: list[str],
    plain: tuple[str, ...],
) -> Line:
    said = given if isinstance(given, Mapping) else {}
    own = {part.field.rpartition(".")[2]: part for part in row.parts}
    cells = [tuple(_match(row, said, place, key, fields.get(key))) for place, key in enumerate(keys)]
    cells += [(own[name],) for name in plain]
    cells += [tuple(_grade(row, said, place, slug)) for place, slug in enumerate(grades)]
    cells += [(own[name],) for name in OTHERS]
    places = (row.pointer, f"{row.pointer}/when", f"{row.pointer}/grades")
    return Line(row.name, row.pointer, tuple(cells), places)


def _match(row: Group, said: Mapping[str, JSON], place: int, key: str, field: JSON) -> Iterator[Box]:
    """What the row says of one parameter; the number of the box is that of the column."""
    found = [(number, each) for number, each in enumerate(listed(said.get("when"))) if _of(each) == key]
    number, match = found[0] if found else (place, {})
    name, pointer = f"{row.name}-when-{place}", f"{row.pointer}/when/{number}"
    is_number = isinstance(field, Mapping) and field.get("kind") in ("number", "whole")
    yield Box(f"{name}-parameter", "match.parameter", f"{pointer}/parameter", "hidden", key, True)
    for member in MATCHED[is_number]:
        value, at = match.get(member), f"{pointer}/{member}"
        if member == "one_of":
            choices = named(field.get("choices")) if isinstance(field, Mapping) else {}
            kind: JSON = "checks" if choices else "words"
            yield Box(
                f"{name}-{member}",
                f"match.{member}",
                at,
                kind,
                listed(value),
                False,
                tuple(choices),
                tuple(choices.values()),
            )
        else:
            yield Box(
                f"{name}-{member}", f"match.{member}", at, "number", "" if value is None else value, False
            )


def _grade(row: Group, said: Mapping[str, JSON], place: int, slug: str) -> Iterator[Box]:
    limits = said.get("grades")
    value = limits.get(slug) if isinstance(limits, Mapping) else None
    name, at = f"{row.name}-grades-{place}", f"{row.pointer}/grades/{slug}"
    yield Box(f"{name}-key", "limit_row.grades.key", at, "hidden", slug, True)
    yield Box(f"{name}-value", "limit_row.grades.value", at, "number", "" if value is None else value, False)


def _matched(rows: Sequence[JSON]) -> list[str]:
    whens = [listed(row.get("when")) for row in rows if isinstance(row, Mapping)]
    return [_of(each) for when in whens for each in when if _of(each)]


def _of(match: JSON) -> str:
    return str(match.get("parameter") or "") if isinstance(match, Mapping) else ""


def _title(field: JSON, key: str) -> str:
    names = field.get("names") if isinstance(field, Mapping) else None
    unit = field.get("unit") if isinstance(field, Mapping) else None
    name = spoken(names) or key
    return f"{name} ({unit})" if unit else name


def named(things: JSON) -> dict[str, str]:
    """Things with a slug, by slug: what they are called."""
    found = [each for each in listed(things) if isinstance(each, Mapping) and each.get("slug")]
    return {str(each["slug"]): spoken(each.get("names")) or str(each["slug"]) for each in found}


def thing(value: JSON, key: str) -> JSON:
    """The member of a mapping, or of a list the one with this slug; None where there is none."""
    if isinstance(value, Mapping):
        return value.get(key)
    return next(
        (each for each in listed(value) if isinstance(each, Mapping) and each.get("slug") == key), None
    )


def spoken(names: JSON) -> str:
    found = names.get("en" if language() == "en" else "zh") if isinstance(names, Mapping) else None
    return str(found or "")


def _at(value: JSON, *way: str) -> JSON:
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
