"""The acceptance of an application: what was confirmed, on what it rests, and what was agreed to with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from certification.application.models import Application, ApplicationFile
from certification.workflow import APPLICATION
from certification.workflow.checks import as_said, checks
from core.clock import today
from core.errors import Invalid
from core.machine import Actor

Condition = dict[str, Any]  # as certification.application.shapes.Condition has it


def check_conditions(
    application: Application, *, step: str, conditions: Sequence[Condition] = (), **_facts: object
) -> dict[str, object]:
    """Refuse what was confirmed without a note or without evidence, at its box; whether all is confirmed is
    the law's to say."""
    held = {file.id for file in application.current_files}
    fields = {
        f"conditions.{place}.{name}": slug
        for place, condition in enumerate(conditions)
        for name, slug in _faults(condition, held)
    }
    if fields:
        raise Invalid("condition-unproved", fields)
    return {}


def _faults(condition: Condition, held: set[int]) -> Iterator[tuple[str, str]]:
    if condition.get("file") and condition["file"] not in held:
        yield "file", "file-not-of-the-case"
    if not condition.get("confirmed"):
        return
    if not condition.get("note"):
        yield "note", "condition-note-missing"
    if not (condition.get("evidence") or condition.get("file")):
        yield "evidence", "condition-evidence-missing"


def accept(application: Application, actor: Actor, conditions: Sequence[Condition], **_facts: object) -> None:
    """What was confirmed, as it was called on this day; what does not apply was agreed to with it."""
    for point in application.open_points:
        point.agreed_by = actor.label if point.not_applicable else ""
    told = {condition["slug"]: condition for condition in conditions}
    files = {file.id: file for file in application.current_files}
    application.acceptance = {
        "conditions": sorted(told),
        "said": [
            {"slug": check.slug, **as_said(check), **_seen(told[check.slug], files)}
            for check in checks(application, "acceptance")
        ],
        "on": today().isoformat(),
        "by": actor.label,
    }


def _seen(condition: Condition, files: dict[int, ApplicationFile]) -> dict[str, object]:
    """What was seen and where; a file by its content too, whatever takes its place later."""
    told: dict[str, object] = {"note": condition["note"], "evidence": condition.get("evidence") or ""}
    if (file := files.get(condition.get("file") or 0)) is None:
        return told
    return told | {"file": {"id": file.id, "name": file.name, "digest": file.digest}}


PREPARE = {(APPLICATION, "accept"): check_conditions}

EFFECTS = {(APPLICATION, "accept"): accept}
