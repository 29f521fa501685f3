"""Two laboratories, a test that failed and was made again, a certificate, and a report taken back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from flask import current_app

from accounts.actor import Actor
from certification.aftercare.models import SuspensionBatch
from certification.aftercare.operations import batches
from certification.certificate.models import Certificate
from certification.laboratory.models import Sample, TestReport
from certification.laboratory.queries.laboratory import margin_of
from core import clock
from core.db import db
from core.machine import Subject
from core.words import word
from demo import papers, products
from demo.load import furnish
from demo.road import SAME_PARK, OnStep, Product, Road, Say, site_record

LEAD = timedelta(days=100)  # so long ago the case begins, for its last day to be behind us
CLIENT = "tile1"
FAILING, ELSEWHERE = "water_absorption", "external_exposure_index"
LABORATORIES = {"lab": "宁运物流", "lab2": "苏运物流"}
WHY_AGAIN = "首次样品取自同一窑次，委托人提出异议；机构同意按规则复检一次，另行抽样。"
WHY_BACK = "内部质控发现干燥箱超出检定周期，吸水率结果不可靠。"
SUSPENDED = "作为依据的吸水率检测报告被检测机构撤回，暂停证书，待重新检测。"


class Case(Road):
    """A road on which two laboratories test; `laboratory` is the one whose people act."""

    laboratory = "lab"

    def _holder(self, role: str) -> Actor:
        if role in ("sample_receiver", "tester", "authorised_signatory"):
            return self.cast.holder(self.laboratory, role)
        return super()._holder(role)


def retest(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - LEAD
    db.session.commit()
    with clock.travel(start):
        case = Case(cast, tile(), on_step=_teller(say))
        begin(case)
        failed = fail(case)
    _judged(failed, say)
    with clock.travel(start + timedelta(days=14)):
        passed = again(case, failed)
    _judged(passed, say)
    with clock.travel(start + timedelta(days=20)):
        certificate = certify(case)
    say(f"证书 {certificate.number}  {_url()}/verify/{certificate.number}")
    with clock.travel(start + timedelta(days=60)):
        take_back(case, passed)
        suspended = suspend(case, passed)
    numbers = "、".join(each.number for each in suspended)
    say(f"暂停：{numbers}；{word(f'certificate.state.{certificate.state}')}")
    return {
        "story": "retest",
        "application": case.application.number,
        "certificate": certificate.number,
        "report": _report(passed).number,
        "batch": _batch(passed).id,
        "status": certificate.state,
    }


def tile(name: str = "抛釉砖（复检演示）") -> Product:
    return replace(next(products.invented(1)), client=CLIENT, name=name)


def begin(case: Case) -> None:
    """The plan names two laboratories: one does what the other has no hands for."""
    case.to("contracted")
    team = [(case._holder(role).id, role) for role in ("document_reviewer", "lead_verifier")]
    other = case.cast.organisations["lab2"].id
    visit = {"site_from": clock.today(), "site_to": clock.today() + timedelta(days=9)}
    days = {"person_days": case.application.scheme.person_days, "overlap_reason": SAME_PARK, **visit}
    laboratories = {"laboratory_id": case.cast.organisations["lab"].id, "allotments": {ELSEWHERE: other}}
    case.take("plan", "case_officer", team=team, **laboratories, **days)
    case.take("review_documents", "document_reviewer", result="pass", findings="数据可信。")
    db.session.commit()


def fail(case: Case) -> Sample:
    """Both laboratories report; the first finds the tiles take up too much water."""
    case.laboratory = "lab2"
    reported(case, order(case, laboratory_id=case.cast.organisations["lab2"].id))
    case.laboratory = "lab"
    sample = order(case)
    reported(case, sample, {FAILING: Decimal("0.93")})
    return sample


def again(case: Case, failed: Sample) -> Sample:
    """The body orders a retest for a reason: a new sample, a new result; the first is kept."""
    sample = order(case, retest_of=failed.id, reason=WHY_AGAIN)
    reported(case, sample, {FAILING: Decimal("0.31")})
    return sample


def order(case: Case, **more: object) -> Sample:
    """An order that its laboratory accepts, whose sample is drawn, sealed and sent."""
    model = case.application.models[0].code
    case.take("order_sample", "lead_verifier", method="sealed", model=model, quantity=3, **more)
    sample, today = case.application.samples[-1], clock.today()
    case.take("accept_order", "sample_receiver", sample, expected_on=today + timedelta(days=12))
    drawing = {"drawn_on": today, "seal_number": f"F-{sample.id:05d}", "drawn_at": "企业成品库 2 号位"}
    case.take("draw", "lead_verifier", sample, **drawing)
    case.take("send", "lead_verifier", sample, sent_on=today, carrier=LABORATORIES[case.laboratory])
    db.session.commit()
    return sample


def reported(case: Case, sample: Sample, measured: dict[str, Decimal] | None = None) -> None:
    """The sample arrives as it left, is measured by one and reported by another, and is kept."""
    today = clock.today()
    receipt = {"received_on": today, "condition": "三片完好，封条编号相符", "seal": "intact"}
    case.take("receive", "sample_receiver", sample, **receipt)
    case.take("record", "tester", sample, results=results(sample, today, measured or {}))
    number = f"{sample.laboratory.short_name}-{today.year}-{sample.id:05d}"
    facts = {"number": number, "place": sample.laboratory.address, "issued_on": today}
    case.take("report", "authorised_signatory", sample, **facts)
    kept = {"retained_until": today + timedelta(days=180), "retained_at": "样品间 B-07"}
    case.take("retain", "sample_receiver", sample, **kept)
    db.session.commit()


def results(sample: Sample, day: date, measured: dict[str, Decimal]) -> list[dict[str, object]]:
    given = papers.results(sample.application, day)
    ordered = [result for result in given if result["item"] in sample.items]
    return [result | {"value": measured.get(result["item"], result["value"])} for result in ordered]


def certify(case: Case) -> Certificate:
    case.find_and_close()
    case.take("verify_site", "lead_verifier", **site_record(case.application))
    case.finish()
    case.to("certified")
    db.session.commit()
    return db.session.query(Certificate).filter_by(application_id=case.application.id).one()


def take_back(case: Case, sample: Sample) -> None:
    case.take("retract", "authorised_signatory", _report(sample), reason=WHY_BACK)
    db.session.commit()


def suspend(case: Case, sample: Sample) -> list[Certificate]:
    """The decision maker of the body carries the batch out; the certificate's own step does the rest."""
    batch, decider = _batch(sample), case._holder("decision_maker")
    case.on_step("carry_out", decider, batch)
    until = clock.today() + timedelta(days=90)
    done = batches.carry_out(batch, decider, until=until, reason=SUSPENDED)
    db.session.commit()
    return done


