"""What is asked for after issue: a case about a certificate, and a follow-up check."""

from certification.application.operations.applications import update_application
from certification.certificate.models import Certificate
from certification.certificate.operations.versions import open_case
from certification.certificate.queries import certificates
from tests.certification.world import DECLARING, Case, World


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
