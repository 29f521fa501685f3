"""The language in which a body words its papers: listed fields, `if`, and `for` over lists given.  Pure.

Jinja reads it and its immutable sandbox runs it, on texts and lists of texts alone.  What may stand in a
wording is a list of node types, so that whatever Jinja learns one day stays shut.  Loops stand in no other
loop, and lists have an end, so that time and length are bounded before anything is run.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import Invalid
from core.readers import days

LONGEST = 4000  # signs of a wording, as of any text in a table
LONGEST_DRAWN = 40_000  # signs of what comes of it
MOST_ROWS = 500  # of a list, as the laws bound every list
DEEPEST = 30
MOST_NODES = 2000

Shape = Mapping[str, Any]  # a name and what it holds: TEXT, a Shape, or a list of one Shape
Plain = dict[str, Any]  # the same, with texts
TEXT = ""
WIDE = ("W", "F")  # of Chinese letters and of what stands between them
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For,
    nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip


def _day(text: str) -> str:
    """2026-01-02 as papers say it."""
    try:
        found = days.day(text)
    except Invalid:
        return text
    if found is None:
        return text
    return f"{found.year} 年 {found.month} 月 {found.day} 日"


FILTERS: dict[str, Callable[[Any], str]] = {  # of a text or a list, as each says
    "day": _day,
    "count": lambda rows: str(len(rows)),
}


class _Environment(ImmutableSandboxedEnvironment):
    """Of what is looked up, only members of plain data are found; nothing is called."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # as Jinja has it
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # likewise
        found = type(obj) is dict and argument in obj
        return obj[argument] if found else self.undefined(obj=obj, name=str(argument))

    def is_safe_callable(self, _obj: Any) -> bool:  # likewise
        return False


def _environment() -> _Environment:
    made = _Environment(undefined=StrictUndefined, keep_trailing_newline=False, optimized=False)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


ENVIRONMENT = _environment()


@dataclass(frozen=True)
class Fault:
    line: int
    slug: str
    name: str = ""


@dataclass(frozen=True)
class Block:
    """A piece of a paper: `kind` is heading, item or text."""

    kind: str
    text: str


def faults(text: str, fields: Shape) -> list[Fault]:
    """What keeps a wording from being kept, line by line."""
    if len(text) > LONGEST:
        return [Fault(1, "wording-too-long", str(LONGEST))]
    try:
        tree = ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        return [Fault(error.lineno, "wording-unreadable", (error.message or "")[:120])]
    except (TemplateError, RecursionError, ValueError, MemoryError):
        return [Fault(1, "wording-unreadable")]
    if fault := _too_much(tree):
        return [fault]
    return list(_walk(tree, dict(fields), looping=False))


def _too_much(tree: nodes.Node) -> Fault | None:
    """Before anything descends into it: how many nodes there are, and how deep."""
    waiting, count = [(tree, 0)], 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_NODES:
            return Fault(getattr(node, "lineno", None) or 1, "wording-too-deep")
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]
    return None


def _walk(node: nodes.Node, known: Plain, looping: bool) -> Iterator[Fault]:
    if not isinstance(node, ALLOWED):
        yield Fault(node.lineno, "wording-not-allowed", type(node).__name__)
        return
    match node:
        case nodes.For():
            yield from _loop(node, known, looping)
            return
        case nodes.Name() | nodes.Getattr():
            yield from _named(node, known)
            return
        case nodes.Filter():
            yield from _filtered(node, known)
            return
        case nodes.Output():
            yield from (fault for each in node.nodes for fault in _printed(each, known))
        case nodes.Compare():
            right = [operand for operand in node.ops if operand.op not in ("eq", "ne")]
            yield from (Fault(node.lineno, "wording-not-allowed", each.op) for each in right)
    for child in node.iter_child_nodes():
        if not isinstance(node, nodes.Output) or not isinstance(child, nodes.TemplateData):
            yield from _walk(child, known, looping)


def _printed(node: nodes.Node, known: Plain) -> Iterator[Fault]:
    """A list or a group of fields is no text."""
    if isinstance(node, nodes.Name | nodes.Getattr):
        found = _found(node, known)
        if found is not None and found != TEXT:
            yield Fault(node.lineno, "wording-not-text", _dotted(node))


