"""The evidence graph: which paper stands in two cases, and what rests on a report that was taken back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.models import (
    Application,
    ApplicationFile,
    Certificate,
    StatusProposal,
    SuspensionBatch,
    TestReport,
)
from certification.operations import batches
from core.db import db
from core.errors import NotFound

# What one client may hand in with every case of its own: it says who the client is, not what was measured.
STANDING_PAPERS = frozenset(
    {"application_form", "business_licence", "management_system", "process_flow"}
)
MOST = 200


@dataclass(frozen=True)
class Twin:
    """One paper or number found in a case and in another; the other is named only to its own body."""

    kind: str  # file | report_number
    what: str
    case: Application
    other: str  # its number, or "" when the asker may not know it
    other_id: int | None = None


def twins_of(actor: Actor, case: Application) -> list[Twin]:
    """What this case has in common with others that it should not."""
    return [*_same_files(actor, [case]), *_same_numbers(actor, [case])]


def twins(actor: Actor) -> list[Twin]:
    """The same over every case of the actor's body, newest first."""
    query = select(Application).where(
        Application.body_id == actor.organisation_id, Application.state != "draft"
    )
    cases = list(db.session.scalars(query.order_by(Application.id.desc())))
    return [*_same_files(actor, cases), *_same_numbers(actor, cases)][:MOST]


def _same_files(actor: Actor, cases: list[Application]) -> list[Twin]:
    found, known = [], {case.id: case for case in cases}
    for digest, held in _held_twice(list(known)).items():
        for file, mine in held:
            if mine.id in known:
                found += [
                    _twin(actor, "file", file.name, mine, other)
                    for other in {each.id: each for each_file, each in held if each is not mine}.values()
                    if not _usual(file, mine, other)
                ]
    return found


def _held_twice(case_ids: list[int]) -> dict[str, list]:
    """digest -> [(file, case)] of the papers that stand in one of these cases and in another."""
    mine = select(ApplicationFile.digest).where(
        ApplicationFile.application_id.in_(case_ids), ApplicationFile.superseded_at.is_(None)
    )
    query = (
        select(ApplicationFile, Application)
        .join(Application, Application.id == ApplicationFile.application_id)
        .where(
            ApplicationFile.digest.in_(mine),
            ApplicationFile.superseded_at.is_(None),
            Application.state != "draft",
        )
        .order_by(ApplicationFile.id)
    )
    held: dict[str, list] = {}
    for file, case in db.session.execute(query):
        held.setdefault(file.digest, []).append((file, case))
    return held


def _usual(file: ApplicationFile, case: Application, other: Application) -> bool:
    """A client's own standing papers come with each of its cases; a case about a certificate brings its own."""
    same = case.applicant_id == other.applicant_id
    related = case.certificate_id is not None or other.certificate_id is not None
    return same and (file.kind in STANDING_PAPERS or related)


def _same_numbers(actor: Actor, cases: list[Application]) -> list[Twin]:
    known = {case.id: case for case in cases}
    mine = select(TestReport.number).where(TestReport.application_id.in_(list(known)))
    query = select(TestReport).where(TestReport.number.in_(mine)).options(selectinload(TestReport.application))
    held: dict[str, list[Application]] = {}
    for report in db.session.scalars(query.order_by(TestReport.id)):
        if report.application not in held.setdefault(report.number, []):
            held[report.number].append(report.application)
    return [
        _twin(actor, "report_number", number, case, other)
        for number, holders in held.items()
        for case in holders
        for other in holders
        if case.id in known and other is not case
    ]


def _twin(actor: Actor, kind: str, what: str, case: Application, other: Application) -> Twin:
    own = actor.kind == "certification_body" and other.body_id == actor.organisation_id
    return Twin(kind, what, case, other.number if own else "", other.id if own else None)


def report(actor: Actor, report_id: int) -> TestReport:
    """A report of the actor's laboratory, or of a case the actor's body handles; the regulator sees all."""
    found = db.session.get(TestReport, report_id)
    if found is None or not _may_read(actor, found):
        raise NotFound("report-not-found")
    return found


def _may_read(actor: Actor, found: TestReport) -> bool:
    match actor.kind:
        case "testing_body":
            return found.laboratory_id == actor.organisation_id
        case "certification_body":
            return found.application.body_id == actor.organisation_id
        case "manufacturer":
            return found.application.applicant_id == actor.organisation_id
    return actor.kind == "regulator" and "regulator" in actor.roles


@dataclass(frozen=True)
class Line:
    """One certificate of a batch as the asker sees it: what it was worth, is worth, and what was decided."""

    certificate: Certificate
    then: str
    proposal: StatusProposal | None
    own: bool


def batch(actor: Actor, batch_id: int) -> SuspensionBatch:
    found = db.session.get(SuspensionBatch, batch_id)
    if found is None or not _concerns(actor, found):
        raise NotFound("batch-not-found")
    return found


def every_batch(actor: Actor) -> list[SuspensionBatch]:
    """The batches in which the actor has a certificate; the regulator and the laboratory see their own way."""
    query = select(SuspensionBatch).order_by(SuspensionBatch.id.desc()).limit(MOST)
    return [found for found in db.session.scalars(query) if _concerns(actor, found)]


def waiting_batches(actor: Actor) -> list[SuspensionBatch]:
    """Those that still wait for a decision of the actor's body."""
    return [found for found in every_batch(actor) if batches.open_proposals(found, actor.organisation_id)]


def _concerns(actor: Actor, found: SuspensionBatch) -> bool:
    if actor.kind == "certification_body":
        bodies = {certificate.body_id for certificate in _certificates(found)}
        return actor.organisation_id in bodies | {found.report.application.body_id}
    return actor.kind == "regulator" and "regulator" in actor.roles


def lines(actor: Actor, found: SuspensionBatch) -> list[Line]:
    """The certificates of the batch: a body sees its own, the regulator every one."""
    query = select(StatusProposal).where(
        StatusProposal.source == batches.SOURCE, StatusProposal.source_id == found.id
    )
    proposals = {each.certificate_id: each for each in db.session.scalars(query)}
    then = {each["certificate_id"]: each["state"] for each in found.found}
    return [
        Line(each, then[each.id], proposals.get(each.id), each.body_id == actor.organisation_id)
        for each in _certificates(found)
        if actor.kind == "regulator" or each.body_id == actor.organisation_id
    ]


def _certificates(found: SuspensionBatch) -> list[Certificate]:
    ids = [each["certificate_id"] for each in found.found]
    query = select(Certificate).where(Certificate.id.in_(ids)).order_by(Certificate.id)
    return list(db.session.scalars(query))
