"""What must be looked at again in a draft that began as a copy of an earlier case."""

from dataclasses import dataclass, field
from datetime import timedelta

from accounts.actor import Actor
from certification.application.models import Application, ApplicationCopy
from certification.application.queries.applications import application
from core.clock import now
from core.db import db

FILE_LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Point:
    """One thing to refresh: the slug of its word, the section to go to, and what the word needs."""

    slug: str
    section: str
    names: list[str] = field(default_factory=list)  # what it is about, as people called it
    kinds: list[str] = field(default_factory=list)  # kinds of files


def copy_of(case: Application) -> ApplicationCopy | None:
    return db.session.get(ApplicationCopy, case.id)


def refresh(case: Application) -> list[Point]:
    """What is still as it was, or out of date; a point goes when it was dealt with."""
    copy = copy_of(case)
    if copy is None or not case.is_draft:
        return []
    source = copy.source
    found = [_rules(case, source), _period(case, source), _quantities(case, source)]
    found += [_renewed(case, source), _from_memory(case), _files(case)]
    return [point for point in found if point]


def outlook(actor: Actor, source: Application) -> list[str]:
    """The kinds of files of a case that would come along though they are more than a year old."""
    application(actor, source.id)
    return [file.kind for file in source.current_files if file.uploaded_at < now() - FILE_LASTS]


def _rules(case: Application, source: Application) -> Point | None:
    return Point("rules", "files") if case.scheme_id != source.scheme_id else None


def _period(case: Application, source: Application) -> Point | None:
    here, there = case.inventory, source.inventory
    if here.period_to is None:
        return Point("period-missing", "inventory")
    same = (here.period_from, here.period_to) == (there.period_from, there.period_to)
    return Point("period", "inventory", [f"{here.period_from} ～ {here.period_to}"]) if same else None


def _quantities(case: Application, source: Application) -> Point | None:
    """Activity data of a new period are seldom those of the last."""
    before = {(row.stage, row.name): row.quantity for row in source.inventory.rows}
    same = [row.name for row in case.inventory.rows if before.get((row.stage, row.name)) == row.quantity]
    return Point("quantities", "inventory", same) if same else None


def _renewed(case: Application, source: Application) -> Point | None:
    """Factors that expired since: their newer version was taken, and the result moves with it."""
    before = {each.code: each.version for row in source.inventory.rows for each in row.every_factor}
    rows = [(row.name, each) for row in case.inventory.rows for each in row.every_factor]
    newer = [name for name, each in rows if each.version > before.get(each.code, each.version)]
    return Point("factors-renewed", "inventory", newer) if newer else None


def _from_memory(case: Application) -> Point | None:
    rows = [(row.name, each) for row in case.inventory.rows for each in row.every_factor]
    names = [name for name, each in rows if each.confidence == "memory"]
    return Point("factors-unsourced", "inventory", names) if names else None


def _files(case: Application) -> Point | None:
    old = [file.kind for file in case.current_files if file.uploaded_at < now() - FILE_LASTS]
    return Point("files-old", "files", kinds=old) if old else None
