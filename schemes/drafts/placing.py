"""Where on a page a fault is said: at its box, or at the nearest thing around it that the page draws."""

from collections.abc import Iterable, Iterator, Mapping

from core.i18n import _
from schemes.drafts.editor import Box, Group, Node, Rows
from schemes.drafts.limits import Table


def placed(faults: Mapping[str, str], nodes: Iterable[Node | Table]) -> dict[str, str]:
    """The sentences by the pointer at which they stand: of several things in one box, at the box."""
    places, found = dict(_drawn(nodes)), dict[str, list[str]]()
    for pointer, said in faults.items():
        found.setdefault(_nearest(pointer, places), []).append(said)
    return {place: str(_("；")).join(said) for place, said in found.items()}


def leads(placed: Mapping[str, str], nodes: Iterable[Node | Table]) -> list[tuple[str, str]]:
    """(id of the element at which it stands, sentence), from the top of the page to its end."""
    drawn = dict(_drawn(nodes))
    order = [*drawn, *(place for place in placed if place not in drawn)]
    return [(drawn.get(place, ""), placed[place]) for place in order if place in placed]


def _nearest(pointer: str, places: Mapping[str, str]) -> str:
    here = pointer
    while here and here not in places:
        here = here.rpartition("/")[0]
    return here or pointer


def _drawn(nodes: Iterable[Node | Table]) -> Iterator[tuple[str, str]]:
    """(pointer, name)"""
    for node in nodes:
        match node:
            case Box():
                yield from () if node.kind == "hidden" else ((node.pointer, node.name),)
            case Group():
                yield node.pointer, node.name
                yield from _drawn(node.parts)
            case Rows():
                yield node.pointer, node.name
                yield from _drawn(node.rows)
            case Table():
                yield node.pointer, node.name
                for line in node.lines:
                    yield from ((place, line.name) for place in line.places)
                    yield from _drawn(box for cell in line.cells for box in cell)
