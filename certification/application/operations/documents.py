"""The files of a case: as many of a kind as there are, added and taken away by the applicant."""

from collections.abc import Collection, Iterable, Mapping
from typing import IO, NamedTuple

from carbon import operations as carbon
from certification.application.models import Application, ApplicationFile
from certification.application.operations import submissions as snapshots
from certification.application.operations.applications import may_edit, may_write, touch
from certification.application.operations.filling import may_touch
from certification.events import ActivityDataTouched
from certification.workflow.correction import FILE, asks_something, takes_file
from core import audit, events, files
from core.clock import now
from core.errors import Invalid, NotFound, OutOfOrder
from core.machine import Actor


class Received(NamedTuple):
    """What became of several files sent at once: those kept, and the refusal of each other by its name."""

    kept: list[ApplicationFile]
    refused: list[tuple[str, Invalid]]


def attach_files(
    application: Application,
    actor: Actor,
    kind: str,
    uploads: Iterable[tuple[IO[bytes], str]],
    examined: bool = False,
) -> Received:
    """Keep the files of one kind that can be kept; one that cannot be takes none of the others with it.

    They are examined first, unless they were made here.
    """
    _may_attach(application, actor, kind)
    if kind not in application.scheme.file_kinds:
        raise Invalid("file-kind-unknown", {"kind": "file-kind-unknown"})
    stored, refused = files.store_each(uploads, examined)
    kept = [_enter(application, actor, kind, each) for each in stored]
    if kept:
        touch(application)
    if kept and not application.is_editable:  # what a finding asked for is a version of its own
        snapshots.follow(application, "declare_anew", actor, {})
    return Received(kept, refused)


def _may_attach(application: Application, actor: Actor, kind: str) -> None:
    """Raise unless files of this kind are asked of the actor now."""
    if not asks_something(application):
        may_edit(application, actor)
    may_write(application, actor)
    if not takes_file(application, kind):
        raise OutOfOrder("section-not-open", sections=[f"{FILE}{kind}"])


def attach_file(
    application: Application,
    actor: Actor,
    kind: str,
    stream: IO[bytes],
    filename: str,
    examined: bool = False,
) -> ApplicationFile:
    """Keep one file; raise Invalid when it cannot be kept."""
    kept, refused = attach_files(application, actor, kind, [(stream, filename)], examined)
    for _name, refusal in refused:
        raise refusal
    return kept[0]


def remove_file(application: Application, actor: Actor, file_id: int) -> None:
    """Take a file out of the case.  It stays where a version that was handed in names it."""
    may_edit(application, actor)
    file = next((each for each in application.current_files if each.id == file_id), None)
    if file is None:
        raise NotFound("file-not-found")
    may_touch(application, {f"file:{file.kind}"})
    file.superseded_at = now()
    if file.digest not in [left.digest for left in application.current_files]:
        carbon.prove(application.inventory, actor, file.digest, set(), {}, application.inventory.version)
    touch(application)
    events.publish(ActivityDataTouched(application.id))
    audit.record(
        actor, "application.detach", f"application/{application.id}", kind=file.kind, digest=file.digest
    )


def prove_rows(
    application: Application,
    actor: Actor,
    file: ApplicationFile,
    places: set[int],
    expected_version: int,
    months: Mapping[int, Collection[str]] | None = None,
) -> None:
    """Let a file of the case prove exactly these rows of its activity data, whose version was seen, and of
    other rows, by their places, exactly these months."""
    may_edit(application, actor)
    if file not in application.current_files:
        raise NotFound("file-not-found")
    carbon.prove(application.inventory, actor, file.digest, places, months or {}, expected_version)
    touch(application)
    events.publish(ActivityDataTouched(application.id))
    facts: dict[str, object] = {"digest": file.digest, "rows": sorted(places)}
    if of_rows := sorted(f"{place}:{month}" for place, named in (months or {}).items() for month in named):
        facts["months"] = of_rows
    audit.record(actor, "application.prove", f"application/{application.id}", **facts)


def _enter(application: Application, actor: Actor, kind: str, stored: files.Stored) -> ApplicationFile:
    file = ApplicationFile(
        kind=kind, name=stored.name, digest=stored.digest, size=stored.size, uploaded_by=actor.label
    )
    application.files.append(file)
    audit.record(
        actor, "application.attach", f"application/{application.id}", kind=kind, digest=stored.digest
    )
    return file
