"""Issuing, like a certificate authority: number, statement, signature, row, record, event, job.

All of it happens in the transaction of the countersignature.  Either everything stands or nothing
does: a number that was taken by a transaction that failed is the next one's.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import current_app

from accounts.models import Organisation
from carbon.operations import spreads
from carbon.uncertainty import COVERED
from certification.application.models import Application
from certification.certificate import facts, statement
from certification.certificate.models import Certificate, CertificateModel
from certification.certificate.operations import signing, versions
from certification.certificate.operations.numbers import take_number
from certification.certificate.statement import check_character
from certification.events import CertificateIssued, CertificateReissued
from certification.workflow import APPLICATION
from certification.workflow.certificate import gap, validity
from certification.workflow.purpose import VERSIONS
from core import audit, events, fonts, jobs
from core.canonical import canonical
from core.clock import SHANGHAI, today
from core.db import db
from core.errors import Unmet
from core.machine import Actor
from core.words import word
from registers.adoption import own
from registers.adoption import queries as adopted

if TYPE_CHECKING:
    from carbon.queries import Footprint
    from certification.evaluation.models import Decision

INSIDE = ("value", "lines", "accepted")  # of a frozen row, what the statement says otherwise or not
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no O, I, L, U: they are misread
CODE_LENGTH = 12


@dataclass(frozen=True)
class Imprint:
    """What stands on a certificate that the case does not tell."""

    number: str
    code: str
    issued_on: date
    begins_on: date
    valid_to: date
    edition: int = 1
    reissued_on: date | None = None


CONCLUSION = {
    "low_carbon": "conforms",
    "footprint_label": "footprint_verified",
    "building_energy": "conforms",
}


def issue(application: Application, actor: Actor, **_facts: object) -> Certificate:
    """The certificate of a countersigned case; raise Unmet when it would lack something."""
    day = today()
    assert application.decision is not None  # it was countersigned
    if application.decision.decided_on > day:
        raise Unmet("issue-before-decision")
    if application.purpose in VERSIONS:
        return _reissue(application, actor, day)
    held = adopted.in_force(application.body_id, application.scheme.code)
    pattern = held.pattern if held else ""
    number = take_number(application.body_id, application.scheme.family, day.year, pattern)
    certificate = _write(application, number, new_code(), day)
    _announce(certificate, actor, "certificate.issue", CertificateIssued(**_facts_of(certificate)))
    return certificate


def _reissue(application: Application, actor: Actor, day: date) -> Certificate:
    """A new version of a certificate: number, code and last day stay, what it said before is kept."""
    certificate = application.about
    assert certificate is not None  # the purpose of the case names it
    content = _content(
        application,
        Imprint(
            number=certificate.number,
            code=certificate.code,
            issued_on=certificate.issued_on,
            begins_on=certificate.begins_on,
            valid_to=certificate.valid_to,
            edition=certificate.edition + 1,
            reissued_on=day,
        ),
    )
    versions.replace(certificate, content, day)
    event = CertificateReissued(
        **_facts_of(certificate),
        edition=certificate.edition,
        reissued_on=day,
        purpose=application.purpose,
    )
    _announce(certificate, actor, "certificate.reissue", event)
    return certificate


def _announce(certificate: Certificate, actor: Actor, verb: str, event: CertificateIssued) -> None:
    audit.record(
        actor,
        verb,
        f"certificate/{certificate.id}",
        number=certificate.number,
        edition=certificate.edition,
        digest=certificate.digest,
        signature=certificate.signature,
    )
    events.publish(event)
    jobs.enqueue("certificate.draw", certificate_id=certificate.id)


def new_code() -> str:
    """A verification code of sixty random bits, as it is kept: without hyphens."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _write(application: Application, number: str, code: str, day: date) -> Certificate:
    begins_on, valid_to = validity(day, application.scheme.validity_years, application.about)
    certificate = Certificate(
        number=number,
        code=code,
        body=application.body,
        holder=application.applicant,
        replaces=application.about,
        issued_on=day,
        begins_on=begins_on,
        valid_to=valid_to,
        **_content(application, Imprint(number, code, day, begins_on, valid_to)),
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate


def _content(application: Application, imprint: Imprint) -> dict[str, object]:
    """What a version of a certificate holds, by column; refused when it would lack something."""
    said = compose(application, imprint)
    said["body"] |= _own(application, said)
    _refuse_incomplete(said)
    signed, decision = statement.signed_bytes(said), _decided(application)
    return {
        "application": application,
        "scheme": application.scheme,
        "product_name": application.product_name,
        "carbon": decision.value,
        "carbon_unit": decision.unit,
        "statement": canonical(said).decode(),
        "digest": statement.digest(said),
        "signature": signing.sign(application.body.uscc, signed),
        "demo": said["demo"],
        "models": [CertificateModel(code=m.code, specification=m.specification) for m in application.models],
    }


def _own(application: Application, said: statement.Said) -> statement.Said:
    """The body's own wording, logo and seal, as its adoption has them on this day."""
    found = own.of_paper(application.body_id, application.scheme.code, "certificate", said)
    return {"own": found} if found else {}


def _refuse_incomplete(said: statement.Said) -> None:
    if items := statement.missing(said):
        named = [str(word(f"item.{item}")) for item in items]
        raise Unmet("certificate-item-missing", items=items, named=named)
    fonts.refuse_undrawable(statement.texts(said))


def compose(application: Application, imprint: Imprint) -> statement.Said:
    """What the certificate of this case says, if it is issued with this imprint."""
    scheme, body, number = application.scheme, application.body, imprint.number
    return statement.compose(
        footprint=_footprint(application),
        number=number,
        check=check_character(number),
        code=imprint.code,
        family=scheme.family,
        demo=application.demo or scheme.demo,
        client={
            "name": application.applicant.name,
            "uscc": application.applicant.uscc,
            "address": application.applicant.address,
        },
        manufacturer=application.producer,
        factory=application.factory,
        product=_product(application),
        basis={
            "rule": scheme.name,
            "rule_en": scheme.name_en,
            "number": scheme.rule_number,
            "version": scheme.version,
            "source": scheme.rule_source,
            "demo": scheme.demo,
        }
        | ({"owner": body.name} if scheme.is_of_a_body else {}),
        mode={"name": scheme.mode, "name_en": scheme.mode_en},
        conclusion=CONCLUSION[scheme.family],
        issued_on=imprint.issued_on,
        begins_on=imprint.begins_on,
        valid_to=imprint.valid_to,
        edition=_edition(application, imprint),
        body={
            "name": body.name,
            "name_en": body.name_en,
            "uscc": body.uscc,
            "approval_number": _approval(application, imprint.reissued_on or imprint.issued_on),
            "address": body.address,
        },
        decision=_decision(application),
        evaluation=_evaluation(application),
        query=_query(number, imprint.code, body),
        stated=facts.stated(application),
    )


def _edition(application: Application, imprint: Imprint) -> dict[str, object]:
    """Which version this is, since when, which certificate a recertified one follows, and after which gap."""
    replaces = application.about if application.purpose == "recertification" else None
    first, last = gap(imprint.begins_on, replaces) or ("", "")
    return {
        "number": imprint.edition,
        "purpose": application.purpose,
        "reissued_on": imprint.reissued_on,
        "replaces": replaces.number if replaces else "",
        "gap_from": first,
        "gap_to": last,
    }


def _product(application: Application) -> dict[str, object]:
    return {
        "name": application.product_name,
        "name_en": application.product_name_en,
        "trademark": application.trademark,
        "series": application.series,
        "category": application.scheme.category,
        "category_name": application.scheme.category_name,
        "category_name_en": application.scheme.category_name_en,
        "models": [{"code": m.code, "specification": m.specification} for m in application.models],
    }


def _approval(application: Application, day: date) -> str:
    """The number of the body's approval for this scheme on the day of issue."""
    held = (
        scope.approval_number
        for scope in application.body_scopes
        if scope.scheme_code == application.scheme.code and scope.valid_on(day)
    )
    return next(held, "")


def _decision(application: Application) -> dict[str, object]:
    decision, scheme = _decided(application), application.scheme
    signed = decision.countersigned_at
    return {
        "basis": decision.basis,
        "value": decision.value,
        "exact": decision.exact,
        "unit": decision.unit,
        "limit": decision.limit,
        "limit_source": scheme.limit_source if decision.limit is not None else "",
        "limit_demo": scheme.limit_demo and decision.limit is not None,
        "comparison": decision.comparison if decision.limit is not None else "",
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
        "countersigned_by": decision.countersigned_by,
        "countersigned_on": signed.astimezone(SHANGHAI).date() if signed else None,
    }


def _evaluation(application: Application) -> dict[str, object]:
    site = application.site
    return {
        "reports": [
            {
                "number": report.number,
                "laboratory": report.laboratory.name,
                "cma_number": report.cma_number,
                "issued_on": report.issued_on,
            }
            for report in application.reports
        ],
        "site_from": site.started_on if site else None,
        "site_to": site.ended_on if site else None,
    }


def _query(number: str, code: str, body: Organisation) -> dict[str, object]:
    """168号令 art. 25: where, and at which telephone, anybody can ask whether it still holds."""
    public = current_app.config["PUBLIC_URL"]
    return {
        "address": f"{public}/verify/{number}",
        "short": f"{public}/v/{code}",
        "telephone": body.telephone,
    }


def _footprint(application: Application) -> dict[str, object]:
    """The frozen footprint, its total as it was decided upon; what a row came to is its `emission` here."""
    frozen = _frozen(application)
    rows = [
        {name: row[name] for name in row if name not in INSIDE} | {"emission": row["value"]}
        for row in frozen.rows
    ]
    return {
        "total": _decided(application).value,
        "unit": frozen.unit,
        "interval": _interval(frozen),
        "stages": frozen.stages,
        "apart": frozen.apart,
        "thereof": frozen.thereof,
        "boundary": frozen.boundary,
        "declared_unit": f"{frozen.declared_amount.normalize():f} {frozen.declared_unit}",
        "output": f"{frozen.output_amount:f} {frozen.output_unit}",
        "period_from": frozen.period_from,
        "period_to": frozen.period_to,
        "gwp": frozen.gwp,
        "gases": frozen.gases,
        "rows": rows,
        "footprint_digest": frozen.digest,
    }


def _interval(frozen: "Footprint") -> dict[str, object]:
    """How far off the total may be, and the part of which nobody said it; nothing where no row does."""
    found = spreads.of_frozen(frozen)
    if found is None:
        return {}
    low, high = found.computed.interval
    gap = {"unstated": found.unstated, "uncovered": f"{found.uncovered:.4f}"}
    return {"covered": f"{COVERED}", "low": low, "high": high, "stated": found.stated, **gap}


def _decided(application: Application) -> "Decision":
    assert application.decision is not None  # a case is countersigned once it is decided
    return application.decision


def _frozen(application: Application) -> "Footprint":
    assert application.footprint is not None  # it was frozen as the case was handed in
    return application.footprint


def _facts_of(certificate: Certificate) -> dict[str, Any]:  # as CertificateIssued has them
    application, scheme = certificate.application, certificate.scheme
    return {
        "certificate_id": certificate.id,
        "number": certificate.number,
        "application_id": application.id,
        "scheme_code": scheme.code,
        "scheme_version_id": scheme.id,
        "family": scheme.family,
        "category": scheme.category,
        "body_id": certificate.body_id,
        "body_name": certificate.body.name,
        "holder_id": certificate.holder_id,
        "holder_name": certificate.holder.name,
        "maker_name": application.producer["name"],
        "region": application.factory.get("region", ""),
        "product_name": application.product_name,
        "product_name_en": application.product_name_en,
        "trademark": application.trademark,
        "models": tuple(model.code for model in application.models),
        "issued_on": certificate.issued_on,
        "begins_on": certificate.begins_on,
        "valid_to": certificate.valid_to,
        "carbon": certificate.carbon,
        "carbon_unit": certificate.carbon_unit,
        "declared_unit": scheme.declared_unit,
        "boundary": scheme.boundary,
        "limit": _decided(application).limit,
        "stages": tuple((stage, Decimal(value)) for stage, value in _frozen(application).stages.items()),
        "grade": facts.granted(application),
        "facts": facts.looked_for(application),
        "demo": certificate.demo,
    }


EFFECTS = {(APPLICATION, "issue"): issue}

EVENTS = {(APPLICATION, "issue"): (CertificateIssued, CertificateReissued)}

FOLLOWS = {(APPLICATION, "countersign"): "issue"}
