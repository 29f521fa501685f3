"""What a draft's own document offers where a box names other things of it: parameters, tests, figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.i18n import _
from schemes.drafts.editor import JSON, Box, Group, Node, Rows
from schemes.drafts.given import listed
from schemes.drafts.limits import Table, named

# Which list a box offers while one types, and which boxes of several words are ticked instead.
TYPED = {
    "criterion.quantity": "quantities",
    "criterion.baseline": "quantities",
    "derived.of": "quantities",
    "criterion.interpolate": "parameters",
    "match.parameter": "parameters",
    "person_days.people": "parameters",
}
TICKED = {
    "criterion.by": "parameters",
    "person_days.unit_by": "parameters",
    "surveillance.tests": "tests",
}

Lists = dict[str, dict[str, str]]  # by list: what each thing is called, by the word that names it


def lists(document: Mapping[str, JSON]) -> Lists:
    """Everything that is written by now, right or wrong."""
    parameters, tests, derived = (
        named(document.get(member)) for member in ("parameters", "tests", "derived")
    )
    figures = {"test": tests, "parameter": parameters, "derived": derived}
    quantities = {"footprint": str(_("碳足迹"))} | {
        f"{kind}:{slug}": name for kind, things in figures.items() for slug, name in things.items()
    }
    return {"quantities": quantities, "parameters": parameters, "tests": tests}


def offered(nodes: Sequence[Node | Table], known: Lists) -> "tuple[Node | Table, ...]":
    """The same nodes, whose boxes know what they offer."""
    return tuple(_offered(node, known) for node in nodes)


def _offered(node: Node | Table, known: Lists) -> Node | Table:
    if isinstance(node, Table):
        return node
    if isinstance(node, Group):
        return replace(node, parts=offered(node.parts, known))
    if isinstance(node, Rows):
        return replace(node, rows=tuple(replace(row, parts=offered(row.parts, known)) for row in node.rows))
    return _box(node, known)


def _box(box: Box, known: Lists) -> Box:
    if box.field in TICKED and known[TICKED[box.field]]:
        return _ticked(box, known[TICKED[box.field]])
    offer = TYPED.get(box.field, "")
    return replace(box, offers=offer) if offer and known[offer] else box


def _ticked(box: Box, things: Mapping[str, str]) -> Box:
    """What is chosen stands first, in its order, and stays even where nothing is called so."""
    chosen = list(dict.fromkeys(map(str, listed(box.value))))
    words = tuple(dict.fromkeys([*chosen, *things]))
    labels = tuple(things.get(word, word) for word in words)
    return replace(box, kind="checks", value=chosen, choices=words, labels=labels)
