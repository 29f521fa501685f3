"""The world in which nothing stands in the way of any step: things of paper, and what is handed in."""

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as thing

from carbon.footprint import rounded
from certification.workflow.sample import REPORT_FIELDS
from schemes.document import stored
from tests.certification.lists import SITE_CHECKS, confirmed
from tests.certification.workflow import law_of_appeals, law_of_complaints, law_of_life, law_of_people
from tests.certification.workflow.days import LAST_WEEK, TODAY, TOMORROW, YESTERDAY
from tests.schemes.examples import tyre

ALWAYS, NEVER = (lambda _day: True), (lambda _day: False)
ME, SOMEBODY_ELSE = 1, 7
DUTIES = ("planning", "evaluation", "review", "decision", "countersignature")

BODY_SCOPES = [thing(scheme_code="other", valid_on=NEVER), thing(scheme_code="scheme", valid_on=ALWAYS)]
EVALUATING = ("review_documents", "verify")
# Of whom the body found what: somebody who may do everything, and two who evaluate.
COMPETENCES = [
    *((function, ME) for function in ("review", "decide", "accept", "plan", "handle_appeal")),
    *((function, person) for function in EVALUATING for person in (ME, 2, 3)),
]

BODY = thing(name="某机构")
PARTY = {"name": "某厂", "uscc": "91000000000000019G", "address": "某路 1 号"}


def registration(person: int, **values):
    return thing(**{"user_id": person, "body_id": 1, "family": "low_carbon", "valid_on": ALWAYS} | values)


def competence(function: str, **values):
    good = {
        "user_id": ME,
        "function": function,
        "family": "low_carbon",
        "category": "tyre",
        "valid_on": ALWAYS,
    }
    return thing(**good | values)


class Scheme(thing):
    """Its document says of the footprint what stands here, and nothing else unless `changes` say so."""

    @property
    def rules(self):
        limits = [{"limit": None if self.limit_value is None else str(self.limit_value)}]
        return stored(
            json.dumps(
                tyre(
                    ("/accounting/digits", self.rounding_digits),
                    ("/identity/conclusion", {}),
                    ("/parameters", []),
                    ("/criteria", [tyre()["criteria"][0]]),
                    ("/criteria/0/by", []),
                    ("/criteria/0/rows", limits),
                    ("/criteria/0/comparison", self.comparison),
                    *self.changes,
                )
            )
        )


def scheme():
    return Scheme(
        code="scheme",
        family="low_carbon",
        category="tyre",
        required_files=["application_form"],
        materiality=None,
        misstatement=None,
        file_kinds=["application_form", "other"],
        in_force_on=ALWAYS,
        retired_by=NEVER,
        tests=[{"slug": "strength"}],
        limit_value=Decimal("10.80"),
        changes=(),
        retests=lambda _items: 1,
        comparison="full",
        rounding_digits=1,
        rounded=lambda value: rounded(value, 1),
        carbon_unit="kgCO2e/m2",
        boundary="cradle_to_gate",
        person_days=Decimal(2),
        site_days=Decimal(2),
        visit_days=lambda _people, _sites, _units: Decimal(2),
        people_of=lambda _product: None,
        units_of=lambda _product, _models: 1,
        asks_size=False,
    )


def settled_question():
    stands = {"is_open": False, "is_unanswered": False, "is_uncounted": False, "is_gone": False}
    return thing(slug="single-row", is_red=True, nonconformity_id=None, **stands)


OUTPUT = {"system": None, "output_amount": Decimal(4), "output_unit": "m2", "period_from": None}
OUTPUT |= {"period_to": None}
DECLARED = {
    "row:gas": {"quantity": "7", "unit": "Nm3", "stated": {}},
    "fact:output": {"amount": "4", "unit": "m2"},
    "fact:product": {"value": "抛釉砖"},
    "fact:models": {"value": "M1"},
    "fact:factory": {"value": "某厂 某路 1 号"},
}


