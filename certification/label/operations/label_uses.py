"""The register of label uses: the holder records, the body supervises (168号令 art. 28)."""

from datetime import date
from decimal import Decimal

from werkzeug.datastructures import FileStorage

from certification.certificate.models import Certificate
from certification.label.models import MEDIA, LabelUse
from certification.workflow.label import why_not_usable
from core import audit, files
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.machine import Actor


def record_use(
    certificate: Certificate,
    actor: Actor,
    *,
    medium: str,
    place: str,
    since: date | None,
    quantity: Decimal | None = None,
    upload: FileStorage | None = None,
) -> LabelUse:
    """Write down where the label is used; refused while it may not be used."""
    _may_record(certificate, actor)
    if slug := why_not_usable(certificate):
        raise Unmet(slug)
    _check(medium, place, since, quantity)
    use = LabelUse(
        medium=medium, place=place.strip(), since=since, quantity=quantity, recorded_by=actor.label
    )
    if upload:
        use.picture, _size, use.picture_name = files.store(upload.stream, upload.filename or "")
    certificate.uses.append(use)
    db.session.flush()
    audit.record(actor, "label.record_use", f"certificate/{certificate.id}", medium=medium, use=use.id)
    return use


def end_use(use: LabelUse, actor: Actor, on: date | None) -> None:
    """The label is not used there any more."""
    _may_record(use.certificate, actor)
    if on is None or on < use.since or on > today():
        raise Invalid("use-end-impossible", {"until": "use-end-impossible"})
    use.until = on
    audit.record(actor, "label.end_use", f"certificate/{use.certificate_id}", use=use.id, on=on.isoformat())


def _may_record(certificate: Certificate, actor: Actor) -> None:
    if "applicant" not in actor.roles or certificate.holder_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="record_use")


def _check(medium: str, place: str, since: date | None, quantity: Decimal | None) -> None:
    if medium not in MEDIA:
        raise Invalid("medium-unknown", {"medium": "medium-unknown"})
    if not place.strip():
        raise Invalid("place-missing", {"place": "place-missing"})
    if since is None:
        raise Invalid("since-missing", {"since": "since-missing"})
    if quantity is not None and quantity <= 0:
        raise Invalid("quantity-not-positive", {"quantity": "quantity-not-positive"})


def use_of(certificate: Certificate, use_id: int) -> LabelUse:
    found = next((use for use in certificate.uses if use.id == use_id), None)
    if found is None:
        raise NotFound("label-use-not-found")
    return found
