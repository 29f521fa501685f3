"""What lies in a case: which rows each file proves, and where else the same content lies."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from accounts.actor import Actor
from carbon import records
from certification.application.models import Application, ApplicationFile
from certification.application.queries.applications import application
from core.db import db
from core.errors import NotFound


class OtherPlace(NamedTuple):
    """The same content somewhere else, as far as whoever asks may know: `where` is `here`, `same_applicant`
    or `another_applicant`; `name` is that of a file here, `number` that of a case one may see."""

    where: str
    kind: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Proofs:
    """Files, rows and months of a case; a row is known by its place, from 0."""

    rows: dict[str, list[int]]  # by digest
    months: dict[str, dict[int, list[str]]]  # by digest, of each row that it proves in part
    again: dict[int, list[OtherPlace]]  # by file

    @classmethod
    def of(cls, actor: Actor, case: Application) -> "Proofs":
        rows: dict[str, list[int]] = {}
        months: dict[str, dict[int, list[str]]] = {}
        for place, row in enumerate(case.inventory.rows):
            for digest in row.evidence_digest.split():
                rows.setdefault(digest, []).append(place)
            for month, held in records.of_months(row.stated).items():
                for digest in held:
                    months.setdefault(digest, {}).setdefault(place, []).append(month)
        return cls(rows, months, again(actor, case))


def again(actor: Actor, case: Application) -> dict[int, list[OtherPlace]]:
    """Where else the content of each file of the case lies.

    The applicant is told of its own cases alone, by their numbers; the body of any case handed in, of
    another applicant without a name.
    """
    lying = case.current_files
    elsewhere = _elsewhere(actor, case, {file.digest for file in lying})
    found = {}
    for file in lying:
        here = [OtherPlace("here", other.kind, other.name) for other in lying if _twin(file, other)]
        if seen := [*here, *elsewhere.get(file.digest, ())]:
            found[file.id] = seen
    return found


def file_of(actor: Actor, file_id: int) -> ApplicationFile:
    """A file of a case the actor may see; a regulator reads where that is written down."""
    found = db.session.get(ApplicationFile, file_id)
    if found is None or actor.kind == "regulator":
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found


def _twin(file: ApplicationFile, other: ApplicationFile) -> bool:
    return file is not other and file.digest == other.digest


def _elsewhere(actor: Actor, case: Application, digests: set[str]) -> dict[str, list[OtherPlace]]:
    query = (
        select(ApplicationFile.digest, Application.applicant_id, Application.number)
        .join(Application, Application.id == ApplicationFile.application_id)
        .where(ApplicationFile.digest.in_(digests), ApplicationFile.superseded_at.is_(None))
        .where(Application.id != case.id)
        .distinct()
        .order_by(Application.number)
    )
    own = actor.organisation_id == case.applicant_id
    others = Application.applicant_id == case.applicant_id if own else ~Application.is_draft
    found: dict[str, list[OtherPlace]] = {}
    for digest, applicant_id, number in db.session.execute(query.where(others)):
        same = applicant_id == case.applicant_id
        entry = OtherPlace("same_applicant", number=number) if same else OtherPlace("another_applicant")
        if entry not in found.setdefault(digest, []):
            found[digest].append(entry)
    return found
