"""Who is told that a certificate is to be converted to a new version of its rule."""

from datetime import date

from accounts.notices import Message, a_day
from accounts.operations import inbox
from accounts.queries import holders as role_holders
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.conversion.models import RuleChange
from certification.notices.row import Row, holders
from core.machine import Facts


def of_change(certificate: Certificate, facts: Facts) -> dict[str, object]:
    change: RuleChange = facts["change"]
    return {
        "certificate": certificate.number,
        "version": change.number,
        "from": a_day(change.scheme.effective_from),
        "convert_by": a_day(change.convert_by),
    }


ROWS = {
    ("certificate", "convert"): (
        Row(
            holders("applicant"),
            group="deadline",
            facts=of_change,
            urgent=True,
            link=lambda certificate: f"/certification/certificates/{certificate.number}/life",
        ),
    )
}


def tell_of_retirement(certificate: Certificate, rule: str, day: date) -> None:
    """Its holder, once: the certificate stands to its last day, and is not asked for anew."""
    told = Message(
        kind="certificate.rule_retired",
        group="certificate",
        subject=f"certificate/{certificate.id}",
        reference=certificate.number,
        link=f"/certification/certificates/{certificate.number}/life",
        facts={
            "certificate": certificate.number,
            "rule": rule,
            "day": a_day(day),
            "last": a_day(certificate.valid_to),
        },
        once=f"rule_retired/{certificate.id}/{day}",
    )
    inbox.tell(role_holders(certificate.holder_id, ("applicant",)), told)


def tell_of_amendment(case: Application) -> None:
    """The applicant: a version that asks nothing more holds for the case from now on."""
    told = Message(
        kind="application.amend",
        group="case",
        subject=f"application/{case.id}",
        reference=case.number,
        link=f"/certification/applications/{case.id}",
        facts={"number": case.number, "product": case.product_name, "version": case.scheme.version},
        once=f"application.amend/{case.id}/{case.scheme_id}",
    )
    inbox.tell(role_holders(case.applicant_id, ("applicant",)), told)


def tell_body(change: RuleChange, body_id: int) -> None:
    """Once, however many of its certificates are concerned."""
    told = Message(
        kind="rule_change.open",
        group="task",
        subject=f"rule_change/{change.id}",
        reference=change.number,
        link=f"/certification/rule-changes/{change.id}",
        facts={"version": change.number, "convert_by": a_day(change.convert_by)},
        once=f"rule_change/{change.id}",
    )
    inbox.tell(role_holders(body_id, ("case_officer", "head_of_body")), told)
