"""One world with something behind every door that changes something, in the state in which that is open."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from sqlalchemy import select

from accounts import operations as accounts
from accounts.models import Notice, Organisation
from certification.acts.models import Appeal, WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.aftercare.models import CheckFinding, StatusProposal, Surveillance
from certification.aftercare.operations.ordered import order
from certification.aftercare.operations.proposals import request_status
from certification.application.models import Application
from certification.application.operations.applications import answer_point
from certification.certificate.models import Certificate
from certification.certificate.queries.certificates import certificate
from certification.clocks import queries as clocks
from certification.clocks.operations.calendar import record_outage
from certification.complaints import operations as complaints
from certification.complaints.models import BodyComplaint
from certification.evaluation.models import Nonconformity
from certification.fees.operations import PRICES, publish_fees
from certification.impartiality.models import Competence
from certification.impartiality.operations import declare_tie
from certification.label.models import LabelLicence
from certification.label.operations.labels import request_label
from certification.laboratory.models import Sample, TestReport
from certification.late.models import LateEntry
from certification.messages.models import Opening
from certification.messages.operations import ask_opening
from certification.questions.models import Question
from certification.workbooks.exchange.columns import INVENTORY, MODELS
from certification.workbooks.queries import template
from certification.workflow.surveillance import CHECKS
from core import lifecycle
from core.calendar import book
from core.clock import now, today
from core.db import db
from oversight import operations as oversight
from oversight.models import Complaint, ViolationReport
from procurement.assignments.models import CategoryAssignment
from procurement.models import Edition
from procurement.objections.models import ListObjection
from procurement.policy.models import PolicyProposal
from procurement.purchases.models import Purchase
from procurement.shortlists.models import Shortlist
from procurement.suspensions.models import EnterpriseSuspension
from registers.adoption.models import Adoption
from registers.models import BodyScope, Registration
from schemes.drafts import retirements
from schemes.drafts.models import DraftComment, Retirement, RuleDraft
from tests import factories
from tests.certification.aftercare.later import another_decider, certificate_of, mended, verified_wish
from tests.certification.people import evaluated_places, findings_of, kept_of, proposed_role
from tests.certification.world import LONG, PDF, ROAD, World, scheme
from tests.schemes.drafting import DRAFTS, advanced, draft, said
from tests.support.adopted import adopted
from tests.support.kept import begun
from tests.support.lists import of_lists

BLAMED = {"about_kind": "product", "about": "抛釉砖", "text": "包装上的标签是假的。"}

# How far each appeal has come.
APPEALS = {
    "appeal": (),
    "rejected": ("reject",),
    "heard": ("accept",),
    "investigating": ("accept", "investigate"),
    "escalated": ("reject",),
}


# What is changed step by step, and where such things stand.
VERSIONED = {
    Application: (*ROAD, "correcting", "offered", "corrected", "evaluated", "failed"),
    Nonconformity: ("finding", "answered"),
    Sample: ("ordered", "to_draw", "drawn", "submitted_sample", "in_transit", "received", "testing",
             "doubted", "reported", "retained"),
    TestReport: ("report",),
    Opening: ("opening",),
    LateEntry: ("late_entry",),
    Question: ("asked", "explained", "ground", "counted"),
    Certificate: ("certificate", "suspended"),
    StatusProposal: ("proposal", "wish"),
    LabelLicence: ("licence",),
    Surveillance: ("check", "notified", "conducted", "amended", "ordered_check"),
    CheckFinding: ("wanting", "mended"),
    Appeal: tuple(APPEALS),
    Complaint: ("complaint", "handled"),
    ViolationReport: ("grievance", "checking"),
    BodyComplaint: ("brought", "looked_into"),
    Edition: ("edition",),
    RuleDraft: DRAFTS,
    Competence: ("proposed_finding", "approved_finding", "suspended_finding"),
    Adoption: ("adoption", "adopting", "proposed_adoption"),
    DraftComment: ("remark", "unseen"),
    Retirement: ("retirement",),
    PolicyProposal: ("policy_rule",),
    EnterpriseSuspension: ("barred", "banned"),
    ListObjection: ("objected",), Shortlist: ("shortlist", "decided_shortlist"),
    Purchase: ("purchase",), CategoryAssignment: ("assignment",),
}  # fmt: skip


def _question(case) -> Question:
    """What a single row would be asked, of whichever case."""
    asked = Question(slug="single-row", severity="red", row=None, detail={"name": "天然气"})
    case.questions.append(asked)
    db.session.flush()
    return asked


def _ground(case, state: str) -> Question:
    """What something taken away rests on, answered with a file; accepted, or not yet."""
    asked = Question(slug="ground-not-accepted", severity="red", row=0, detail={"name": state}, state=state)
    asked.answer, asked.file, asked.answered_by, asked.answered_at = "见报告。", case.files[0], "某人", now()
    if state == "counted":
        asked.reason, asked.settled_by, asked.settled_at = "报告可信。", "某人", now()
    case.questions.append(asked)
    db.session.flush()
    return asked


class Everything(World):
    """`places` are the names and ids that addresses ask for, and what is handed about there."""

    def __init__(self):
        super().__init__()
        office = factories.organisation("regulator")
        self.people |= {role: factories.user(office, role) for role in ("regulator", "list_editor")}
        buyers = factories.organisation("purchasing_unit")
        self.people["procurement_officer"] = factories.user(buyers, "procurement_officer")
        self.people["keeper"] = factories.user(office, "regulator", "administrator", "organisation_admin")
        for role in ("label_officer", "appeals_officer"):
            self.people[role] = factories.user(self.body, role)
        for role in ("rule_author", "rule_approver"):
            self.people[f"body_{role}"] = factories.user(self.body, role)
        self.people["minder"] = factories.user(self.body, "organisation_admin")
        self.people["newcomer"] = factories.user(self.body, "verifier")  # who has declared nothing yet
        self.people["chief"] = factories.user(self.maker, "organisation_admin", "applicant")
        self.people["guest"] = None
        self.places: dict[str, int | str | bytes] = {
            "maker": self.maker.id,
            "body": self.body.id,
            "body_code": self.body.uscc,
            "laboratory": self.laboratory.id,
            "today": today().isoformat(),
            "tomorrow": (today() + timedelta(days=1)).isoformat(),
            "later": (today() + timedelta(days=200)).isoformat(),
            "another_body": factories.organisation("certification_body").id,
        } | {who: person.id for who, person in self.people.items() if person}
        self._cases()
        self._stopped()
        self._samples()
        self._after_issue()
        self._appeals()
        self._complaints()
        self._rest()
        self._adoptions()
        self._rules(office)
        db.session.commit()
        self._versions()

    @classmethod
    def begun(cls) -> "Everything":
        return begun(("everything",), cls, cls.ids, cls.found)

    def ids(self) -> dict:
        return super().ids() | {"places": self.places}

    @classmethod
    def found(cls, ids: dict) -> "Everything":
        world = super().found(ids)
        world.places = dict(ids["places"])
        return world

    def _cases(self) -> None:
        prices = dict.fromkeys(PRICES, Decimal(100))
        publish_fees(self.actor("head_of_body"), self.scheme.code, today(), "演示数据", **prices)
        found = {state: self.case(state) for state in ROAD}
        self.cases = found
        self.places |= {state: case.id for state, case in found.items()}
        self.places["file"] = found["draft"].application.current_files[0].id
        correcting = self.case("submitted")
        point = {"anchor": "models", "text": "商标写法不一。"}
        correcting.take("correct", "application_reviewer", points=[point])
        self.places |= {"correcting": correcting.id, "point": correcting.application.points[0].id}
        asked = ask_opening(correcting.application, self.actor("applicant"), "trademark", "商标写错了。")
        self.places |= {"opening": asked.id} | evaluated_places(self, found["evaluating"])
        running = [clock for clock in clocks.of_case(correcting.application) if clock.result == "running"]
        self.places["clock"] = running[0].id
        finding = found["evaluating"].raise_finding()
        answered = found["evaluating"].raise_finding()
        found["evaluating"].answer_finding(answered)
        self.places |= {"finding": finding.id, "answered": answered.id}
        for place, case in (("asked", found["draft"]), ("explained", found["evaluating"])):
            self.places[place] = _question(case.application).id
        for place, state in (("ground", "answered"), ("counted", "counted")):
            self.places[place] = _ground(found["evaluating"].application, state).id

    def _stopped(self) -> None:
        """Cases between two states of the road: one offer made, all evaluated, and all evaluated in vain."""
        offered = self.case("accepted")
        offered.take("offer", "case_officer")
        corrected = self.case("submitted")
        corrected.take("correct", "application_reviewer", points=[{"anchor": "models", "text": "补型号。"}])
        point, holder = corrected.application.points[0], self.actor("applicant")
        answer_point(point, corrected.application, holder, "与本产品无关。", not_applicable=True)
        evaluated, failed = self.case("evaluating"), self.case("evaluating")
        failed.review_documents("fail")
        evaluated.review_documents()
        evaluated.test()
        evaluated.visit()
        evaluated.verify()
        found = {"offered": offered, "corrected": corrected, "evaluated": evaluated, "failed": failed}
        self.places |= {place: case.id for place, case in found.items()}

    def _samples(self) -> None:
        case = self.case("evaluating")
        take, places = case.take, self.places
        places["ordered"] = case.order().id
        for place, method in (("to_draw", "drawn"), ("drawn", "drawn"), ("submitted_sample", "submitted")):
            take("order_sample", "lead_verifier", method=method, model="YT-6015", quantity=2)
            places[place] = case.application.samples[-1].id
        drawn = case.application.samples[-2]
        take("draw", "lead_verifier", drawn, drawn_on=today(), seal_number="F-1", drawn_at="成品库")
        places["in_transit"] = case.dispatch().id
        places["received"] = case.deliver().id
        places["testing"] = case.measure().id
        doubted = case.deliver()
        take("doubt", "sample_receiver", doubted, reason="封条破损")
        places["doubted"] = doubted.id
        reported, retained = case.test(), case.test()
        take("retain", "sample_receiver", retained, retained_until=today(), retained_at="留样室")
        places |= {
            "reported": reported.id,
            "report": case.application.reports[-1].id,
            "retained": retained.id,
        }

    def _after_issue(self) -> None:
        issued, holder = certificate_of(self.cases["certified"]), self.actor("applicant")
        unlabelled, labelled, suspended = (certificate_of(self.case("certified")) for _ in range(3))
        in_use = request_label(labelled, holder, "packaging")
        lifecycle.take(in_use, "license", self.actor("label_officer"))
        licence = request_label(issued, holder, "packaging")
        request_status(issued, holder, kind="suspend", reason="停产检修")
        why = {"cause": "misuse", "reason": "误用标志", "until": today() + timedelta(days=200)}
        lifecycle.take(suspended, "suspend", another_decider(self), **why)
        wish = verified_wish(self, suspended)
        self.places |= {
            "wish": wish.id, "number": issued.number, "certificate": issued.id, "licence": licence.id,
            "proposal": issued.proposals[-1].id, "suspended": suspended.id,
            "unlabelled": unlabelled.number, "labelled": labelled.number,
        }  # fmt: skip
        self._checks([*issued.surveillance, *unlabelled.surveillance, labelled.surveillance[0]])
        asked = order(unlabelled, self.actor("regulator"), kind="check", reason="数据存疑。")
        self.places["ordered_check"] = asked.id

    def _checks(self, checks: list) -> None:
        """Each one step further than the one before."""
        take, lead = lifecycle.take, self.people["lead_verifier"].id
        self.places |= dict(
            zip(("check", "notified", "conducted", "amended"), (c.id for c in checks[:4]), strict=True)
        )
        items = [{"slug": slug, "finding": "minor", "note": "看到的事实"} for slug in CHECKS]
        for check in checks[1:]:
            notice = {"team": [(lead, "lead_verifier")], "on": check.due, "person_days": Decimal(1)}
            take(check, "notify", self.actor("case_officer"), **notice)
        for check in checks[2:]:
            record = {"items": items, "conducted_on": today(), "person_days": Decimal(1)}
            take(check, "conduct", self.actor("lead_verifier"), **record)
        self.places |= mended(self, checks[3], checks[4])
        self.places["day_of_check"] = checks[0].due.isoformat()

    def _appeals(self) -> None:
        self.places["act"] = self._refusal().number
        officer = self.actor("appeals_officer")
        for place, steps in APPEALS.items():
            appeal = file_appeal(self._refusal(), self.actor("applicant"), "已经整改。")
            for step in steps:
                lifecycle.take(appeal, step, officer, reason="理由", findings="调阅了证据。")
            self.places[place] = appeal.id
        lifecycle.take(appeal, "escalate", self.actor("applicant"), reason="机构未评价证据。")

    def _refusal(self) -> WrittenAct:
        case = self.case("submitted")
        case.take("decline", "application_reviewer", reason="不在认证范围之内。", not_for_consulting=True)
        return db.session.query(WrittenAct).filter_by(application_id=case.id).one()

    def _complaints(self) -> None:
        """One that was brought, and one that is being looked into."""
        officer, about = self.actor("appeals_officer"), certificate_of(self.cases["certified"])
        brought, looked_into = (
            complaints.bring(about, subject="label", text="展厅里贴错了标签。")[0] for _ in range(2)
        )
        for step in ("acknowledge", "investigate"):
            lifecycle.take(looked_into, step, officer, findings="到场看过。")
        self.places |= {"brought": brought.id, "looked_into": looked_into.id}

    def _rest(self) -> None:
        places, keeper = self.places, self.actor("keeper")
        places["complaint"] = oversight.file_complaint(True, "某人", "13900001234", **BLAMED)[0].id
        places["grievance"] = oversight.file_report("", "", **BLAMED)[0].id
        handled = oversight.file_complaint(True, "某人", "13900001234", **BLAMED)[0]
        checking = oversight.file_report("", "", **BLAMED)[0]
        for taken in (handled, checking):
            lifecycle.take(taken, "take_on", self.actor("regulator"))
        places |= {"handled": handled.id, "checking": checking.id}
        places |= of_lists(self)
        tie = declare_tie(
            self.actor("verifier"), client_id=self.maker.id, tie="consulting", valid_from=today()
        )
        places["tie"] = tie.id
        places |= findings_of(self)
        places |= proposed_role(self)
        offered, secret = accounts.invite(
            self.actor("chief"), "new@example.org", ["applicant"], self.maker.id
        )
        places |= {"invitation": offered.id, "secret": secret}
        places["seat"] = f"{self.people['newcomer'].id}-{self.body.id}"
        places |= kept_of(self)
        places["membership"] = self.people["applicant"].memberships[0].id
        places["token"] = accounts.create_token(self.actor("applicant"), "甲")[0].id
        places["notice"] = db.session.query(Notice).filter_by(user_id=self.people["applicant"].id).first().id
        places["entry"] = db.session.query(Registration).first().id
        record_outage(keeper, now() - timedelta(hours=3), now() - timedelta(hours=1), "机房断电")

    def _adoptions(self) -> None:
        """One in force, one that is written, one that awaits approval."""
        written = {"writers": [self.people["body_rule_author"].id], "in_force_from": None}
        for number, state in enumerate(("draft", "proposed"), 2):
            papers = {"acceptance": "准予受理。"}
            db.session.add(
                adopted(self.body.id, self.scheme.code, number, state=state, papers=papers, **written)
            )
        db.session.flush()
        found = db.session.scalars(select(Adoption).order_by(Adoption.number))
        self.places |= dict(
            zip(("adoption", "adopting", "proposed_adoption"), (a.id for a in found), strict=True)
        )

    def _rules(self, office: Organisation) -> None:
        """A draft of a rule at each step of its life, and two comments."""
        self.people |= {role: factories.user(office, role) for role in ("rule_author", "rule_approver")}
        second = factories.user(office, "rule_approver").memberships[0].actor()
        author, approvers = self.actor("rule_author"), [self.actor("rule_approver"), second]
        found = {place: advanced(draft(author, f"lc-{place}"), author, approvers, place) for place in DRAFTS}
        other = scheme(code="lc-retired")
        scope = {"approval_number": "CNCA-R-TEST-002", "scheme_code": other.code}
        db.session.add(BodyScope(body_id=self.body.id, **scope, **LONG))
        retired = retirements.propose(author, other.code, today() + timedelta(days=30), "有了国家规则")
        self.places["retirement"] = retired.id
        self.places |= {place: made.id for place, made in found.items()}
        remark, unseen = said(found["commented"]), said(found["commented"])
        self.places |= {
            "remark": remark.id,
            "unseen": unseen.id,
            "much_later": (today() + timedelta(days=260)).isoformat(),
        }

    def _versions(self) -> None:
        """How often what stands at a place has changed: pages hand that about."""
        rows = {
            place: db.session.get(model, self.places[place])
            for model, places in VERSIONED.items()
            for place in places
        }
        rows["inventory"] = rows["file"] = rows["draft"].inventory
        rows |= {place: certificate(self.places[place]) for place in ("number", "unlabelled", "labelled")}
        self.places |= {f"version_of_{place}": row.version for place, row in rows.items()}
        self.places["version_of_calendar"] = book.current().version
        for kind in (MODELS, INVENTORY):
            draft = rows["draft"]
            self.places[f"sheet_of_{kind.slug}"] = template(draft, kind, draft)

    def typed(self, address: str, given: dict) -> dict:
        """What a page at this address sends: what is typed there, and the version that it shows."""
        shown = [self.places.get(f"version_of_{place}") for place in re.findall(r"{(\w+)}", address)]
        return {"version": shown[0] if shown else None} | self.said(given)

    def said(self, given):
        """What is said with the names of places in it, made anew, since a file is read but once."""
        if isinstance(given, dict):
            return {name.format_map(self.places): self.said(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self.said(value) for value in given]
        if isinstance(given, bytes):
            return BytesIO(given), "file.pdf" if given is PDF else (
                "file.png" if given.startswith(b"\x89PNG") else "file.csv"
            )
        if isinstance(given, str) and given.startswith("{sheet_of_"):
            return BytesIO(self.places[given.strip("{}")]), "filled.xlsx"
        return given.format_map(self.places) if isinstance(given, str) else given
