"""The evidence graph: which paper stands in two cases, and what rests on a report that was taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.aftercare.models import StatusProposal, SuspensionBatch
from certification.aftercare.operations import batches
from certification.application.models import Application, ApplicationFile
from certification.certificate.models import Certificate
from certification.laboratory.models import TestReport
from core.db import db
from core.errors import NotFound
from core.web import Page, page_of


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
    return _twins(actor, Application.id == case.id, lambda each: each.id == case.id)


def twins(actor: Actor, page: int = 1, size: int = 20) -> Page[Twin]:
    """The same over every case of the actor's body, newest first."""
    own = actor.organisation_id
    found = _twins(actor, Application.body_id == own, lambda each: each.body_id == own)
    return page_of(sorted(found, key=lambda twin: -twin.case.id), page, size, "twins")


def _twins(actor: Actor, those: ColumnElement[bool], asked: Callable[[Application], bool]) -> list[Twin]:
    """`those` says in SQL, and `asked` of one case, which cases are asked about."""
    held = _papers(those)
    files = [
        _twin(actor, "file", file.name, case, other)
        for holders in held.values()
        for file, case in holders
        if asked(case)
        for other in {each.id: each for _, each in holders if each is not case}.values()
        if not _usual(file, case, other)
    ]
    numbers = [
        _twin(actor, "report_number", number, case, other)
        for number, cases in _numbers(those).items()
        for case in cases
        if asked(case)
        for other in cases
        if other is not case
    ]
    return files + numbers


def _papers(those: ColumnElement[bool]) -> dict[str, list[tuple[ApplicationFile, Application]]]:
    """digest -> [(file, case)] of the papers that stand in one of those cases and in another."""
    standing = (ApplicationFile.superseded_at.is_(None), ~Application.is_draft)
    held = select(ApplicationFile.digest).join(Application, Application.id == ApplicationFile.application_id)
    mine = held.where(*standing, those)
    cases = func.count(distinct(ApplicationFile.application_id))
    twice = held.where(*standing).group_by(ApplicationFile.digest).having(cases > 1)
    query = select(ApplicationFile, Application).join(
        Application, Application.id == ApplicationFile.application_id
    )
    query = query.where(*standing, ApplicationFile.digest.in_(mine), ApplicationFile.digest.in_(twice))
    found: dict[str, list[tuple[ApplicationFile, Application]]] = {}
    for file, case in db.session.execute(query.order_by(ApplicationFile.id)):
        found.setdefault(file.digest, []).append((file, case))
    return found


def _numbers(those: ColumnElement[bool]) -> dict[str, list[Application]]:
    """number -> the cases in which a report of that number stands, when there are several."""
    mine = select(TestReport.number).join(TestReport.application).where(those)
    query = (
        select(TestReport).where(TestReport.number.in_(mine)).options(selectinload(TestReport.application))
    )
    found: dict[str, list[Application]] = {}
    for report in db.session.scalars(query.order_by(TestReport.id)):
        if report.application not in found.setdefault(report.number, []):
            found[report.number].append(report.application)
    return found


def _usual(file: ApplicationFile, case: Application, other: Application) -> bool:
    """A client's standing papers come with each of its cases; a case about a certificate brings its own."""
    same = case.applicant_id == other.applicant_id
    related = case.certificate_id is not None or other.certificate_id is not None
    kind = case.scheme.rules.kinds.get(file.kind)
    return same and (related or (kind is not None and kind.standing))


def _twin(actor: Actor, kind: str, what: str, case: Application, other: Application) -> Twin:
    own = actor.kind == "certification_body" and other.body_id == actor.organisation_id
    return Twin(kind, what, case, other.number if own else "", other.id if own else None)


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
    """The batches in which the actor's body has a certificate; the regulator sees every one."""
    query = select(SuspensionBatch).order_by(SuspensionBatch.id.desc())
    return [found for found in db.session.scalars(query) if _concerns(actor, found)]


def _concerns(actor: Actor, found: SuspensionBatch) -> bool:
    if actor.kind == "certification_body":
        bodies = {certificate.body_id for certificate in batches.certificates_in(found)}
        return actor.organisation_id in bodies | (
            {found.report.application.body_id} if found.report else set()
        )
    return actor.kind == "regulator" and "regulator" in actor.roles


def lines(actor: Actor, found: SuspensionBatch) -> list[Line]:
    """The certificates of the batch: a body sees its own, the regulator every one."""
    query = select(StatusProposal).where(
        StatusProposal.source == found.source, StatusProposal.source_id == found.id
    )
    proposals = {each.certificate_id: each for each in db.session.scalars(query)}
    then = {each["certificate_id"]: each["state"] for each in found.found}
    return [
        Line(each, then[each.id], proposals.get(each.id), each.body_id == actor.organisation_id)
        for each in batches.certificates_in(found)
        if actor.kind == "regulator" or each.body_id == actor.organisation_id
    ]
