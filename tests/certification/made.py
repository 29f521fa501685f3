"""What each door that makes something makes, and a good request for it; and how two are sent at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier

from accounts.models import ApiToken, CalendarFeed, Invitation, Organisation, User
from certification.models import (
    Appeal,
    Application,
    ApplicationFile,
    ClockEntry,
    Competence,
    ConflictDeclaration,
    DocumentReview,
    FeeEntry,
    FeeRule,
    LabelLicence,
    Nonconformity,
    Outage,
    Sample,
    SitePhotograph,
    StatusAct,
    StatusProposal,
)
from certification.operations.fees import PRICES
from core.clock import today
from core.db import db
from core.lifecycle import StepTaken
from oversight.models import Complaint, ViolationReport
from procurement.models import Edition
from tests import factories
from tests.certification.doors import APPEAL, CASE, LABEL, LEAD, LIFE, REVIEW
from tests.certification.world import PDF
from tests.support.pictures import png

PNG = png()
DAY, LATER = today().isoformat(), (today() + timedelta(days=200)).isoformat()
SAMPLE = {"method": "sealed", "model": "YT-6015", "quantity": 2}
FINDING = {"grade": "minor", "anchor": "evidence_reliability", "fact": "缺里程记录。"}
REVIEWED = {"result": "pass", "findings": "证据与申报一致。"}
PERSON = {"person": "新人", "email": "another@example.org", "password": "correct horse battery"}

# What each door that makes something makes, and a good request for it: (who, path, table, content).
MADE_BY_PAGES = [
    ("applicant", "/certification/applications", Application, {"scheme": "lc-tile", "body": "{body}"}),
    ("applicant", CASE % "submitted" + "/clone", Application, {"body": "{body}"}),
    ("applicant", CASE % "draft" + "/files", ApplicationFile, {"kind": "other", "file": PDF}),
    ("lead_verifier", REVIEW % "evaluating" + "/order_sample", Sample, SAMPLE | {"version": "v evaluating"}),
    ("lead_verifier", REVIEW % "evaluating" + "/raise", Nonconformity, FINDING | {"version": "v evaluating"}),
    ("document_reviewer", REVIEW % "evaluating" + "/review_documents", DocumentReview,
     REVIEWED | {"version": "v evaluating"}),
    ("lead_verifier", REVIEW % "evaluating" + "/site/0/energy_monitoring/photographs", SitePhotograph,
     {"photograph": PNG}),
    ("applicant", LIFE + "/cases", Application, {"version": "0", "purpose": "change"}),
    ("applicant", LIFE + "/requests", StatusProposal, {"version": "0", "kind": "cancel", "reason": "停产"}),
    ("applicant", LABEL + "/{unlabelled}/request", LabelLicence, {"version": "0", "uses": "外包装"}),
    ("applicant", APPEAL + "/new/{act}", Appeal, {"grounds": "已经整改。"}),
    ("head_of_body", "/certification/fees/", FeeRule,
     dict.fromkeys(PRICES, "120") | {"scheme_code": "lc-tile", "source": "演示"}),
    ("case_officer", "/certification/fees/cases/{evaluating}/invoice", FeeEntry,
     {"amount": "700", "number": "INV-1"}),
    ("verifier", "/certification/impartiality/", ConflictDeclaration,
     {"client_id": "{maker}", "tie": "consulting", "valid_from": "2024-01-01"}),
    ("head_of_body", "/certification/impartiality/people", Competence,
     {"user_id": "{officer}", "function": "review", "family": "low_carbon", "basis": "评定",
      "valid_from": "2026-01-01", "valid_to": "2099-12-31"}),
    ("keeper", "/certification/clocks/outages", Outage,
     {"begins": "2026-01-05T08:00", "ends": "2026-01-05T18:00", "reason": "断电"}),
    ("guest", "/complaints/new", Complaint,
     LEAD | {"name": "某人", "contact": "13900001234", "consumer": "y"}),
    ("guest", "/reports/new", ViolationReport, LEAD),
    ("guest", "/sign-up", User, PERSON | {"uscc": factories.uscc(9009), "name": "新厂", "region": "320200",
                                          "address": "某路 1 号"}),
    ("applicant", "/account/tokens", ApiToken, {"name": "乙"}),
    ("applicant", "/account/calendar", CalendarFeed, {}),
    ("chief", "/organisation/invitations", Invitation, {"email": "two@example.org", "roles": "applicant"}),
    ("keeper", "/organisations/new", Organisation,
     {"kind": "manufacturer", "uscc": factories.uscc(9010), "name": "另一厂"}),
    ("list_editor", "/procurement/editions/", Edition,
     {"number": "2026-7", "title": "第七期", "cutoff": DAY, "policy_date": DAY}),
]  # fmt: skip

MADE_BY_CALLS = [
    ("applicant", "/applications", Application, {"scheme": "lc-tile", "body": "{body_code}"}),
    ("lead_verifier", "/applications/{evaluating}/order_sample", Sample, SAMPLE),
    ("lead_verifier", "/applications/{evaluating}/raise", Nonconformity, FINDING),
    ("document_reviewer", "/applications/{evaluating}/review_documents", DocumentReview, REVIEWED),
    ("applicant", "/certificates/{unlabelled}/labels", LabelLicence, {"uses": "外包装"}),
    ("applicant", "/acts/{act}/appeals", Appeal, {"grounds": "已经整改。"}),
    ("application_reviewer", "/clocks/{clock}/extend", ClockEntry, {"days": 2, "reason": "停产检修"}),
    ("application_reviewer", "/applications/{submitted}/correct", StepTaken,
     {"points": [{"anchor": "models", "text": "补型号"}]}),
    ("decision_maker", "/certificates/{certificate}/suspend", StatusAct,
     {"cause": "misuse", "reason": "误用标志", "until": LATER}),
]  # fmt: skip


def content(given: dict, places: dict) -> dict:
    """Made anew for each request, since a file is read but once."""
    return {name: _value(value, places) for name, value in given.items()}


def _value(value, places: dict):
    if isinstance(value, bytes):
        return BytesIO(value), "file.png" if value is PNG else "file.pdf"
    if isinstance(value, str) and value.startswith("v "):
        return version(places[value[2:]])
    return value.format_map(places) if isinstance(value, str) else value


def version(case_id: int) -> int:
    return db.session.get(Application, case_id, populate_existing=True).version


def at_once(*deeds) -> list:
    """Each deed in a thread of its own, all let go in the same moment; the test itself holds no lock."""
    db.session.commit()
    start = Barrier(len(deeds))

    def run(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def twin(client):
    """The same browser in another thread: a test client has no lock of its own."""
    other = client.application.test_client()
    other._cookies = dict(client._cookies)
    return other
