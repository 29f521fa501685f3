"""Drives a case along the road, through the verbs the pages call, each step by whoever it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.models import Application
from certification.application.operations.applications import (
    create_application,
    save_inventory,
    update_application,
)
from certification.application.operations.documents import attach_file
from certification.impartiality.operations import declare
from certification.laboratory.models import Sample
from certification.tracing.operations import keep_paper, plan_evidence
from certification.tracing.queries import traced
from certification.workflow.impartiality import DECLARING, has_declared
from certification.workflow.site import checks_of
from certification.workflow.tracing import HEAVY
from certification.workflow.verification import subjects
from core import clock, lifecycle
from core.machine import Subject
from demo import papers
from demo.cast import Cast
from schemes.models import SchemeVersion

PROVING = ("energy_records", "footprint_report")  # the paper that proves the activity data
Say = Callable[[str], None]  # to whoever looks on
OnStep = Callable[[str, Actor, Any], None]  # of a step, who took it, and on which thing

KEPT = timedelta(days=3 * 366)  # a sample is kept as long as its certificate may last

HEAD = ("output_amount", "output_unit", "period_from", "period_to")
CELLS = (
    *("key", "stage", "name", "quantity", "unit", "factor_code", "own_value", "own_unit", "own_source"),
    *("evidence", "evidence_digest", "quality", "kind", "stated"),
)  # of a row as it is saved

SAME_PARK = "同一园区的几家企业安排在同一次行程内核查。"
METER = "厂区总表"
TRACED = "逐份抄录结算单，与总表读数核对，差异在抄表日差以内。"
LOOKED = "抽查原始单据，与申报一致。"
OPINION = "按 ISO 14064-3 逐项核对申报数据，没有发现超过重要性的错报。"
EXPLAINED = "已按原始台账和工艺核对；没有更贴近的公布值，采用最近公布的因子。"

# The states of a smooth case, in order; a case can be left standing in any of them.
ROAD = (
    "draft",
    "submitted",
    "accepted",
    "contracted",
    "evaluating",
    "in_review",
    "pending_decision",
    "granted",
    "certified",
)


@dataclass(frozen=True)
class Product:
    """What an applicant of the demonstration hands in."""

    client: str  # key of the cast
    scheme: SchemeVersion
    name: str
    name_en: str
    trademark: str
    series: str
    models: list[dict[str, str]]
    producer: dict[str, object] | None
    inventory: dict[str, object]  # head of the inventory, see carbon.operations.save_inventory
    rows: list[dict[str, object]]
    system: dict[str, object] | None = None


class Road:
    """One case on its way.  `on_step` hears of each step: (step, actor, subject)."""

    laboratory = "lab"  # whose people test

    def __init__(
        self, cast: Cast, product: Product, body: str = "cb", on_step: OnStep = lambda *_: None
    ) -> None:
        self.cast, self.product, self.body, self.on_step = cast, product, body, on_step
        self.application = self._draft()

    def to(self, state: str) -> Application:
        """Go on until the case stands in `state`."""
        for leg in ROAD[ROAD.index(self.application.state) + 1 : ROAD.index(state) + 1]:
            getattr(self, f"_to_{leg}")()
        return self.application

    def take(self, step: str, role: str, subject: Subject | None = None, /, **facts: object) -> None:
        """Take one step as the holder of `role` in the organisation that may."""
        subject = subject if subject is not None else self.application
        actor = self._declared(role)
        lifecycle.take(subject, step, actor, **facts)
        self.on_step(step, actor, subject)

    def _draft(self) -> Application:
        product, actor = self.product, self._holder("applicant")
        application = create_application(actor, product.scheme, self._body.id, product_name=product.name)
        application.demo = True
        self.on_step("create", actor, application)
        facts: dict[str, object] = {
            "product_name_en": product.name_en,
            "trademark": product.trademark,
            "series": product.series,
            "models": product.models,
        }
        if product.producer:
            facts["producer"] = product.producer
        update_application(application, actor, application.version, **facts)
        for kind in product.scheme.required_files:
            attach_file(application, actor, kind, *papers.paper(kind, application.number), examined=True)
        self._fill_inventory(application, actor)
        return application

    def _fill_inventory(self, application: Application, actor: Actor) -> None:
        product, version = self.product, application.inventory.version
        proof = next(file for file in application.current_files if file.kind in PROVING)
        rows = [row | {"evidence_digest": proof.digest} for row in product.rows]
        save_inventory(application, actor, product.inventory, rows, version, product.system)
        self.on_step("fill", actor, application)

    def declare_anew(self, key: str, **cells: object) -> None:
        """The applicant changes a row that a nonconformity opened."""
        inventory, actor = self.application.inventory, self._holder("applicant")
        head = {name: getattr(inventory, name) for name in HEAD}
        stand = [{name: getattr(row, name) for name in CELLS} for row in inventory.rows]
        rows = [row | cells if row["key"] == key else row for row in stand]
        save_inventory(self.application, actor, head, rows, inventory.version)
        self.on_step("fill", actor, self.application)

    def _to_submitted(self) -> None:
        for place, question in enumerate(self.application.questions):
            if question.is_red or place == 0:  # the others may be left
                self.take("explain", "applicant", question, answer=EXPLAINED)
        self.take("submit", "applicant", declared=True)

    def _to_accepted(self) -> None:
        self.take("accept", "application_reviewer", conditions=papers.confirmed(self.application))

    def _to_contracted(self) -> None:
        self.take("offer", "case_officer")
        self.take("sign", "applicant", agreed=True)

    def _to_evaluating(self) -> None:
        self.take("plan", "case_officer", **self.plan())

    def plan(self, begin: timedelta = timedelta(0)) -> dict[str, Any]:  # as the shape of a plan has it
        """One who goes for as many days as the rule asks, perhaps on the way to others of the same park."""
        team = [(self._holder(role).id, role) for role in ("document_reviewer", "lead_verifier")]
        days, first = self.application.scheme.person_days, clock.today() + begin
        return {
            "team": team,
            "laboratory_id": self.cast.organisations[self.laboratory].id,
            "person_days": days,
            "site_from": first,
            "site_to": first + timedelta(days=max(2, ceil(days) - 1)),
            "overlap_reason": SAME_PARK,
        }

    def _to_in_review(self) -> None:
        findings = "数据可信，证据与申报一致。"
        self.settle()
        self.take("review_documents", "document_reviewer", result="pass", findings=findings)
        if self.application.scheme.tests:
            self.test()
        self.find_and_close()
        self.take("verify_site", "lead_verifier", **site_record(self.application))
        self.finish()

    def finish(self) -> None:
        """What is declared is verified before, unless an opinion of it stands."""
        if self.application.opinion is None:
            self.verify()
        self.take("finish", "lead_verifier")

    def verify(self) -> None:
        """Every declared item is looked at and agreed."""
        looked = {"outcome": "agreed", "samples": 3, "reason": LOOKED}
        items = [{"subject": name, **looked} for name in subjects(self.application)]
        self.trace()
        self.take("verify_data", "lead_verifier", items=items)
        self.take("give_opinion", "lead_verifier", opinion="unmodified", text=OPINION)

    def trace(self) -> None:
        """Every row that could be material by itself is traced; the paper of it is kept."""
        if self.application.planned_traces:
            return
        lead, rows = self._declared("lead_verifier"), traced(self.application)
        heavy = [row.line.subject for row in rows if HEAVY in row.risks]
        plan = [{"subject": subject, "samples": 3, "meter": METER} for subject in heavy]
        plan_evidence(self.application, lead, traces=plan)
        if heavy:
            paper = FileStorage(papers.paper("meter_readings")[0], "抄表核对底稿.pdf")
            keep_paper(self.application, lead, subjects=heavy, note=TRACED, file=paper)

    def settle(self) -> None:
        """What was answered to a question is accepted."""
        for question in self.application.questions:
            if question.answer:
                self.take("accept_answer", "document_reviewer", question, reason="与原始台账和工艺相符。")

    def test(self, until: str = "retained") -> None:
        """A sample is ordered, sent, received, tested and reported, or left in a state before that."""
        model = self.application.models[0].code
        self.take("order_sample", "lead_verifier", method="sealed", model=model, quantity=3)
        sample = self.application.samples[-1]
        for step, role, facts in self._sample_steps(sample):
            if sample.state != until:
                self.take(step, role, sample, **facts)

    def _sample_steps(self, sample: Sample) -> list[tuple[str, str, dict[str, object]]]:
        today, number = clock.today(), f"{sample.id:05d}"
        report = {"number": f"TR-{today.year}-{number}", "issued_on": today}
        place = self.cast.organisations[self.laboratory].address
        receipt = {"received_on": today, "condition": "封条完好，数量相符", "seal": "intact"}
        return [
            ("dispatch", "lead_verifier", {"drawn_on": today, "seal_number": f"F-{number}"}),
            ("receive", "sample_receiver", receipt),
            ("record", "tester", {"results": papers.results(self.application, today)}),
            ("report", "authorised_signatory", report | {"place": place}),
            ("retain", "sample_receiver", {"retained_until": today + KEPT, "retained_at": "三号样品间"}),
        ]

    def find_and_close(self) -> None:
        """One minor finding is raised, answered with evidence, and closed."""
        self.take(
            "raise",
            "lead_verifier",
            grade="minor",
            anchor="energy_monitoring",
            fact="一只电能表的检定标签已磨损，编号不清。",
            clause="168号令第十七条第（五）项",
        )
        finding = self.application.nonconformities[-1]
        evidence = papers.stored("other")
        self.take(
            "answer",
            "applicant",
            finding,
            answer="已更换检定标签，检定证书见附件。",
            evidence=evidence.digest,
            evidence_name="检定证书.pdf",
        )
        self.take("close", "lead_verifier", finding, reason="证据充分，予以关闭。")

    def _to_pending_decision(self) -> None:
        self.take("recommend", "technical_reviewer", recommendation="grant", text="评审完整，结论有据。")

    def _to_granted(self) -> None:
        self.take("grant", "decision_maker", signed=True, reason="符合规则要求。")

    def _to_certified(self) -> None:
        self.take("countersign", "head_of_body", signed=True)

    def _declared(self, role: str) -> Actor:
        """The holder of the role, who has declared for the case where that is asked."""
        actor = self._holder(role)
        if role in DECLARING and not has_declared(self.application, actor.id):
            declare(self.application, actor, free=True)
        return actor

    def _holder(self, role: str) -> Actor:
        if role == "applicant":
            return self.cast.holder(self.product.client, role)
        laboratory = role in ("sample_receiver", "tester", "authorised_signatory")
        return self.cast.holder(self.laboratory if laboratory else self.body, role)

    @property
    def _body(self) -> Organisation:
        return self.cast.organisations[self.body]


def site_record(application: Application) -> dict[str, Any]:  # as the shape of a visit has it
    """A visit of the planned length on which one meter label was found wanting."""
    today, planned = clock.today(), application.plan and application.plan.person_days
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in checks_of(application, "site")]
    items[4] |= {"finding": "minor", "note": "一只电能表标签磨损"}
    return {
        "items": items,
        "person_days": planned,
        "started_on": today,
        "ended_on": today,
        "meetings": [
            {"kind": kind, "on": today, "participants": "核查组、厂长、能源管理员", "confirmed_by": "厂长"}
            for kind in ("opening", "closing")
        ],
        "conclusion": "pass_after_correction",
        "summary": "现场与申报一致，一项一般不符合已整改。",
    }
