"""The guard of the records: nothing of a decided case is deleted while it must be kept.

It stands at the session, below every operation.  What is typed but not handed in (drafts) is no record;
the models of a certificate follow its version that stands, and each former version keeps its own.
"""

from datetime import date
from functools import cache

from sqlalchemy import Delete, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from certification.application.models import Application, Draft
from certification.certificate.models.certificate import Certificate, CertificateModel
from certification.workflow.retention import DECIDED, kept_until
from core import lifecycle
from core.clock import SHANGHAI, today
from core.db import Base, db
from core.errors import OutOfOrder

NO_RECORD = (Draft, CertificateModel)
CASES = ("application", "certificate")


@cache
def records() -> frozenset[str]:
    """The tables that hold records of cases."""
    free = {model.__tablename__ for model in NO_RECORD}
    found = {"application", "certificate", "step_taken", "audit_entry", "stored_file"}
    for table in Base.metadata.tables.values():
        if any(key.column.table.name in CASES for key in table.foreign_keys):
            found.add(table.name)
    return frozenset(found - free)


def end_of(certificate: Certificate) -> date | None:
    """The day a certificate ended; None while it runs."""
    final = [act.on for act in certificate.acts if act.kind in ("withdraw", "cancel")]
    if final:
        return final[-1]
    return certificate.valid_to if certificate.valid_to < today() else None


def records_kept_until(application: Application) -> date | None:
    """The last day on which the records of a decided case must be there; None when none is in sight."""
    reports = [report.issued_on for report in application.reports]
    certificate = db.session.query(Certificate).filter_by(application_id=application.id).one_or_none()
    if certificate is None:
        last = lifecycle.history("application", application.id)[-1].at
        return kept_until(last.astimezone(SHANGHAI).date(), reports)
    successor = certificate.replaced_by
    following = (end_of(successor) or date.max) if successor else None
    return kept_until(end_of(certificate), reports, following)


def must_be_kept(application: Application) -> bool:
    if application.state not in DECIDED:
        return False
    until = records_kept_until(application)
    return until is None or today() <= until


def case_of(row: object) -> Application | None:
    if isinstance(row, Application):
        return row
    found: Application | None = getattr(row, "application", None)
    if found is None and (certificate := getattr(row, "certificate", None)) is not None:
        return case_of(certificate)
    if found is None and (key := getattr(row, "application_id", None)):
        return db.session.get(Application, key)
    return found


@event.listens_for(db.session, "before_flush")
def _keep(session: Session, _context: object, _instances: object) -> None:
    with session.no_autoflush:
        for row in session.deleted:
            _refuse(row)


def _refuse(row: object) -> None:
    if isinstance(row, NO_RECORD) or inspect(row).mapper.local_table.name not in records():
        return
    case = case_of(row)
    if case is None or must_be_kept(case):
        raise OutOfOrder("record-retained")


@event.listens_for(db.session, "do_orm_execute")
def _keep_all(state: ORMExecuteState) -> None:
    """Records are never deleted by the score."""
    if isinstance(state.statement, Delete) and getattr(state.statement.table, "name", "") in records():
        raise OutOfOrder("record-retained")
