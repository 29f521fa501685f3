"""A document as boxes: one walk over its model makes the form, and one reads what came back.

A box is called by its way through the document, `criteria-0-rows-3-limit`, and knows the JSON pointer of
what it asks, so that a fault finds it.  What was typed is kept as typed; the model says what is wrong.
"""

import re
import types
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.errors import Invalid
from core.readers import numbers
from schemes.document.base import HIDDEN, Line

JSON = Any  # a mapping, a list, or one value, right or wrong
LONG = 500  # from here on a text has a box of several lines
SPACES = re.compile(r"[\s,，、;；]+")  # between the words of a list in one box
MOST_ROWS, SIDE_BY_SIDE = 500, 2
TELLING, MOST_TOLD = ("line", "number", "day", "choice"), 4


class _All:
    def __contains__(self, _member: object) -> bool:
        return True


ALL = _All()


@dataclass(frozen=True)
class Box:
    """One thing that is asked.  `field` is what it is called, such as `criterion.comparator`."""

    name: str
    field: str
    pointer: str
    kind: Literal["line", "prose", "number", "day", "choice", "checks", "tick", "words", "hidden"]
    value: JSON
    must: bool
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # of the choices, where the document itself names them
    offers: str = ""  # the list of the document's own things from which one may take its value


@dataclass(frozen=True)
class Group:
    """Boxes that belong together; `key` is the box of the name under which it is kept, where it has one."""

    name: str
    field: str
    pointer: str
    parts: "tuple[Any, ...]"  # of nodes, or of what takes their place on a page
    key: Box | None = None

    @property
    def title(self) -> str:
        """What the group itself is called by what is written in it; "" while it has no name."""
        for part in self.parts:
            if isinstance(part, Group) and _is_pair(part):
                return str(part.parts[0].value) if isinstance(part.parts[0], Box) else ""
        return ""

    @property
    def is_short(self) -> bool:
        """Two boxes that fit side by side, such as a name in both languages."""
        return len(self.parts) == SIDE_BY_SIDE and all(isinstance(part, Box) for part in self.parts)

    @property
    def is_left_open(self) -> bool:
        """Whether none of its boxes has to be filled."""
        return all(isinstance(part, Box) and not part.must for part in self.parts)

    @property
    def gist(self) -> tuple[Box, ...]:
        """What tells a folded row from the others, beside its name."""
        boxes = [part for part in self.parts if isinstance(part, Box) and part.kind in TELLING]
        return tuple(box for box in boxes if box.value and not box.field.endswith(".slug"))[:MOST_TOLD]


@dataclass(frozen=True)
class Rows:
    name: str
    field: str
    pointer: str
    rows: tuple[Group, ...]

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


Node = Box | Group | Rows


def _is_pair(node: Node) -> bool:
    """A name in both languages."""
    return isinstance(node, Group) and [part.name.rpartition("-")[2] for part in node.parts] == ["zh", "en"]


@dataclass(frozen=True)
class Asked:
    """What a member is made of, whatever is written around it: X, X or nothing, a list of X, X by name."""

    form: Literal["one", "list", "by_name"]
    of: Any  # a type
    said: tuple[object, ...]
    may_lack: bool
    usual: Any = None  # what it is when nothing is said, where a box shows it
    keys: tuple[str, ...] = ()  # the names there are, of what is kept by name

    @property
    def part(self) -> type[BaseModel] | None:
        return self.of if isinstance(self.of, type) and issubclass(self.of, BaseModel) else None

    @property
    def words(self) -> tuple[str, ...]:
        return _literals(self.of)


def _literals(of: Any) -> tuple[str, ...]:  # Any: a type
    return get_args(of) if get_origin(of) is Literal else ()


def asked(member: FieldInfo) -> Asked:
    bare, said = _bare(member.annotation, tuple(member.metadata))
    may_lack = not member.is_required()
    if get_origin(bare) is tuple:
        inner, more = _bare(get_args(bare)[0], ())
        return Asked("list", inner, more, may_lack, _usual(member, inner))
    if get_origin(bare) is dict:
        inner, more = _bare(get_args(bare)[1], ())
        return Asked("by_name", inner, more, may_lack, None, _literals(get_args(bare)[0]))
    return Asked("one", bare, said, may_lack, _usual(member, bare))


