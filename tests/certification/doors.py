"""Every door that changes something, as an address and who may go through it, in a world where it is open.

`Everything` is one world with a subject for each door; `PAGES` and `CALLS` name, by endpoint, addresses of
it: (who, path), with `{names}` that `Everything.places` fills in.
"""

from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser

from accounts import operations as accounts
from accounts.models import Notice, User
from certification import operations
from certification.models import (
    Registration,
    WrittenAct,
)
from certification.operations.calendar import record_outage
from certification.operations.fees import PRICES, publish_fees
from certification.queries import clocks
from core.clock import now, today
from core.db import db
from oversight import operations as oversight
from procurement import operations as procurement
from tests import factories
from tests.certification.later import certificate_of
from tests.certification.test_acts import refused
from tests.certification.world import ROAD, World

LEAD = {"about_kind": "product", "about": "抛釉砖", "text": "包装上的标签是假的。"}


class Everything(World):
    """`places` are the names and ids that addresses ask for."""

    def __init__(self):
        super().__init__()
        office = factories.organisation("regulator")
        self.people |= {role: factories.user(office, role) for role in ("regulator", "list_editor")}
        self.people["keeper"] = factories.user(office, "regulator", "administrator", "organisation_admin")
        for role in ("label_officer", "appeals_officer"):
            self.people[role] = factories.user(self.body, role)
        self.people["chief"] = factories.user(self.maker, "organisation_admin", "applicant")
        self.people["guest"] = None
        self.places: dict[str, int | str] = {
            "maker": self.maker.id,
            "body": self.body.id,
            "body_code": self.body.uscc,
            "officer": self.people["case_officer"].id,
        }
        self._cases()
        self._samples()
        self._after_issue()
        self._rest()
        db.session.commit()

    def _cases(self) -> None:
        prices = dict.fromkeys(PRICES, Decimal(100))
        publish_fees(self.actor("head_of_body"), self.scheme.code, today(), "演示数据", **prices)
        found = {state: self.case(state) for state in ROAD}
        self.cases = found
        self.places |= {state: case.id for state, case in found.items()}
        correcting = self.case("submitted")
        point = {"anchor": "models", "text": "商标写法不一。"}
        correcting.take("correct", "application_reviewer", points=[point])
        self.places |= {"correcting": correcting.id, "point": correcting.application.points[0].id}
        running = [clock for clock in clocks.of_case(correcting.application) if clock.result == "running"]
        self.places["clock"] = running[0].id
        finding = found["evaluating"].raise_finding()
        answered = found["evaluating"].raise_finding()
        found["evaluating"].answer_finding(answered)
        self.places |= {"finding": finding.id, "answered": answered.id}

    def _samples(self) -> None:
        case = self.case("evaluating")
        take, places = case.take, self.places
        places["ordered"] = case.order().id
        take("order_sample", "lead_verifier", method="drawn", model="YT-6015", quantity=2)
        places["to_draw"] = case.application.samples[-1].id
        take("order_sample", "lead_verifier", method="submitted", model="YT-6015", quantity=2)
        places["submitted_sample"] = case.application.samples[-1].id
        places["received"] = case.deliver().id
        doubted = case.deliver()
        take("doubt", "sample_receiver", doubted, reason="封条破损")
        places["doubted"] = doubted.id
        tested = self.cases["in_review"].application
        places |= {"reported": tested.samples[-1].id, "report": tested.reports[-1].id}

    def _after_issue(self) -> None:
        certificate = certificate_of(self.cases["certified"])
        holder = self.actor("applicant")
        self.places["unlabelled"] = certificate_of(self.case("certified")).number
        licence = operations.request_label(certificate, holder, "packaging")
        operations.request_status(certificate, holder, kind="suspend", reason="停产检修")
        check = certificate.surveillance[0]
        appealed = refused(self)
        act = db.session.query(WrittenAct).filter_by(application_id=appealed.id, kind="refusal").one()
        appeal = operations.file_appeal(act, holder, "已经整改。")
        again = refused(self)
        other = db.session.query(WrittenAct).filter_by(application_id=again.id, kind="refusal").one()
        self.places |= {
            "number": certificate.number, "certificate": certificate.id, "licence": licence.id,
            "proposal": certificate.proposals[-1].id, "check": check.id, "appeal": appeal.id,
            "act": other.number,
        }  # fmt: skip

    def _rest(self) -> None:
        places, keeper = self.places, self.actor("keeper")
        places["complaint"] = oversight.file_complaint(True, "某人", "13900001234", **LEAD)[0].id
        places["brought"] = oversight.file_report("", "", **LEAD)[0].id
        made = procurement.draft_edition(self.actor("list_editor"), "2026-1", "第一期", today(), today())
        places["edition"] = made.id
        tie = operations.declare_tie(
            self.actor("verifier"), client_id=self.maker.id, tie="consulting", valid_from=today()
        )
        places["tie"] = tie.id
        offered, secret = accounts.invite(
            self.actor("chief"), "new@example.org", ["applicant"], self.maker.id
        )
        places |= {"invitation": offered.id, "secret": secret}
        places["membership"] = self.people["applicant"].memberships[0].id
        places["token"] = accounts.create_token(self.actor("applicant"), "甲")[0].id
        places["notice"] = db.session.query(Notice).filter_by(user_id=self.people["applicant"].id).first().id
        places["entry"] = db.session.query(Registration).first().id
        record_outage(keeper, now() - timedelta(hours=3), now() - timedelta(hours=1), "机房断电")

    def user(self, who: str) -> User | None:
        return self.people[who]