def _loop(node: nodes.For, known: Plain, looping: bool) -> Iterator[Fault]:
    if looping:
        yield Fault(node.lineno, "wording-loop-in-loop")
        return
    if node.recursive or node.test or not isinstance(node.target, nodes.Name):
        yield Fault(node.lineno, "wording-not-allowed", "For")
        return
    rows = _found(node.iter, known)
    if not isinstance(rows, list):
        yield Fault(node.lineno, "wording-no-list", _dotted(node.iter))
        return
    if node.target.name in known:
        yield Fault(node.lineno, "wording-name-taken", node.target.name)
        return
    inside = known | {node.target.name: rows[0]}
    for child in node.body:
        yield from _walk(child, inside, looping=True)
    for child in node.else_:
        yield from _walk(child, known, looping=True)


def _filtered(node: nodes.Filter, known: Plain) -> Iterator[Fault]:
    plain = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    if node.name not in FILTERS or not plain or node.node is None:
        yield Fault(node.lineno, "wording-filter-unknown", node.name)
        return
    if isinstance(node.node, nodes.Name | nodes.Getattr):
        found = _found(node.node, known)
        wanted = list if node.name == "count" else str
        if found is not None and not isinstance(found, wanted):
            yield Fault(node.lineno, "wording-filter-unfit", node.name)
        yield from _named(node.node, known)
    else:
        yield Fault(node.lineno, "wording-filter-unfit", node.name)


def _named(node: nodes.Node, known: Plain) -> Iterator[Fault]:
    if _found(node, known) is None:
        yield Fault(node.lineno, "wording-field-unknown", _dotted(node))


def _found(node: nodes.Node, known: Plain) -> Any:  # a Shape, a list of one, TEXT, or None
    match node:
        case nodes.Name(ctx="load"):
            return known.get(node.name)
        case nodes.Getattr():
            above = _found(node.node, known)
            return above.get(node.attr) if isinstance(above, dict) else None
    return None


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return str(node.name)[:60]
        case nodes.Getattr():
            return f"{_dotted(node.node)}.{node.attr}"[:120]
    return type(node).__name__


def written(text: str, fields: Shape, values: Mapping[str, Any]) -> list[Block]:  # JSON
    """What the wording says with these values; Invalid `wording-drawn-too-long`, `wording-unreadable`.

    Whatever the values lack is empty, and whatever they hold beside the fields stays out of it.
    """
    if faults(text, fields):
        raise Invalid("wording-unreadable")
    drawn, length = [], 0
    try:
        for part in ENVIRONMENT.from_string(text).generate(_shaped(fields, values)):
            length += len(part)
            if length > LONGEST_DRAWN:
                raise Invalid("wording-drawn-too-long", most=LONGEST_DRAWN)
            drawn.append(part)
    except TemplateError as error:
        raise Invalid("wording-unreadable") from error
    return list(_blocks("".join(drawn)))


def _shaped(fields: Shape, values: Any) -> Plain:  # what was found in their place
    given = values if isinstance(values, Mapping) else {}
    return {name: _value(shape, given.get(name)) for name, shape in fields.items()}


def _value(shape: Any, given: Any) -> Any:  # as `Shape` has it
    if isinstance(shape, list):
        rows = given if isinstance(given, list | tuple) else []
        return [_shaped(shape[0], row) for row in rows[:MOST_ROWS]]
    if isinstance(shape, Mapping):
        return _shaped(shape, given)
    return "" if given is None else str(given)


def _blocks(text: str) -> Iterator[Block]:
    """Lines with a # are headings, those with a hyphen items; an empty line parts two paragraphs."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        mark = {"# ": "heading", "- ": "item"}.get(line[:2])
        if lines and (mark or not line):
            yield Block("text", _joined(lines))
            lines = []
        if mark:
            yield Block(mark, line[2:].strip())
        elif line:
            lines.append(line)


def _joined(lines: list[str]) -> str:
    """The lines of a paragraph as one: a line break parts two words, except beside a Chinese sign."""
    said = lines[0]
    for line in lines[1:]:
        wide = unicodedata.east_asian_width(said[-1]) in WIDE or unicodedata.east_asian_width(line[0]) in WIDE
        said += line if wide else f" {line}"
    return said


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def listed(fields: Shape, above: str = "") -> Iterator[tuple[str, str]]:
    """(dotted name, what it is: text or list) of every field, for whoever writes."""
    for name, shape in fields.items():
        dotted = f"{above}{name}"
        if isinstance(shape, list):
            yield dotted, "list"
            yield from ((f"{dotted}[].{inner}", kind) for inner, kind in listed(shape[0]))
        elif isinstance(shape, Mapping):
            yield from listed(shape, f"{dotted}.")
        else:
            yield dotted, "text"
