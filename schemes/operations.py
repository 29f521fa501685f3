"""The register of schemes: documents read from files into versions.

All that is given is read before any of it is kept: whatever a page or a rule of the law would later stumble
over is named, with its file and its place.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select

from core import audit
from core.db import db
from core.errors import Invalid
from core.files import StoredFile
from core.machine import Actor
from schemes import queries
from schemes.document import PROVINCE, WRONG, Document, Identity, parsed, read, whole, written
from schemes.models import SchemeVersion

SHIPPED = Path(__file__).parent / "data"
COMMON = "common"  # the folder of what several schemes have in common, beside their files
OUTCOMES = ("added", "changed", "kept", "unchanged")
Plain = Any  # JSON


def load(path: Path, actor: Actor) -> dict[str, int]:
    """Take the scheme versions of a JSON file, or of each in a folder; return how many were added, changed,
    kept and unchanged.

    A version is known by code and version.  One that a case already runs under is
    kept as it stands, whatever the file says: what changed needs a version of its own.
    Raises Invalid `scheme-file-wrong`, every fault by file and place, before anything is taken.
    """
    counts = dict.fromkeys(OUTCOMES, 0)
    for document in _sound(path):
        counts[take(document, actor)] += 1
    return counts


def take(document: Document, actor: Actor) -> str:
    """Keep a document as the version it says it is; answer which of OUTCOMES came of it."""
    about, text = document.identity, written(kept_whole(document))
    refuse_beside_the_province(about)
    scheme = db.session.scalar(
        select(SchemeVersion).where(SchemeVersion.code == about.code, SchemeVersion.version == about.version)
    )
    if scheme is None:
        scheme = SchemeVersion(document=text)
        db.session.add(scheme)
        outcome = "added"
    else:
        outcome = _change(scheme, text)
    db.session.flush()
    if outcome in ("added", "changed"):
        audit.record(actor, f"scheme.{outcome}", f"scheme/{scheme.code}/{scheme.version}")
    return outcome


def kept_whole(document: Document) -> Document:
    """The house keeps every form that the document names; raise Invalid when not."""
    missing = {
        f"/documents/{index}/blank": "blank-form-missing"
        for index, kind in enumerate(document.documents)
        if kind.blank_file and db.session.get(StoredFile, kind.blank_file) is None
    }
    if missing:
        raise Invalid(WRONG, missing)
    return document


def refuse_beside_the_province(about: Identity) -> None:
    """168号令 art. 38, from memory and to be checked: a body's own rule where there is no national one."""
    if about.owner == PROVINCE:
        return
    codes = {(each.system, each.code) for each in about.product_codes}
    if (held := queries.of_the_province(about.category, codes)) is not None:
        slug = "rule-of-the-province"
        raise Invalid(slug, {"/identity/owner": slug}, name=held.name, code=held.code)


def given(path: Path) -> Iterator[tuple[str, Plain]]:
    """(place, document) of all that a file or a folder holds, each whole."""
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        content = parsed(file.read_bytes())
        several = content if isinstance(content, list) else [content]
        for index, each in enumerate(several):
            place = f"{file.name}/{index}" if isinstance(content, list) else file.name
            yield place, whole(each, partial(_common, file.parent))


def _common(folder: Path, name: str) -> Plain:
    """What a file says it extends; it lies in a folder beside it."""
    found = folder / COMMON / f"{name}.json"
    return parsed(found.read_bytes()) if found.is_file() else None


def _sound(path: Path) -> list[Document]:
    found: list[Document] = []
    wrong = Invalid("scheme-file-wrong", {})
    try:
        for place, each in given(path):
            try:
                found.append(kept_whole(read(each)))
            except Invalid as refused:
                _note(wrong, place, refused)
    except Invalid as refused:  # what is no JSON, or extends what is not there
        _note(wrong, path.name, refused)
    if wrong.fields:
        raise wrong
    return found


def _note(wrong: Invalid, place: str, refused: Invalid) -> None:
    wrong.fields |= {f"{place}{pointer}": slug for pointer, slug in refused.fields.items()}
    wrong.details |= {f"{place}{pointer}": detail for pointer, detail in refused.details.items()}


def _change(scheme: SchemeVersion, text: str) -> str:
    if scheme.document == text:
        return "unchanged"
    if _rested_on(scheme):
        return "kept"
    scheme.document, scheme.paper = text, None
    return "changed"


def _rested_on(scheme: SchemeVersion) -> bool:
    """Whether a row of any table points at the version, whichever office keeps that table."""
    key = SchemeVersion.__table__.c.id
    pointers = [
        column
        for table in SchemeVersion.metadata.tables.values()
        for column in table.columns
        if column.references(key)  # type: ignore[arg-type]  # of a table, it is a Column
    ]
    return any(db.session.scalar(select(exists().where(column == scheme.id))) for column in pointers)