def _report(sample: Sample) -> TestReport:
    assert sample.report is not None  # the story has it reported
    return sample.report


def _batch(sample: Sample) -> SuspensionBatch:
    batch: SuspensionBatch | None = _report(sample).batch
    assert batch is not None  # taking the report back makes one
    return batch


def _judged(sample: Sample, say: Say) -> None:
    for result in _report(sample).results:
        item = next(item for item in sample.tests if item["slug"] == result.item)
        margin = margin_of(item, result)
        left = "" if margin is None else f"，余量 {margin} {item['unit']}"
        say(f"   {item['name']} {result.value} {result.unit}：{word(f'verdict.{result.verdict}')}{left}")


def _teller(say: Say) -> OnStep:
    def on_step(step: str, actor: Actor, subject: Subject) -> None:
        kind = _table(subject)
        name = {"fill": "carbon.step.fill", "carry_out": "certificate.step.suspend"}.get(
            step, f"{kind}.step.{step}"
        )
        say(f"{clock.today()}  {word(name)}  {actor.label}  {_url()}{_page(actor, kind, subject)}")

    return on_step


def _page(actor: Actor, kind: str, subject: Subject) -> str:
    case = getattr(subject, "application_id", subject.id)
    if kind in ("suspension_batch", "test_report"):
        place = {"suspension_batch": "evidence/batches", "test_report": "reports"}[kind]
        return f"/certification/{place}/{subject.id}"
    pages = {
        "manufacturer": f"/certification/applications/{case}",
        "certification_body": f"/certification/reviews/{case}",
        "testing_body": f"/certification/laboratory/samples/{subject.id}",
    }
    return pages[actor.kind]


def _table(subject: Subject) -> str:
    return str(getattr(subject, "__tablename__", ""))


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