def _usual(member: FieldInfo, of: Any) -> JSON:  # Any: a type
    """The default of a tick or a choice, whose box would otherwise say something else."""
    if member.is_required() or not (of is bool or get_origin(of) is Literal):
        return None
    found = member.get_default(call_default_factory=True)
    return list(found) if isinstance(found, tuple) else found


def _bare(annotation: Any, said: tuple[object, ...]) -> tuple[Any, tuple[object, ...]]:  # Any: a type
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            said += tuple(more)
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
        else:
            return annotation, said


# Out to the page


def nodes(
    model: type[BaseModel], value: JSON, name: str = "", pointer: str = "", only: Container[str] = ALL
) -> tuple[Node, ...]:
    """The boxes of a part of a document, or of some of its members, with what was written, right or wrong."""
    given = value if isinstance(value, Mapping) else {}
    return tuple(
        _node(what, called(model, key), given.get(key), *_inside(key, name, pointer))
        for key, what in members(model, only)
    )


def members(model: type[BaseModel], only: Container[str] = ALL) -> Iterator[tuple[str, Asked]]:
    """What a part asks, by the name under which it is stored."""
    for key, member in model.model_fields.items():
        if key in only:
            yield member.alias or key, asked(member)


def _inside(key: str, name: str, pointer: str) -> tuple[str, str]:
    return f"{name}-{key}" if name else key, f"{pointer}/{key}"


def _node(what: Asked, field: str, value: JSON, name: str, pointer: str) -> Node:
    if what.form == "by_name":
        return Rows(name, field, pointer, tuple(_by_name(what, field, value, name, pointer)))
    if what.part is None:
        return _box(what, field, name, pointer, what.usual if value is None else value)
    if what.form == "one":
        return Group(name, field, pointer, nodes(what.part, value, name, pointer))
    listed = value if isinstance(value, list) else []
    rows = [(each, *_inside(str(number), name, pointer)) for number, each in enumerate(listed)]
    return Rows(
        name,
        field,
        pointer,
        tuple(Group(n, field, at, nodes(what.part, each, n, at)) for each, n, at in rows),
    )


def _by_name(what: Asked, field: str, value: JSON, name: str, pointer: str) -> Iterator[Group]:
    given = value if isinstance(value, Mapping) else {}
    for number, (key, each) in enumerate(given.items()):
        inner, at = f"{name}-{number}", f"{pointer}/{key}"
        key_box = Box(
            f"{inner}-key", f"{field}.key", at, "choice" if what.keys else "line", key, True, what.keys
        )
        if what.part:
            parts = nodes(what.part, each, f"{inner}-value", at)
        else:
            parts = (_box(replace(what, form="one"), f"{field}.value", f"{inner}-value", at, each),)
        yield Group(inner, field, at, parts, key_box)


def _box(what: Asked, field: str, name: str, pointer: str, value: JSON) -> Box:
    must = not what.may_lack
    if what.form == "list":
        chosen = list(value) if isinstance(value, list | tuple) else []
        kind: JSON = "checks" if what.words else "words"
        return Box(name, field, pointer, kind, chosen, must, what.words)
    return Box(name, field, pointer, _kind(what), "" if value is None else value, must, what.words)


def _kind(what: Asked) -> JSON:  # one of the kinds of a box
    if what.words or HIDDEN in what.said:
        return "choice" if what.words else "hidden"
    if what.of is str:
        most = max((each.most for each in what.said if isinstance(each, Line)), default=0)
        return "prose" if most >= LONG else "line"
    kinds: dict[type, str] = {bool: "tick", int: "number", Decimal: "number", date: "day"}
    return kinds[what.of]


