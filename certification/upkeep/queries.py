"""Whether everything that was signed still reads as it was signed: for the doctor's deep look."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certification.acts import queries as acts
from certification.acts.models import WrittenAct
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from certification.certificate.queries.seals import Seals
from core.canonical import plain
from core.columns import Facts, would_be_taken
from core.db import db
from core.health import found

ON_PAPER = Facts(printed=True)
DECIDED = ("basis", "value", "unit", "decided_by", "decided_on", "countersigned_by")


def certificates_sound() -> str:
    """Each version of each certificate: signature, columns, status acts."""
    return found(list(_certificates()), "certificates that differ from what was signed")


def _certificates() -> Iterator[str]:
    seals = Seals()
    for certificate in db.session.scalars(select(Certificate).order_by(Certificate.id)):
        recorded = certificates.entered([certificate.id])[certificate.id]
        for version in certificate.versions:
            if differs := certificates.differs(certificate, version, seals.open(version), recorded):
                yield f"{certificate.number} version {version.edition} ({' '.join(differs)})"


def acts_sound() -> str:
    every = db.session.scalars(select(WrittenAct).order_by(WrittenAct.id))
    return found(
        [act.number for act in every if not acts.signature_holds(act)], "acts not as they were signed"
    )


def decisions_sound() -> str:
    """What was decided, and the footprint it rests on, are those the certificate was issued with."""
    return found(list(_decisions()), "cases whose decision is not the one that was signed")


def _decisions() -> Iterator[str]:
    for certificate in db.session.scalars(select(Certificate).order_by(Certificate.id)):
        for version in certificate.versions:
            said, case = certificates.said(version), version.application
            signed = {name: said["decision"][name] for name in DECIDED}
            kept = plain({name: getattr(case.decision, name) for name in DECIDED})
            digest = case.footprint.digest if case.footprint else ""
            if kept != signed or digest != said["annex"]["footprint_digest"]:
                yield case.number


def copies_sound() -> str:
    """What open cases copied of their activity data can be shown on paper, as their sources can."""
    query = select(Application).where(~(Application.is_closed | Application.is_editable))
    cases = db.session.scalars(query.options(joinedload(Application.footprint)).order_by(Application.id))
    wrong = [case.number for case in cases if not copy_is_sound(case)]
    return found(wrong, "open cases whose copy of the activity data no paper can show")


def copy_is_sound(case: Application) -> bool:
    return case.footprint is None or case.is_editable or would_be_taken(ON_PAPER, case.footprint.rows)


def has_copy(case: Application) -> bool:
    """Whether the activity data were handed in, and what will be signed is their copy."""
    return case.footprint is not None and not case.is_editable


def cases_of(inventory_ids: list[int]) -> list[Application]:
    query = select(Application).where(Application.inventory_id.in_(inventory_ids))
    return list(db.session.scalars(query.order_by(Application.id)))
