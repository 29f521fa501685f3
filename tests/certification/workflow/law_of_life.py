"""The good world of what comes after issue, and what is refused in it for which reason.

Read by test_law_guards beside what it holds of the road to the certificate.
"""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as thing

from certification.workflow.surveillance import CHECKS
from tests.certification.workflow.days import TODAY, TOMORROW, YESTERDAY
from tests.certification.workflow.groups import STATUS

ME = 1
ITEMS = [{"slug": slug, "finding": "conform", "note": ""} for slug in CHECKS]
UNANSWERED = [{"slug": slug, "finding": "", "note": ""} for slug in CHECKS]
WITH_FINDING = [*ITEMS[:6], ITEMS[6] | {"finding": "minor", "note": "旧标签还在用"}]


def about(**values):
    """The certificate a case is about."""
    good = {"state": "valid", "holder_id": 2, "models": [thing(code="M0")], "valid_to": TOMORROW}
    return thing(**good | {"scheme": thing(clocks={}), "replaced_by": None} | values)


def suspended(cause, until):
    return thing(kind="suspend", cause=cause, until=until)


def surveillance_of(application):
    def make(state: str):
        return thing(
            state=state,
            party=lambda _role: 1,
            application=application("certified"),
            certificate=certified(),
            team=[thing(user_id=ME, function="lead_verifier")],
            hands={"evaluation": set()},
            certificate_id=1,
            visit_id=None,
            ordered_on=YESTERDAY,
            window_from=YESTERDAY,
            due=TOMORROW,
            person_days=Decimal(1),
            is_correcting=state == "correcting",
            findings=[],
        )

    return make


def check_finding_of(application):
    """Of a check that is being corrected, which the one who acts was on the team of."""

    def make(state: str):
        return thing(
            state=state,
            party=lambda _role: 1,
            application=application("certified"),
            hands={},
            check=thing(is_correcting=True, team=[thing(user_id=ME, function="verifier")]),
        )

    return make


def finding(is_closed=False, awaits_client=False):
    return thing(is_closed=is_closed, awaits_client=awaits_client)


def certified(state="valid", yearly=False):
    """A certificate whose rule asks for a footprint every year, or for none."""
    rules = thing(surveillance=thing(yearly_footprint=yearly))
    return thing(state=state, scheme=thing(rules=rules, rounded=lambda value: round(value, 1)))


YEARLY = {"footprint_from": YESTERDAY, "footprint_to": YESTERDAY, "footprint_declared": Decimal(9),
          "footprint_verified": Decimal("10.84")}  # fmt: skip
NO_LIMIT = {"application.decision": thing(limit=None, comparison="")}
REPORTED = {f"facts.{name}": value for name, value in YEARLY.items()} | NO_LIMIT


def limited(comparison="full"):
    return {"application.decision": thing(limit=Decimal("10.8"), comparison=comparison)}


def beside(state="planned", *, address="某路 1 号", **values):
    """The check of another certificate that the same visit is to serve."""
    made = thing(factory={"name": "某厂", "uscc": "91000000000000019G", "address": address})
    good = {"state": state, "certificate_id": 2, "visit_id": None, "party": lambda _role: 1}
    return thing(**good | {"application": made} | values)


def proposal_of(application):
    def make(state: str):
        return thing(state=state, kind="restore", party=lambda _role: 1, application=application("certified"))

    return make


def wish(**values):
    """What the holder asked for, and another found corrected."""
    return thing(**{"is_wish_to_restore": True, "is_confirmed": True, "verified_by_id": 9} | values)


