"""Events are facts: frozen, of plain values, and somebody is named who hears them."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, office_code, room

PLAIN = {"int", "str", "bool", "date", "datetime", "Decimal", "tuple"}
ANNOUNCER = Path("core/events.py")  # how events are told, not an event


def faults(root: Path) -> list[str]:
    heard = listened_to(root)
    return [
        f"{path}: {event.name} {fault}"
        for path, tree in office_code(root)
        if room(path) == "events" and path != ANNOUNCER
        for event in tree.body
        if isinstance(event, ast.ClassDef)
        for fault in faults_of(event, heard)
    ]


def faults_of(event: ast.ClassDef, heard: set[str]) -> list[str]:
    found = [] if is_frozen(event) else ["is not a frozen dataclass"]
    if event.name not in heard:
        found.append("stands in no row of app.LISTENERS")
    if strange := field_types(event) - PLAIN:
        found.append(f"carries {', '.join(sorted(strange))}")
    if any(isinstance(node, ast.FunctionDef) for node in event.body):
        found.append("behaves")
    return found


def is_frozen(event: ast.ClassDef) -> bool:
    return "dataclass(frozen=True)" in map(ast.unparse, event.decorator_list)


def field_types(event: ast.ClassDef) -> set[str]:
    fields = [node.annotation for node in event.body if isinstance(node, ast.AnnAssign)]
    return {node.id for field in fields for node in ast.walk(field) if isinstance(node, ast.Name)}


def listened_to(root: Path) -> set[str]:
    """The last names of the keys of LISTENERS, as app.py writes them."""
    for node in ast.parse((root / "app.py").read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if targets[0] is not None and ast.unparse(targets[0]) == "LISTENERS":
            return {ast.unparse(key).split(".")[-1] for key in node.value.keys}
    raise AssertionError("app.py has no table LISTENERS")


def test_every_event_is_a_plain_fact_that_somebody_hears():
    assert faults(ROOT) == []


EVENT = """
from dataclasses import dataclass

@dataclass({frozen})
class {name}:
    number: str
    on: {type}
"""


def event(name: str = "CertificateIssued", frozen: str = "frozen=True", type: str = "date | None") -> str:
    return EVENT.format(name=name, frozen=frozen, type=type)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (event(frozen=""), "is not a frozen dataclass"),
        (event(name="LabelRequested"), "stands in no row of app.LISTENERS"),
        (event(type="Certificate"), "carries Certificate"),
        (event(type="tuple[tuple[str, float], ...]"), "carries float"),
        (event() + "\n    def tell(self): ...", "behaves"),
    ],
)
def test_a_faulty_event_is_found(plant, code, fault):
    plant("app.py", "LISTENERS = {events.CertificateIssued: [], CertificateWithdrawn: []}")
    [found] = faults(plant("certification/events.py", code))
    assert found.endswith(fault)


def test_a_sound_event_is_not_complained_of(plant):
    plant("app.py", "LISTENERS = {events.CertificateIssued: []}")
    assert faults(plant("certification/events.py", event())) == []