def activity_row():
    row = {"quantity": Decimal(7), "unit": "Nm3", "own_value": None, "own_unit": "", "stated": {}}
    return thing(takes_away=False, key="gas", name="天然气", every_factor=[], **row)


def verified(subject: str, declared: dict):
    return thing(subject=subject, declared=declared, outcome="agreed")


def evaluation() -> dict:
    """What was planned, found, reviewed and decided; nothing of it hinders anything."""
    return {
        "plan": thing(sites=[thing()], holders=lambda _function: {ME}, person_days=Decimal(2)),
        "document_review": thing(result="pass"),
        "test_verdicts": {"strength": "pass"},
        "site": thing(conclusion="pass", items=[{"slug": "energy_monitoring", "finding": "minor"}]),
        "questions": [settled_question()],
        "nonconformities": [thing(number="NC-01", state="closed", anchor="energy_monitoring")],
        "review": thing(recommendation="grant"),
        "decision": thing(countersigned_by="某人"),
    }


def application(state: str):
    """A case in which nothing stands in the way of anything (`report_failure` apart)."""
    return thing(
        state=state,
        party=lambda _role: 1,
        purpose="initial",
        about=None,
        applicant_id=2,
        barred_until=None,
        planned_parts=("documents", "tests", "site"),
        producer=dict(PARTY),
        factory=dict(PARTY),
        product_name="抛釉砖",
        product_name_en="",
        series="",
        trademark="",
        parameters={},
        models=[thing(code="M1", specification="", parameters={})],
        current_files=[thing(id=7, kind="application_form")],
        scheme=scheme(),
        inventory=thing(is_filled=True, system_fault="", rows=[activity_row()], **OUTPUT),
        verified_items=[verified(*each) for each in DECLARED.items()],
        is_evaluating=state == "evaluating",
        footprint_id=1,
        opinion=thing(opinion="unmodified", verified_id=1),
        unread=[],
        staged=[],
        unproved=[],
        footprint=thing(
            exact=Fraction("10.80"),
            unit="kgCO2e/m2",
            boundary="cradle_to_gate",
            rows=[{"factor": {"confidence": "seen"}}],
            warnings=[],
        ),
        body_scopes=BODY_SCOPES,
        adoptions=[
            thing(scheme_code="other", is_in_force=True, person_days=Decimal(9)),
            thing(scheme_code="scheme", is_in_force=True, person_days=None, checklists={}, body=BODY),
        ],
        competent_people=lambda _day: {SOMEBODY_ELSE},
        body_id=1,
        body_codes={"B"},
        client_codes={"C"},
        registrations=[*map(registration, (ME, 2, 3)), registration(SOMEBODY_ELSE, body_id=9)],
        openings=[thing(is_asked=False)],
        competences=[competence(function, user_id=person) for function, person in COMPETENCES],
        declarations=[thing(user_id=ME, free=True), thing(user_id=SOMEBODY_ELSE, free=False)],
        points=[],
        open_points=[thing(id=1, answer="已补", not_applicable=False)],
        reports=[],
        correction_due=YESTERDAY,
        body_signed_by="",
        conflicts=[thing(user_id=ME, bars_on=NEVER), thing(user_id=SOMEBODY_ELSE, bars_on=ALWAYS)],
        hands={duty: {SOMEBODY_ELSE} for duty in DUTIES},
        **evaluation(),
    )


def sample(state: str):
    return thing(
        state=state,
        party=lambda _role: 1,
        method="sealed",
        drawn_on=LAST_WEEK,
        received_on=YESTERDAY,
        accepted_on=None,
        items=["strength"],
        seal_number="F-1",
        seal="intact",
        mismatch="",
        cleared=False,
        retained_until=YESTERDAY,
        results=[thing(item="strength", tester_id=SOMEBODY_ELSE, performed_on=YESTERDAY, earlier=[])],
        application=application("evaluating"),
    )