FACTS = {
    "certificate.resume": {"reason": "已换版"},
    "surveillance.notify": {"team": [(2, "lead_verifier")], "on": TODAY, "person_days": Decimal(1)},
    "surveillance.conduct": {"items": ITEMS, "conducted_on": TODAY, "person_days": Decimal(1)},
    "surveillance.require": {"reason": "清理旧标签", "due": TOMORROW},
    "check_finding.answer": {"answer": "已清理", "evidence": "digest"},
    "check_finding.reject": {"reason": "没有照片"},
    "check_finding.close": {"reason": "照片清楚"},
    "surveillance.pass": {"reason": "合格"},
    "surveillance.fail": {"reason": "超过限值"},
    "surveillance.decline_order": {"reason": "上月刚检查过"},
    "status_proposal.decline": {"reason": "不符合条件"},
    "status_proposal.verify": {
        "verdict": "confirmed",
        "verified_on": TODAY,
        "verification": "抽查三个月",
        "evidence": "digest",
    },
}

FIRST = {
    "surveillance.require": {"findings": [finding()]},
    "surveillance.fail": {"findings": [finding()]},
}

LATER = "application.submit application.resubmit"
STANDING = "application.countersign application.issue"
CONCLUDED = "surveillance.require surveillance.pass surveillance.fail surveillance.decline_order"
RECERTIFY = {"purpose": "recertification"}

