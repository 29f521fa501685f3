"""Leave to use the label, and its artwork, which is given only while the certificate is 有效."""

from certification import notices
from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from certification.label import artwork as label
from certification.label.models import LabelLicence
from certification.workflow import LABEL
from certification.workflow.label import why_not_asked, why_not_usable
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.machine import Actor


def request_label(certificate: Certificate, actor: Actor, uses: str) -> LabelLicence:
    """The holder asks; `uses` says in the holder's words where the label will stand."""
    if "applicant" not in actor.roles or certificate.holder_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="request")
    if slug := why_not_asked(certificate):
        raise Unmet(slug)
    if not uses.strip():
        raise Invalid("uses-missing", {"uses": "uses-missing"})
    licence = LabelLicence(kind=certificate.scheme.family, uses=uses.strip(), requested_by=actor.label)
    certificate.licences.append(licence)
    db.session.flush()
    audit.record(actor, "label.request", f"label/{licence.id}", certificate=certificate.number)
    notices.announce(licence, "request", actor, {})
    return licence


def answer(licence: LabelLicence, actor: Actor, **_facts: object) -> None:
    licence.answered_by, licence.answered_at = actor.label, now()


def artwork(certificate: Certificate, variant: str, language: str = "zh", mono: bool = False) -> str:
    """The label as SVG; refused unless the body has licensed it and the certificate is valid today."""
    if variant not in label.VARIANTS:
        raise NotFound("label-variant-unknown")
    if slug := why_not_usable(certificate):
        raise Unmet(slug)
    if not (standing := certificates.standing(certificate, today())).intact:
        raise Unmet("certificate-differs")
    return label.draw(variant, standing.said, language, mono)


LAW = {LabelLicence: LABEL}

EFFECTS = {(LABEL, "license"): answer, (LABEL, "refuse"): answer}