def report(state: str):
    return thing(
        state=state,
        party=lambda _role: 1,
        application=application("certified"),
        issued_on=YESTERDAY,
        results=[thing(tester_id=SOMEBODY_ELSE, earlier=[])],
    )


def nonconformity(state: str):
    return thing(
        state=state,
        party=lambda _role: 1,
        application=application("evaluating"),
        raised_by_id=SOMEBODY_ELSE,
        id=5,
        anchor="energy_monitoring",
        row_keys=set(),
        declared={},
        grade="minor",
        due=YESTERDAY,
        evidence="digest",
    )


def question(state: str):
    """One that is asked of a draft, or of a case that is evaluated: who settles it needs the latter."""
    return thing(
        state=state,
        party=lambda _role: 1,
        application=application("evaluating"),
        is_red=True,
        is_open=True,
        is_gone=False,
        is_unanswered=False,
        slug="single-row",
        is_ground=False,
        is_proved=True,
        finding=None,
    )


def certificate(state: str):
    return thing(
        state=state,
        party=lambda _role: 1,
        valid_to=TODAY + timedelta(days=500),
        scheme=thing(clocks={}),
        acts=[thing(kind="suspend", cause="not_converted", until=TOMORROW)],
        waiting=None,
        replaces=None,
        suspender_id=9,
        proposals=[law_of_life.wish()],
        application=application("certified"),
    )


def label(state: str):
    return thing(
        state=state,
        party=lambda _role: 1,
        certificate=thing(state="valid"),
        application=application("certified"),
    )


SUBJECT = {
    "appeal": law_of_appeals.appeal_of(application),
    "application": application,
    "sample": sample,
    "test_report": report,
    "nonconformity": nonconformity,
    "question": question,
    "certificate": certificate,
    "label": label,
    "competence": law_of_people.finding,
    "surveillance": law_of_life.surveillance_of(application),
    "check_finding": law_of_life.check_finding_of(application),
    "status_proposal": law_of_life.proposal_of(application),
    "body_complaint": law_of_complaints.complaint_of(application),
}

ITEMS = [{"slug": slug, "finding": "conform", "note": ""} for slug in SITE_CHECKS]
MEETING = {"on": YESTERDAY, "participants": "厂长", "confirmed_by": "厂长"}
MEETINGS = [{"kind": kind, **MEETING} for kind in ("opening", "closing")]
SITE = {"name": "某厂", "address": "某路 1 号", "person_days": Decimal(2), "people": [2]}

PLAN = {
    "team": [(3, "document_reviewer"), (2, "lead_verifier")],
    "laboratory_id": 3,
    "methods_missing": [],
    "person_days": Decimal(2),
    "site_from": TODAY,
    "site_to": TOMORROW,
}

