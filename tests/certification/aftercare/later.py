"""What is asked for after issue: a case about a certificate, and a follow-up check."""

from datetime import date
from io import BytesIO

from accounts.actor import Actor
from certification.aftercare.models import CheckFinding, StatusProposal, Surveillance
from certification.aftercare.operations.proposals import request_status
from certification.application.operations.applications import update_application
from certification.certificate.models import Certificate
from certification.certificate.operations.versions import open_case
from certification.certificate.queries import certificates
from core import lifecycle
from core.clock import today
from core.files import store
from tests import factories
from tests.certification.world import DECLARING, PDF, Case, World


def certificate_of(case: Case) -> Certificate:
    return certificates.certificate(certificates.number_of(case.id))


def case_about(world: World, certificate: Certificate, purpose: str = "change", models=()) -> Case:
    """A draft about the certificate, opened by its holder; `models` replaces what it covers."""
    actor = world.actor("applicant")
    case = Case.__new__(Case)
    case.world, case.tests = world, {"absorption": "0.21", "density": "22.46"}
    case.application = open_case(certificate, actor, purpose)
    if models:
        facts = {"models": [{"code": code} for code in models]}
        update_application(case.application, actor, case.application.version, **facts)
    world.declare(case.application, *DECLARING)
    return case


def plan_documents_only(case: Case, reason: str) -> None:
    """The plan of a change that lawfully leaves out tests and site."""
    nowhere = dict.fromkeys(("laboratory_id", "person_days", "site_from", "site_to"))
    case.take("plan", "case_officer", **case.plan(**nowhere, parts=["documents"], parts_reason=reason))


def looked_at(verdict: str = "confirmed", on: date | None = None) -> dict:
    """What whoever verified a restoration hands in."""
    proof = store(BytesIO(PDF), "复核记录.pdf")
    said = {"verdict": verdict, "verified_on": on or today(), "verification": "计量记录已补齐，抽查三个月。"}
    return said | {"evidence": proof.digest, "evidence_name": proof.name}


def verified_wish(world: World, certificate: Certificate) -> StatusProposal:
    """The holder asks for the restoration, and a verifier finds what was wrong corrected."""
    asked = request_status(certificate, world.actor("applicant"), "restore", "计量记录已补齐")
    lifecycle.take(asked, "verify", world.actor("lead_verifier"), **looked_at())
    return asked


def answered(world: World, finding: CheckFinding) -> None:
    evidence = {"evidence": store(BytesIO(PDF), "证据.pdf").digest, "evidence_name": "证据.pdf"}
    lifecycle.take(finding, "answer", world.actor("applicant"), answer="已整改。", **evidence)


def mended(world: World, whole: Surveillance, half: Surveillance) -> dict[str, int]:
    """Both are to be corrected; of the one everything was answered and closed, of the other one finding was
    answered, and one was not."""
    for check in (whole, half):
        lifecycle.take(check, "require", world.actor("decision_maker"), reason="清理旧包装", due=today())
    for finding in whole.findings:
        answered(world, finding)
        lifecycle.take(finding, "close", world.actor("lead_verifier"), reason="照片清楚。")
    answered(world, half.findings[0])
    return {"mended": half.findings[0].id, "wanting": half.findings[1].id}


def another_decider(world: World) -> Actor:
    return factories.user(world.body, "decision_maker").memberships[0].actor()


def restore(world: World, certificate: Certificate, **facts: object) -> None:
    """As it is done: asked for, verified, and decided by another than who suspended it."""
    verified_wish(world, certificate)
    facts = {"cause": "corrected", "reason": "查明事实"} | facts
    lifecycle.take(certificate, "restore", another_decider(world), **facts)
