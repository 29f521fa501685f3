"""A certificate that stands is asked for anew: the holder opens a case, a new version keeps the old one."""

from datetime import date

from carbon import operations as carbon
from certification.application.models import Application, ApplicationFile, ProductModel
from certification.application.operations.applications import create_application
from certification.certificate.models import Certificate, CertificateVersion
from certification.workflow.certificate import not_in_force
from certification.workflow.correction import TEXTS
from certification.workflow.purpose import PURPOSES, convertible, days_late, recertification_from, recertified
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.machine import Actor
from schemes import stated
from schemes.models import SchemeVersion
from schemes.queries import scheme_by_code

# What a version holds beside its models; everything else of a certificate stays as it was issued.
KEPT = (
    "application",
    "edition",
    "product_name",
    "carbon",
    "carbon_unit",
    "statement",
    "digest",
    "signature",
    "document",
    "full_document",
)


def open_case(certificate: Certificate, actor: Actor, purpose: str) -> Application:
    """A draft about this certificate, filled in from the case it rests on.

    Only its holder may ask: whoever takes over the product needs a first certificate of their own.
    """
    _may_open(certificate, actor, purpose)
    before = certificate.application
    application = create_application(actor, _scheme_in_force(certificate), certificate.body_id)
    rules = application.scheme.rules
    application.purpose, application.certificate_id = purpose, certificate.id
    application.demo = before.demo
    application.producer, application.factory = before.producer, before.factory
    for name in TEXTS:
        setattr(application, name, getattr(before, name))
    application.parameters = stated.fitting(rules, "product", before.parameters, today())
    said = {model.code: model.parameters for model in before.models}
    application.models = [
        ProductModel(
            code=model.code,
            specification=model.specification,
            parameters=stated.fitting(rules, "model", said.get(model.code, {}), today()),
        )
        for model in certificate.models
    ]
    application.files = [_again(file) for file in before.current_files]
    carbon.copy_inventory(before.inventory, application.inventory, actor)
    db.session.flush()
    db.session.expire(application, ["about"])
    db.session.expire(certificate, ["cases"])
    told: dict[str, str | int] = {"purpose": purpose, "application": application.number}
    if purpose == "recertification":
        told["days_late"] = days_late(certificate, today())
    audit.record(actor, "certificate.open_case", f"certificate/{certificate.id}", **told)
    return application


def _may_open(certificate: Certificate, actor: Actor, purpose: str) -> None:
    if "applicant" not in actor.roles:
        raise NotPermitted("role-not-held", step="open_case")
    if certificate.holder_id != actor.organisation_id:
        raise NotPermitted("holder-cannot-change", step="open_case")
    if purpose not in PURPOSES[1:]:
        raise Invalid("purpose-unknown", {"purpose": "purpose-unknown"})
    if closed := not_in_force(certificate):
        raise Unmet(closed)
    if recertified(certificate, purpose):
        number = certificate.replaced_by.number if certificate.replaced_by else ""
        raise Unmet("certificate-recertified", number=number)
    if purpose == "conversion" and (none := convertible(certificate)):
        raise Unmet(none)
    first = recertification_from(certificate)
    if purpose == "recertification" and today() < first:
        raise Unmet("recertification-too-early", first=first.isoformat())
    if certificate.open_cases:
        raise OutOfOrder("case-already-open", number=certificate.open_cases[0].number)


def _scheme_in_force(certificate: Certificate) -> SchemeVersion:
    """The version of the rules the certificate was issued under, or the one that took its place."""
    if certificate.scheme.in_force_on(today()):
        return certificate.scheme
    return scheme_by_code(certificate.scheme.code)


def _again(file: ApplicationFile) -> ApplicationFile:
    names = ("kind", "name", "digest", "size", "uploaded_by", "uploaded_at")
    return ApplicationFile(**{name: getattr(file, name) for name in names})


def replace(certificate: Certificate, content: dict[str, object], day: date) -> None:
    """Put what it says now among the former versions, and let it say `content` from `day`."""
    former = CertificateVersion(
        dated=certificate.reissued_on or certificate.issued_on,
        superseded_on=day,
        models=certificate.listed_models,
        **{name: getattr(certificate, name) for name in KEPT},
    )
    certificate.former.append(former)
    certificate.models.clear()
    db.session.flush()  # a model may stand in both versions
    content |= {"edition": certificate.edition + 1, "reissued_on": day}
    for name, value in (content | {"document": None, "full_document": None}).items():
        setattr(certificate, name, value)
    db.session.flush()