# What is handed in when everything is right.
FACTS = {
    **law_of_life.FACTS,
    **law_of_people.FACTS,
    **law_of_appeals.FACTS,
    **law_of_complaints.FACTS,
    "application.submit": {"declared": True},
    "application.sign": {"agreed": True},
    "application.correct": {"points": [{"anchor": "models", "text": "补型号"}]},
    "application.decline": {"reason": "不在目录内"},
    "application.accept": {"conditions": confirmed()},
    "application.plan": PLAN,
    "application.replan": PLAN | {"reason": "检测机构退单"},
    "application.review_documents": {"result": "pass", "findings": "可信"},
    "application.order_sample": {"method": "sealed", "model": "M1", "quantity": 3},
    "application.raise": {"grade": "minor", "anchor": "models", "fact": "缺"},
    "application.verify_site": {
        "items": ITEMS,
        "meetings": MEETINGS,
        "person_days": Decimal(2),
        "started_on": YESTERDAY,
        "ended_on": YESTERDAY,
        "conclusion": "pass",
    },
    "application.verify_data": {"items": [{"subject": "row:gas", "outcome": "agreed", "samples": 1}]},
    "application.give_opinion": {"opinion": "unmodified", "text": "逐项核对", "misstated": Decimal("0.05")},
    "application.report_failure": {"reason": "检测不合格"},
    "application.return": {"reason": "证据不足"},
    "application.recommend": {"recommendation": "grant", "text": "同意"},
    "application.grant": {"signed": True},
    "application.refuse": {"signed": True, "reason": "超过限值"},
    "application.return_to_review": {"reason": "意见没有说到不符合"},
    "application.return_to_evaluation": {"reason": "缺一处现场"},
    "application.countersign": {"signed": True},
    "application.return_decision": {"reason": "没有说明限值的依据"},
    "application.veto": {"signed": True, "reason": "证据不足"},
    "sample.dispatch": {"drawn_on": YESTERDAY, "seal_number": "F-1"},
    "sample.accept_order": {"expected_on": TOMORROW},
    "sample.decline_order": {"reason": "设备检修"},
    "sample.draw": {"drawn_on": YESTERDAY, "seal_number": "F-1", "drawn_at": "成品库"},
    "sample.send": {"sent_on": YESTERDAY, "carrier": "物流"},
    "sample.hand_over": {"on": YESTERDAY, "taker": "收发室", "place": "南京"},
    "sample.resume": {"reason": "封条为运输时碰损"},
    "sample.replace": {"reason": "封条不符"},
    "sample.retain": {"retained_until": TOMORROW, "retained_at": "样品间"},
    "sample.dispose": {"disposal": "粉碎", "witness": "某人"},
    "test_report.amend": {"reason": "日期有误", "number": "R-1-A1", "issued_on": YESTERDAY},
    "test_report.retract": {"reason": "设备未校准"},
    "test_report.annul": {"reason": "数据不实"},
    "application.fall_back": {"reason": "报告被撤回"},
    "sample.receive": {"received_on": YESTERDAY, "condition": "完好", "seal": "intact"},
    "sample.doubt": {"reason": "封条破损"},
    "sample.record": {"results": [{"performed_on": YESTERDAY}], "methods_missing": []},
    "sample.report": {"number": "R-1", "place": "某路", "issued_on": YESTERDAY}
    | dict.fromkeys(REPORT_FIELDS, "写明"),
    "nonconformity.answer": {"answer": "已改", "evidence": "digest"},
    "question.explain": {"answer": "单位无误", "file": 7},
    "question.accept_answer": {"reason": "看过台账"},
    "question.accept_ground": {"reason": "核查报告可信"},
    "question.withdraw_ground": {"reason": "报告已作废"},
    "question.raise_finding": {"grade": "minor", "fact": "产量与台账不符"},
    "nonconformity.reject": {"reason": "证据不清"},
    "nonconformity.close": {"reason": "证据充分"},
    "nonconformity.withdraw_finding": {"reason": "行号看错"},
    "certificate.suspend": {
        "kind": "suspend",
        "cause": "misuse",
        "reason": "误用",
        "until": TODAY + timedelta(days=30),
    },
    "certificate.restore": {"kind": "restore", "cause": "corrected", "reason": "已整改"},
    "certificate.withdraw": {"kind": "withdraw", "cause": "fraud", "reason": "造假"},
    "certificate.cancel": {"kind": "cancel", "cause": "production_ended", "reason": "停产"},
    "label.refuse": {"reason": "用途不符"},
}

# What must be changed in that good world for some steps.
FIRST = {
    **law_of_life.FIRST,
    **law_of_appeals.FIRST,
    "application.sign": {"body_signed_by": "某人"},
    "application.report_failure": {"site.conclusion": "fail"},
    "question.explain": {"application.state": "draft"},
    "question.accept_ground": {"is_ground": True},
    "nonconformity.lapse": {"grade": "major"},
    "application.fall_back": {"test_verdicts": {}},
}