class Forms(HTMLParser):
    """The POST forms of a page: [(action, [(name, value), …])], each filled so that nothing is left out."""

    def __init__(self, page: str, here: str):
        super().__init__()
        self.here, self.found, self.open, self.select, self.area = here, [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.open = [] if (given.get("method") or "").lower() == "post" else None
            if self.open is not None:
                self.found.append(((given.get("action") or self.here).split("?")[0], self.open))
        elif self.open is not None and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self.select and given.get("value") and not self._has(self.select):
            self.open.append((self.select, given["value"]))

    def _field(self, tag: str, given: dict) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "textarea" or (tag == "input" and kind not in ("file", "submit", "button")):
            once = kind == "radio" and self._has(name)
            if not once:
                self.open.append((name, given.get("value") or FILLING.get(kind, "文字")))

    def _has(self, name: str) -> bool:
        return any(name == known for known, _value in self.open)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None


FILLING = {
    "date": today().isoformat(),
    "number": "1",
    "email": "new@example.org",
    "datetime-local": "2026-11-25T08:00",
}

CASE, REVIEW = "/certification/applications/{%s}", "/certification/reviews/{%s}"
LAB, LIFE = "/certification/laboratory/samples/{%s}", "/certification/certificates/{number}"
LABEL, CHECK, APPEAL = (
    "/certification/labels",
    "/certification/surveillance/{check}",
    "/certification/appeals",
)

PAGES = [
    ("applicant", "/certification/applications"),
    ("applicant", CASE % "draft" + "/submit"),
    ("applicant", CASE % "contracted" + "/sign"),
    ("applicant", CASE % "correcting" + "/resubmit"),
    ("applicant", CASE % "submitted" + "/recall"),
    ("applicant", CASE % "submitted" + "/clone"),
    ("applicant", CASE % "draft" + "/files"),
    ("applicant", CASE % "draft" + "/inventory"),
    ("applicant", CASE % "draft" + "/inventory/preview"),
    ("applicant", CASE % "draft" + "/parties"),
    ("applicant", CASE % "draft" + "/product"),
    ("applicant", CASE % "correcting" + "/points"),
    ("applicant", CASE % "draft" + "/sheets/models"),
    ("applicant", CASE % "draft" + "/sheets/inventory"),
    ("applicant", "/certification/nonconformities/{finding}/answer"),
    ("applicant", "/certification/samples/{submitted_sample}/dispatch"),
    ("applicant", "/certification/drafts/"),
    ("applicant", "/certification/drafts/drop"),
    ("applicant", "/certification/handover/"),
    ("application_reviewer", REVIEW % "submitted" + "/accept"),
    ("application_reviewer", REVIEW % "submitted" + "/correct"),
    ("application_reviewer", REVIEW % "submitted" + "/decline"),
    ("application_reviewer", REVIEW % "submitted" + "/notes"),
    ("case_officer", REVIEW % "accepted" + "/offer"),
    ("case_officer", REVIEW % "contracted" + "/plan"),
    ("document_reviewer", REVIEW % "evaluating" + "/review_documents"),
    ("lead_verifier", REVIEW % "evaluating" + "/order_sample"),
    ("lead_verifier", REVIEW % "evaluating" + "/raise"),
    ("lead_verifier", REVIEW % "evaluating" + "/verify_site"),
    ("lead_verifier", REVIEW % "evaluating" + "/finish"),
    ("lead_verifier", REVIEW % "evaluating" + "/report_failure"),
    ("lead_verifier", REVIEW % "evaluating" + "/site/0/energy_monitoring/photographs"),
    ("technical_reviewer", REVIEW % "in_review" + "/return"),
    ("technical_reviewer", REVIEW % "in_review" + "/recommend"),
    ("decision_maker", REVIEW % "pending_decision" + "/grant"),
    ("decision_maker", REVIEW % "pending_decision" + "/refuse"),
    ("head_of_body", REVIEW % "granted" + "/countersign"),
    ("lead_verifier", "/certification/reviews/nonconformities/{answered}/close"),
    ("lead_verifier", "/certification/reviews/nonconformities/{answered}/reject"),
    ("lead_verifier", "/certification/reviews/samples/{ordered}/dispatch"),
    ("lead_verifier", "/certification/reviews/samples/{to_draw}/draw"),
    ("lead_verifier", "/certification/reviews/samples/{to_draw}/send"),
    ("lead_verifier", "/certification/reviews/samples/{to_draw}/hand_over"),
    ("lead_verifier", "/certification/reviews/samples/{doubted}/resume"),
    ("lead_verifier", "/certification/reviews/samples/{doubted}/replace"),
    ("sample_receiver", LAB % "ordered" + "/accept_order"),
    ("sample_receiver", LAB % "ordered" + "/decline_order"),
    ("sample_receiver", LAB % "ordered" + "/receive"),
    ("sample_receiver", LAB % "received" + "/doubt"),
    ("tester", LAB % "received" + "/record"),
    ("authorised_signatory", LAB % "received" + "/report"),
    ("sample_receiver", LAB % "reported" + "/retain"),
    ("sample_receiver", LAB % "reported" + "/dispose"),
    ("authorised_signatory", "/certification/reports/{report}/amend"),
    ("authorised_signatory", "/certification/reports/{report}/retract"),
    ("regulator", "/certification/reports/{report}/annul"),
    ("decision_maker", "/certification/certificates/{certificate}/suspend"),
    ("decision_maker", "/certification/certificates/{certificate}/withdraw"),
    ("decision_maker", "/certification/certificates/{certificate}/cancel"),
    ("applicant", LIFE + "/cases"),
    ("applicant", LIFE + "/requests"),
    ("applicant", LIFE + "/uses"),
    ("decision_maker", "/certification/certificates/proposals/{proposal}/decline"),
    ("applicant", LABEL + "/{number}/request"),
    ("label_officer", LABEL + "/{licence}/license"),
    ("label_officer", LABEL + "/{licence}/refuse"),
    ("case_officer", CHECK + "/notify"),
    ("lead_verifier", CHECK + "/conduct"),
    ("applicant", CHECK + "/answer"),
    ("applicant", APPEAL + "/new/{act}"),
    ("appeals_officer", APPEAL + "/{appeal}/accept"),
    ("appeals_officer", APPEAL + "/{appeal}/reject"),
    ("regulator", "/oversight/appeals/{appeal}/conclude"),
    ("application_reviewer", "/certification/clocks/{clock}/extend"),
    ("keeper", "/certification/clocks/calendar"),
    ("keeper", "/certification/clocks/outages"),
    ("head_of_body", "/certification/fees/"),
    ("case_officer", "/certification/fees/cases/{evaluating}/invoice"),
    ("case_officer", "/certification/fees/cases/{evaluating}/reduction"),
    ("applicant", "/certification/fees/cases/{evaluating}/payment"),
    ("verifier", "/certification/impartiality/"),
    ("verifier", "/certification/impartiality/{tie}/end"),
    ("verifier", "/certification/impartiality/cases/{evaluating}"),
    ("head_of_body", "/certification/impartiality/people"),
    ("keeper", "/certification/registers/bodies/new"),
    ("keeper", "/certification/registers/laboratories/new"),
    ("keeper", "/certification/registers/accreditations/new"),
    ("keeper", "/certification/registers/people/new"),
    ("head_of_body", "/certification/registers/training/new"),
    ("keeper", "/certification/registers/people/{entry}/end"),
    ("guest", "/complaints/new"),
    ("guest", "/reports/new"),
    ("guest", "/follow-up"),
    ("guest", "/sign-up"),
    ("guest", "/sign-in"),
    ("guest", "/sign-in/demonstration"),
    ("guest", "/sign-out"),
    ("guest", "/held-form/drop"),
    ("guest", "/invitations/{secret}"),
    ("applicant", "/account/calendar"),
    ("applicant", "/account/calendar/1/revoke"),
    ("applicant", "/account/inbox/{notice}/open"),
    ("applicant", "/account/inbox/{notice}/read"),
    ("applicant", "/account/inbox/read"),
    ("applicant", "/account/notices"),
    ("applicant", "/account/password"),
    ("applicant", "/account/profile"),
    ("applicant", "/account/tokens"),
    ("applicant", "/account/tokens/{token}/revoke"),
    ("applicant", "/roles"),
    ("chief", "/organisation/facts"),
    ("chief", "/organisation/invitations"),
    ("chief", "/organisation/invitations/{invitation}/withdraw"),
    ("chief", "/organisation/members/{membership}"),
    ("chief", "/organisation/members/{membership}/end"),
    ("keeper", "/organisations/new"),
    ("keeper", "/organisations/{maker}/invitations"),
    ("regulator", "/oversight/complaints/{complaint}/take_on"),
    ("regulator", "/oversight/complaints/{complaint}/decline"),
    ("regulator", "/oversight/reports/{brought}/take_on"),
    ("regulator", "/oversight/reports/{brought}/open_case"),
    ("list_editor", "/procurement/editions/"),
    ("list_editor", "/procurement/editions/{edition}/redraft"),
    ("list_editor", "/procurement/editions/{edition}/open_notice"),
    ("list_editor", "/procurement/editions/{edition}/publish"),
]