REFUSED = [
    (STATUS, {"facts.cause": "dislike"}, "cause-unknown"),
    ("application.accept", {"open_points": [thing(id=1, not_applicable=True)]}, "exceptions-not-agreed"),
    ("application.accept", {"facts.agreed": [1]}, "exceptions-not-agreed"),
    ("certificate.suspend", {"facts.until": None}, "suspension-end-missing"),
    ("certificate.suspend", {"facts.until": YESTERDAY}, "suspension-too-long"),
    ("certificate.suspend", {"facts.until": TODAY + timedelta(days=367)}, "suspension-too-long"),
    ("certificate.suspend", {"valid_to": TOMORROW}, "suspension-too-long"),
    ("certificate.restore", {"acts": [thing(kind="suspend", until=YESTERDAY)]}, "suspension-over"),
    ("certificate.restore", {"proposals": []}, "restoration-not-requested"),
    ("certificate.restore", {"proposals": [wish(is_wish_to_restore=False)]}, "restoration-not-requested"),
    ("certificate.restore", {"proposals": [wish(is_confirmed=False)]}, "restoration-not-verified"),
    ("certificate.restore", {"proposals": [wish(verified_by_id=ME)]}, "verified-by-the-same"),
    ("certificate.restore", {"suspender_id": ME}, "suspended-by-the-same"),
    ("status_proposal.verify", {"kind": "cancel"}, "nothing-to-verify"),
    ("status_proposal.verify", {"facts.verification": " "}, "verification-incomplete"),
    ("status_proposal.verify", {"facts.verdict": "perhaps"}, "verification-incomplete"),
    ("status_proposal.verify", {"facts.verified_on": None}, "verification-incomplete"),
    ("status_proposal.verify", {"facts.evidence": None}, "evidence-missing"),
    ("status_proposal.verify", {"application.registrations.0.valid_on": lambda _day: False},
     "verifier-not-registered"),
    ("certificate.resume", {"facts.reason": " "}, "reason-missing"),
    ("certificate.resume", {"acts": [suspended("not_converted", YESTERDAY)]}, "suspension-over"),
    ("certificate.resume", {"acts": [suspended("misuse", TOMORROW)]}, "suspended-otherwise"),
    (
        STANDING,
        {"about": about(state="suspended", acts=[suspended("misuse", TOMORROW)]), "purpose": "conversion"},
        "certificate-not-ready",
    ),
    (
        STANDING,
        {
            "about": about(state="suspended", acts=[suspended("not_converted", YESTERDAY)]),
            "purpose": "conversion",
        },
        "suspension-over",
    ),
    ("label.license", {"certificate.state": "suspended"}, "certificate-not-valid"),
    (f"{LATER} {STANDING}", {"about": about(holder_id=9)}, "holder-cannot-change"),
    (LATER, {"about": about(state="withdrawn"), "purpose": "change"}, "certificate-not-open"),
    (LATER, {"about": about(state="expired"), "purpose": "change"}, "certificate-not-open"),
    (LATER, {"about": about(state="withdrawn"), **RECERTIFY}, "certificate-not-open"),
    (LATER, {"about": about(state="not_issued"), "purpose": "change"}, "certificate-not-begun"),
    (LATER, {"about": about(replaced_by=thing()), **RECERTIFY}, "certificate-recertified"),
    (LATER, {"about": about(valid_to=date(2199, 1, 1)), **RECERTIFY}, "recertification-too-early"),
    (LATER, {"about": about(), "purpose": "reduction"}, "reduction-must-drop-models"),
    (LATER, {"about": about(), "purpose": "extension"}, "extension-must-add-models"),
    (STANDING, {"about": about(state="suspended"), "purpose": "change"}, "certificate-not-ready"),
    (STANDING, {"about": about(state="expired"), "purpose": "change"}, "certificate-not-ready"),
    (STANDING, {"about": about(state="withdrawn"), **RECERTIFY}, "certificate-not-ready"),
    (STANDING, {"about": about(replaced_by=thing()), **RECERTIFY}, "certificate-recertified"),
    ("application.submit", {"barred_until": TODAY}, "reapplication-barred"),
    ("application.plan", {"facts.parts": ["site", "tests"]}, "part-omitted"),
    ("application.plan", {"facts.parts": ["gossip"]}, "parts-unknown"),
    ("application.plan", {"purpose": "change", "facts.parts": ["documents"]}, "parts-reason-missing"),
    ("application.review_documents", {"planned_parts": ("site",)}, "part-not-planned"),
    ("application.order_sample", {"planned_parts": ("site",)}, "part-not-planned"),
    ("application.verify_site", {"planned_parts": ("tests",)}, "part-not-planned"),
    ("surveillance.notify surveillance.conduct", {"certificate.state": "expired"}, "certificate-not-open"),
    ("surveillance.notify surveillance.conduct", {"certificate.state": "not_issued"},
     "certificate-not-begun"),
    ("surveillance.notify", {"facts.on": None}, "surveillance-plan-incomplete"),
    ("surveillance.notify", {"facts.team": [(2, "verifier")]}, "team-incomplete"),
    ("surveillance.notify", {"application.registrations.1.valid_on": lambda _day: False},
     "verifier-not-registered"),
    ("surveillance.notify", {"facts.on": TOMORROW + timedelta(days=1)}, "outside-the-window"),
    ("surveillance.notify surveillance.conduct", {"facts.joined": [beside(certificate_id=1)]},
     "check-not-of-this-visit"),
    ("surveillance.notify", {"facts.joined": [beside(state="passed")]}, "check-not-of-this-visit"),
    ("surveillance.notify", {"facts.joined": [beside(party=lambda _role: 2)]}, "check-not-of-this-visit"),
    ("surveillance.notify", {"facts.joined": [beside(address="别处 9 号")]}, "check-not-of-this-visit"),
    ("surveillance.conduct", {"facts.joined": [beside("notified")]}, "check-not-of-this-visit"),
    ("surveillance.conduct", {"facts.joined": [beside("notified", visit_id=3)], "visit_id": 4},
     "check-not-of-this-visit"),
    ("surveillance.conduct", {"team": []}, "not-on-the-team"),
    ("surveillance.conduct", {"facts.items": ITEMS[:6]}, "surveillance-check-unanswered"),
    ("surveillance.conduct", {"facts.items": [ITEMS[0], *UNANSWERED[1:]]}, "surveillance-check-unanswered"),
    ("surveillance.conduct", {"facts.items": [*ITEMS[:6], UNANSWERED[6]]}, "surveillance-check-unanswered"),
    ("surveillance.conduct", {"facts.items": [*ITEMS[:6], ITEMS[6] | {"finding": "major"}]},
     "site-finding-without-fact"),
    ("surveillance.conduct", {"facts.person_days": None}, "person-days-too-few"),
    ("surveillance.conduct", {"person_days": None}, "person-days-too-few"),
    ("surveillance.require surveillance.fail", {"findings": []}, "nothing-failed"),
    ("surveillance.conduct", {"certificate": certified(yearly=True)}, "yearly-footprint-missing"),
    ("surveillance.conduct", REPORTED | {"facts.footprint_declared": None}, "yearly-footprint-missing"),
    ("surveillance.conduct", REPORTED | {"facts.joined": [beside("notified", visit_id=3)], "visit_id": 3},
     "record-of-one-footprint"),
    ("surveillance.conduct", REPORTED | limited(), "footprint-over-limit-conforms"),
    ("surveillance.decline_order", {"ordered_on": None}, "check-not-ordered"),
    ("surveillance.require", {"facts.due": None}, "correction-due-missing"),
    ("surveillance.pass", {"findings": [finding()], "is_correcting": False}, "surveillance-finding-open"),
    ("surveillance.pass", {"findings": [finding(True), finding(False, True)], "is_correcting": True},
     "correction-not-answered"),
    ("surveillance.pass", {"findings": [finding(True), finding()], "is_correcting": True},
     "correction-not-judged"),
    ("check_finding.answer", {"facts.answer": " "}, "answer-missing"),
    ("check_finding.answer", {"facts.evidence": None}, "evidence-missing"),
    ("check_finding.answer check_finding.reject check_finding.close", {"check.is_correcting": False},
     "check-not-correcting"),
    ("check_finding.reject check_finding.close", {"check.team": []}, "not-on-the-team"),
    ("check_finding.reject check_finding.close", {"facts.reason": " "}, "reason-missing"),
    ("check_finding.reject check_finding.close", {"application.registrations.0.valid_on": lambda _day: False},
     "verifier-not-registered"),
    (f"{CONCLUDED} status_proposal.decline", {"facts.reason": " "}, "reason-missing"),
    (f"{CONCLUDED} status_proposal.decline", {"application.hands.evaluation": {ME}},
     "took-part-in-evaluation"),
    (CONCLUDED, {"hands.evaluation": {ME}}, "took-part-in-evaluation"),
    (CONCLUDED, {"hands.planning": {ME}}, "took-part-in-planning"),
    ("surveillance.notify", {"facts.team": [(ME, "lead_verifier")]}, "took-part-in-planning"),
    ("surveillance.conduct", {"application.registrations.0.valid_on": lambda _day: False},
     "verifier-not-registered"),
    ("surveillance.notify", {"application.conflicts": [thing(user_id=ME, bars_on=lambda _day: True)]},
     "conflict-of-interest"),
]  # fmt: skip

