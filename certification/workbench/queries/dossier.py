"""The whole of a case as one file: what was handed in and drawn up, each beside its digest."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from accounts.actor import Actor
from certification.acts.models import WrittenAct
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.certificate.models import Certificate
from certification.messages import queries as messages
from core import archives
from core.db import db
from core.errors import NotFound
from core.files import StoredFile, path_of
from core.lifecycle import history
from core.readers import names

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """`path` in the archive; `sha256` and `size` of the content; `superseded`: a newer one took its place."""

    path: str
    sha256: str
    size: int
    superseded: bool = False


def case_of(actor: Actor, case_id: int) -> Application:
    """The case, for its body alone: what each side may read of it differs, and the whole is the body's."""
    case = application(actor, case_id)
    if actor.kind != "certification_body":
        raise NotFound("application-not-found")
    return case


def entries(case: Application) -> list[Entry]:
    """Every file of the case, in folders by what it is."""
    found = list(dict.fromkeys(_files(case)))
    sizes = _sizes({digest for _folder, _name, digest, _former in found})
    taken: set[str] = set()
    return [
        Entry(_path(folder, name, taken), digest, sizes[digest], former)
        for folder, name, digest, former in found
    ]


def _files(case: Application) -> Iterator[tuple[str, str, str, bool]]:
    """(folder, name, digest, whether it is superseded)"""
    for file in case.files:
        yield f"application/{file.kind}", file.name, file.digest, file.superseded_at is not None
    if case.agreement and case.agreement.document:
        yield "agreement", "agreement.pdf", case.agreement.document, False
    for told in case.evaluation_reports:
        if told.document:
            yield "evaluation", f"{told.number}.pdf", told.document, False
    for report in case.reports:
        if report.file:
            yield "tests", report.file_name or f"{report.number}.pdf", report.file, False
    for picture in case.photographs:
        yield f"site/{picture.check_slug}", picture.name, picture.digest, False
    for item in case.verified_items:
        for proof in item.evidence:
            yield "verification", proof.name, proof.digest, False
    for paper in case.working_papers:
        yield "working-papers", paper.name, paper.digest, False
    for entry in case.late_entries:
        yield f"late/{entry.kind}", entry.document_name, entry.document, False
    for finding in case.nonconformities:
        for answer in finding.answers:
            name = answer.evidence_name or f"answer-{answer.round}"
            yield f"nonconformities/{finding.number}", name, answer.evidence, False
    yield from _written(case)
    yield from _papers(case)


def _written(case: Application) -> Iterator[tuple[str, str, str, bool]]:
    """What came with the messages, by thread: the body's own notes are its own, and so is the archive."""
    for message in messages.kept(case):
        for file in message.files:
            yield f"messages/{message.key}", file.name, file.digest, False


def _papers(case: Application) -> Iterator[tuple[str, str, str, bool]]:
    """The acts that were served in the case, and the certificate it led to."""
    acts = select(WrittenAct).where(WrittenAct.application_id == case.id).order_by(WrittenAct.id)
    for act in db.session.scalars(acts):
        if act.document:
            yield "acts", f"{act.number}.pdf", act.document, False
    issued = select(Certificate).where(Certificate.application_id == case.id).order_by(Certificate.id)
    for certificate in db.session.scalars(issued):
        if document := certificate.full_document or certificate.document:
            yield "certificate", f"{certificate.number}.pdf", document, False


def _sizes(digests: set[str]) -> dict[str, int]:
    query = select(StoredFile.digest, StoredFile.size).where(StoredFile.digest.in_(digests))
    return {row.digest: row.size for row in db.session.execute(query)}


def _path(folder: str, name: str, taken: set[str]) -> str:
    """Of two files of one name in a folder the second is counted."""
    plain = PurePosixPath(names.file(name).replace("/", "_"))
    path, number = f"{folder}/{plain}", 2
    while path in taken:
        path, number = f"{folder}/{plain.stem} ({number}){plain.suffix}", number + 1
    taken.add(path)
    return path


def typed_late(case: Application) -> list[dict[str, Any]]:  # JSON
    """Every day of the case that was typed long after it, with who typed it when, and why only then."""
    samples = [sample.id for sample in case.samples]
    reports = [report.id for report in case.reports]
    steps = [*case.steps, *history("sample", *samples), *history("test_report", *reports)]
    return [
        {"of": f"{taken.kind}/{taken.subject_id}", "step": taken.step, "days": taken.late}
        | {"reason": taken.late_reason, "by": taken.actor, "at": taken.at.isoformat()}
        for taken in steps
        if taken.late
    ]


def manifest(case: Application) -> dict[str, Any]:  # JSON
    return {"case": case.number, "files": list(map(asdict, entries(case))), "typed_late": typed_late(case)}


def packed(case: Application) -> Iterator[bytes]:
    """The archive, as it is made: every file as it was kept, and the manifest last, with the days typed late.

    NotFound before a byte is sent where a content is gone, or is no longer what was kept.
    """
    told = manifest(case)
    contents = [(file["path"], path_of(file["sha256"])) for file in told["files"]]
    return archives.packed(contents, MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