def called(model: type[BaseModel], key: str) -> str:
    """What names.py calls a member, such as `limit_row.grades`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower() + f".{key}"


# Back from the page


Typed = dict[str, JSON]  # by part of the name: another such, or the texts that came under it


def tree(items: Iterable[tuple[str, list[str]]]) -> Typed:
    """What a page sent, by the parts of the names of its boxes."""
    found: Typed = {}
    for name, values in items:
        *way, last = name.split("-")
        here = found
        for step in way:
            inner = here.setdefault(step, {})
            if not isinstance(inner, dict):
                break
            here = inner
        else:
            here.setdefault(last, values)
    return found


def written(model: type[BaseModel], typed: JSON, only: Container[str] = ALL) -> dict[str, JSON]:
    """What was typed in the boxes of a part, as JSON; a box left empty says nothing."""
    sent = typed if isinstance(typed, dict) else {}
    found = ((key, _read(what, sent.get(key))) for key, what in members(model, only))
    return {key: value for key, value in found if value is not None}


def _read(what: Asked, typed: JSON) -> JSON:
    if what.form == "by_name":
        rows = [row for row in _in_order(typed) if isinstance(row, dict)]
        return {_text(row.get("key")): _one(what, row.get("value")) for row in rows}
    if what.form == "list":
        if what.part:
            return [written(what.part, row) for row in _in_order(typed)]
        texts = [text for text in typed or [] if text] if isinstance(typed, list | None) else []
        return texts if what.words else [word for text in texts for word in SPACES.split(text) if word]
    if what.part and what.may_lack and not _says_something(typed):
        return None
    return _one(what, typed)


def _one(what: Asked, typed: JSON) -> JSON:
    if what.part:
        return written(what.part, typed)
    text = _text(typed)
    if what.of is bool:
        return bool(text)
    if not text:
        return None
    return _whole(text) if what.of is int else text


def _whole(text: str) -> int | str:
    """A whole number, or what was typed, for the model to refuse."""
    try:
        found = numbers.whole(text)
    except Invalid:
        return text
    return text if found is None else found


def _text(typed: JSON) -> str:
    return typed[-1].strip() if isinstance(typed, list) and typed else ""


def _in_order(typed: JSON) -> list[JSON]:
    """Rows in the order of their numbers, whatever numbers the page left out."""
    rows = typed if isinstance(typed, dict) else {}
    numbered = sorted((key for key in rows if key.isdecimal() and len(key) < 6), key=int)
    return [rows[key] for key in numbered[:MOST_ROWS]]


def _says_something(typed: JSON) -> bool:
    if isinstance(typed, dict):
        return any(_says_something(inner) for inner in typed.values())
    return bool(_text(typed))


# Rows that come, go and move


def changed(document: dict[str, JSON], do: str, pointer: str) -> dict[str, JSON]:
    """The document after `add` to, or `drop`, `up` or `down` of, what the pointer names.

    A pointer to what is not there, and any other word, leave it as it was.
    """
    way = pointer.strip("/").split("/")
    if do == "add":
        found: dict[str, JSON] = _at(document, way, _grown)
    elif do in ACTS:
        found = _at(document, way[:-1], lambda rows: ACTS[do](rows, way[-1]))
    else:
        found = document
    return found


def _at(value: JSON, way: list[str], act: Callable[[JSON], JSON]) -> JSON:
    if not way:
        return act(value)
    key, *rest = way
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return [_at(each, rest, act) if place == int(key) else each for place, each in enumerate(value)]
    held = {} if value is None and act is _grown else value  # a part of which nothing is said yet
    if isinstance(held, dict) and (key in held or act is _grown):
        return held | {key: _at(held.get(key), rest, act)}
    return value


def _grown(rows: JSON) -> JSON:
    if isinstance(rows, dict):
        return rows | {"": {}}
    kept = rows if isinstance(rows, list) else []
    return [*kept, {}] if len(kept) < MOST_ROWS else kept


def _without(rows: JSON, key: str) -> JSON:
    match rows:
        case dict():
            return {name: each for name, each in rows.items() if name != key}
        case list():
            return [each for place, each in enumerate(rows) if str(place) != key]
    return rows


def _swapped(way: int) -> Callable[[JSON, str], JSON]:
    def act(rows: JSON, key: str) -> JSON:
        if not (isinstance(rows, list) and key.isdecimal()):
            return rows
        here, there = int(key), int(key) + way
        if not (here < len(rows) and 0 <= there < len(rows)):
            return rows
        moved = list(rows)
        moved[here], moved[there] = moved[there], moved[here]
        return moved

    return act


ACTS: dict[str, Callable[[JSON, str], JSON]] = {"drop": _without, "up": _swapped(-1), "down": _swapped(1)}


def place(act: str, pointer: str, document: JSON) -> str:
    """The id of the row that a page is to show first once its rows were changed."""
    *way, last = pointer.strip("/").split("/")
    if act == "add":
        return "-".join([*way, last, str(max(0, _count(document, [*way, last]) - 1))])
    move = {"up": -1, "down": 1}.get(act)
    return "-".join([*way, str(int(last) + move)] if move and last.isdecimal() else way)


def _count(value: JSON, way: list[str]) -> int:
    for key in way:
        if isinstance(value, list):
            value = value[int(key)] if key.isdecimal() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return len(value) if isinstance(value, list | dict) else 0