ALLOWED = [
    ("application.submit", {"about": about(), "purpose": "change"}),
    ("application.submit", {"about": about(), **RECERTIFY}),
    ("application.submit", {"barred_until": YESTERDAY}),
    ("application.countersign", {"about": about(state="expired"), **RECERTIFY}),
    ("application.plan", {"purpose": "change", "facts.parts": ["documents"], "facts.parts_reason": "更名",
                          "facts.laboratory_id": None, "facts.person_days": None, "facts.site_from": None,
                          "facts.site_to": None, "facts.methods_missing": ["GB 6566"]}),
    ("application.finish", {"planned_parts": ("documents",), "test_verdicts": {}, "site": None}),
    ("application.finish", {"planned_parts": ("tests", "site"), "document_review": None}),
    ("surveillance.notify", {"due": YESTERDAY, "facts.on": TOMORROW}),
    ("surveillance.conduct", REPORTED | limited("rounded")),
    ("surveillance.conduct", REPORTED),
    ("surveillance.conduct", REPORTED | {"certificate": certified(yearly=True)}),
    ("surveillance.notify", {"facts.joined": [beside()]}),
    ("surveillance.conduct", {"facts.joined": [beside("notified", visit_id=3)], "visit_id": 3}),
    ("surveillance.pass", {"findings": [finding(True)], "is_correcting": True}),
    ("surveillance.conduct", {"facts.items": WITH_FINDING}),
]  # fmt: skip
