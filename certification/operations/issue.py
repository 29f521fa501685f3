"""Issuing, like a certificate authority: number, statement, signature, row, record, event, job.

All of it happens in the transaction of the countersignature.  Either everything stands or nothing
does: a number that was taken by a transaction that failed is the next one's.
"""

import secrets
from datetime import date
from decimal import Decimal

from flask import current_app

from certification import document, keys, statement
from certification.events import CertificateIssued
from certification.models import Application, Certificate, CertificateModel
from certification.operations.series import take_next
from certification.statement import check_character
from certification.workflow import APPLICATION
from core import audit, events, jobs
from core.clock import SHANGHAI, today, years_after
from core.db import db
from core.errors import Unmet
from core.words import word

REGION = "32"  # GB/T 2260: Jiangsu, whose register this is
SERIES = {"low_carbon": "LCP", "footprint_label": "CFP"}
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no O, I, L, U: they are misread
CODE_LENGTH = 12
CONCLUSION = {"low_carbon": "conforms", "footprint_label": "footprint_verified"}


def issue(application: Application, actor, **_facts) -> Certificate:
    """The certificate of a countersigned case; raise Unmet when it would lack something."""
    day = today()
    if application.decision.decided_on > day:
        raise Unmet("issue-before-decision")
    number = take_number(application.body_id, application.scheme.family, day.year)
    certificate = _write(application, number, new_code(), day)
    audit.record(
        actor,
        "certificate.issue",
        f"certificate/{certificate.id}",
        number=number,
        digest=certificate.digest,
        signature=certificate.signature,
    )
    events.publish(_event(certificate))
    jobs.enqueue("certificate.draw", certificate_id=certificate.id)
    return certificate


def take_number(body_id: int, family: str, year: int) -> str:
    """The next number of a body's series of the year, such as LCP-32-01-2026-00001."""
    return f"{SERIES[family]}-{REGION}-{body_id:02d}-{year}-{take_next(family, year, body_id):05d}"


def new_code() -> str:
    """A verification code of sixty random bits, as it is kept: without hyphens."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _write(application: Application, number: str, code: str, day: date) -> Certificate:
    scheme, folder = application.scheme, current_app.config["KEY_DIR"]
    said = compose(application, number, code, day)
    _refuse_incomplete(said)
    certificate = Certificate(
        number=number,
        code=code,
        application=application,
        scheme=scheme,
        body=application.body,
        holder=application.applicant,
        product_name=application.product_name,
        issued_on=day,
        valid_to=years_after(day, scheme.validity_years),
        carbon=application.decision.value,
        carbon_unit=application.decision.unit,
        statement=statement.canonical(said).decode(),
        digest=statement.digest(said),
        signature=keys.sign(folder, application.body.uscc, statement.signed_bytes(said)),
        demo=said["demo"],
        models=[CertificateModel(code=m.code, specification=m.specification) for m in application.models],
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate


def _refuse_incomplete(said: dict) -> None:
    if items := statement.missing(said):
        named = [str(word(f"item.{item}")) for item in items]
        raise Unmet("certificate-item-missing", items=items, named=named)
    if letters := document.missing_glyphs(statement.texts(said)):
        raise Unmet("glyph-missing", characters=letters)


def compose(application: Application, number: str, code: str, day: date) -> dict:
    """What the certificate of this case says, if it is issued on `day` under this number."""
    scheme, body = application.scheme, application.body
    return statement.compose(
        footprint=_footprint(application),
        number=number,
        check=check_character(number),
        code=code,
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
        },
        mode={"name": scheme.mode, "name_en": scheme.mode_en},
        conclusion=CONCLUSION[scheme.family],
        issued_on=day,
        valid_to=years_after(day, scheme.validity_years),
        body={
            "name": body.name,
            "name_en": body.name_en,
            "uscc": body.uscc,
            "approval_number": _approval(application, day),
            "address": body.address,
        },
        decision=_decision(application),
        evaluation=_evaluation(application),
        query=_query(number, code, body),
    )


def _product(application: Application) -> dict:
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


def _decision(application: Application) -> dict:
    decision, scheme = application.decision, application.scheme
    signed = decision.countersigned_at
    return {
        "basis": decision.basis,
        "value": decision.value,
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


def _evaluation(application: Application) -> dict:
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


def _query(number: str, code: str, body) -> dict:
    """168号令 art. 25: where, and at which telephone, anybody can ask whether it still holds."""
    public = current_app.config["PUBLIC_URL"]
    return {
        "address": f"{public}/verify/{number}",
        "short": f"{public}/v/{code}",
        "telephone": body.telephone,
    }


def _footprint(application: Application) -> dict:
    """The frozen footprint; what a row came to is its `emission` here."""
    frozen = application.footprint
    rows = [
        {name: row[name] for name in row if name != "value"} | {"emission": row["value"]}
        for row in frozen.rows
    ]
    return {
        "total": frozen.total,
        "unit": frozen.unit,
        "stages": frozen.stages,
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


def _event(certificate: Certificate) -> CertificateIssued:
    application, scheme = certificate.application, certificate.scheme
    return CertificateIssued(
        certificate_id=certificate.id,
        number=certificate.number,
        application_id=application.id,
        scheme_code=scheme.code,
        scheme_version_id=scheme.id,
        family=scheme.family,
        category=scheme.category,
        body_id=certificate.body_id,
        body_name=certificate.body.name,
        holder_id=certificate.holder_id,
        holder_name=certificate.holder.name,
        maker_name=application.producer["name"],
        region=application.factory.get("region", ""),
        product_name=application.product_name,
        product_name_en=application.product_name_en,
        trademark=application.trademark,
        models=tuple(model.code for model in application.models),
        issued_on=certificate.issued_on,
        valid_to=certificate.valid_to,
        carbon=certificate.carbon,
        carbon_unit=certificate.carbon_unit,
        declared_unit=scheme.declared_unit,
        boundary=scheme.boundary,
        limit=application.decision.limit,
        stages=tuple((stage, Decimal(value)) for stage, value in application.footprint.stages.items()),
        demo=certificate.demo,
    )


EFFECTS = {(APPLICATION, "issue"): issue}

FOLLOWS = {(APPLICATION, "countersign"): "issue"}
