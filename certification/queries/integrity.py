"""Whether everything that was signed still reads as it was signed: for the doctor's deep look."""

from collections.abc import Iterator

from sqlalchemy import select

from certification.models import Certificate, WrittenAct
from certification.queries import acts, certificates
from certification.statement import plain
from core.db import db
from core.health import found

DECIDED = ("basis", "value", "unit", "decided_by", "decided_on", "countersigned_by")


def certificates_sound() -> str:
    """Each version of each certificate: signature, columns, status acts."""
    return found(list(_certificates()), "certificates that differ from what was signed")


def _certificates() -> Iterator[str]:
    for certificate in db.session.scalars(select(Certificate).order_by(Certificate.id)):
        for version in certificate.versions:
            if differs := certificates.differs(certificate, version, certificates.said(version)):
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
            if kept != signed or case.footprint.digest != said["annex"]["footprint_digest"]:
                yield case.number
