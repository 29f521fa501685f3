"""A certificate over three years: checked, changed, suspended, restored, recertified, withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from flask import current_app

from certification.aftercare.models import Surveillance
from certification.aftercare.operations.proposals import prepare_withdrawals, request_status
from certification.aftercare.operations.reminders import remind_of_expiry
from certification.application.models import Application
from certification.application.operations.applications import update_application
from certification.certificate.models import Certificate
from certification.certificate.operations.versions import open_case
from certification.label.operations.label_uses import record_use
from certification.label.operations.labels import request_label
from certification.workflow.purpose import recertification_until
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.db import db
from core.errors import Refused
from core.words import word
from demo import papers, products
from demo.cast import Cast
from demo.load import furnish
from demo.road import Road, Say

T = TypeVar("T")

SINCE = timedelta(days=1200)  # so long ago that everything that is told lies behind us
CLIENT = "tile5"  # a withdrawal bars its holder for a while; nobody else tells of this one


class Later(Road):
    """A case about a certificate, on the same road; `parts` is what the plan asks to be evaluated."""

    def __init__(
        self, before: Road, certificate: Certificate, purpose: str, parts: tuple[str, ...] = ()
    ) -> None:
        self.certificate, self.purpose, self.parts = certificate, purpose, parts
        super().__init__(before.cast, before.product, before.body, before.on_step)

    def _draft(self) -> Application:
        actor = self._holder("applicant")
        application = open_case(self.certificate, actor, self.purpose)
        self.on_step("create", actor, application)
        return application

    def _to_evaluating(self) -> None:
        if not self.parts:
            super()._to_evaluating()
            return
        team = [(self._holder(role).id, role) for role in ("document_reviewer", "lead_verifier")]
        why = "演示：只变更商标，产品与工艺不变"
        self.take("plan", "case_officer", team=team, parts=self.parts, parts_reason=why, laboratory_id=None)

    def _to_in_review(self) -> None:
        if not self.parts:
            super()._to_in_review()
            return
        self.take("review_documents", "document_reviewer", result="pass", findings="变更不影响碳足迹。")
        self.finish()


def life(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - SINCE
    db.session.commit()
    with clock.travel(start):
        product = replace(next(products.invented(1)), client=CLIENT, name="抛釉砖（一生演示）")
        road = Road(cast, product)
        road.to("certified")
        db.session.commit()
        certificate = issued(road)
        tell(say, "发证", certificate)
        use_label(road, certificate, say)
    first = certificate.surveillance[0]
    on(first.window_from + timedelta(days=60), say, check, road, first)
    on(start + timedelta(days=420), say, change, road, certificate)
    on(start + timedelta(days=480), say, suspend, road, certificate)
    on(start + timedelta(days=510), say, restore, road, certificate)
    second = next(row for row in certificate.surveillance if row.is_planned)
    on(second.window_from + timedelta(days=90), say, check, road, second)
    on(recertification_until(certificate), say, recertify, road, certificate)
    new = successor(certificate)
    withdraw(road, new, say)
    return {
        "story": "life",
        "certificate": certificate.number,
        "versions": certificate.edition,
        "replaced_by": new.number,
        "states": [certificate.state, new.state],
        "checks": [row.state for row in certificate.surveillance],
        "verify": f"{_url()}/verify/{new.number}",
    }


def on(day: date, say: Say, act: Callable[[Road, T, Say], None], road: Road, thing: T) -> None:
    with clock.travel(day):
        act(road, thing, say)
        db.session.commit()


def use_label(road: Road, certificate: Certificate, say: Say) -> None:
    """The register of uses begins with the licence."""
    holder = road._holder("applicant")
    licence = request_label(certificate, holder, "外包装与产品页")
    road.take("license", "label_officer", licence)
    record_use(
        certificate,
        holder,
        medium="packaging",
        place="外箱侧面",
        since=clock.today(),
        quantity=Decimal(12000),
    )
    db.session.commit()
    say(f"   标签已许可，登记用在外箱  {page(certificate)}")


def check(road: Road, row: Surveillance, say: Say) -> None:
    """A follow-up check that finds something small, which is corrected on evidence."""
    lead = road._holder("lead_verifier")
    facts: dict[str, object] = {
        "team": [(lead.id, "lead_verifier")],
        "on": clock.today(),
        "person_days": Decimal(1),
    }
    road.take("notify", "case_officer", row, **facts)
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in CHECKS]
    items[CHECKS.index("label_use")] |= {"finding": "minor", "note": "一处旧包装还印着旧商标"}
    record = {"items": items, "conducted_on": clock.today(), "person_days": Decimal(1)}
    road.take("conduct", "lead_verifier", row, **record, summary="产品一致，标签使用一处不符")
    due = clock.today() + timedelta(days=30)
    road.take("require", "decision_maker", row, reason="清理旧包装", due=due)
    evidence = papers.stored("other")
    facts = {"answer": "旧包装已销毁", "evidence": evidence.digest, "evidence_name": "销毁记录.pdf"}
    for finding in row.findings:
        road.take("answer", "applicant", finding, **facts)
        road.take("close", "lead_verifier", finding, reason="销毁照片与台账一致")
    road.take("pass", "decision_maker", row, reason="整改有效，认证继续有效")
    say(f"{clock.today()} 第 {row.ordinal} 次跟踪检查合格  {_url()}/certification/surveillance/{row.id}")


def change(road: Road, certificate: Certificate, say: Say) -> None:
    """A new trademark: number and last day stay, a second version is issued."""
    case = Later(road, certificate, "change", parts=("documents",))
    holder, application = road._holder("applicant"), case.application
    update_application(application, holder, application.version, trademark="云陶新")
    case.to("certified")
    say(f"{clock.today()} 变更  {_url()}/certification/applications/{application.id}")
    tell(say, f"   第 {certificate.edition} 版", certificate)


def suspend(road: Road, certificate: Certificate, say: Say) -> None:
    """The holder asks while nothing is produced; label and list follow at once."""
    until = clock.today() + timedelta(days=90)
    holder = road._holder("applicant")
    request_status(certificate, holder, "suspend", "演示：窑炉大修停产", until)
    facts = {"cause": "holder_request", "reason": "演示：应持证人申请", "until": until}
    road.take("suspend", "decision_maker", certificate, **facts)
    tell(say, "暂停", certificate)
    try:
        record_use(certificate, holder, medium="advertising", place="官网", since=clock.today())
    except Refused as refused:
        say(f"   暂停期间使用标签被拒绝：{refused.slug}")


def restore(road: Road, certificate: Certificate, say: Say) -> None:
    restore_on_request(road.cast, certificate)
    tell(say, "恢复", certificate)


def restore_on_request(cast: Cast, certificate: Certificate) -> None:
    """The holder asks, a verifier looks at what was corrected, and another than who suspended it decides."""
    holder = cast.actor_of(certificate.holder_id, "applicant")
    asked = request_status(certificate, holder, "restore", "演示：大修完成，计量设备已检定")
    proof, verifier = papers.stored("other"), cast.actor_of(certificate.body_id, "lead_verifier")
    said = {"verdict": "confirmed", "verified_on": clock.today(), "evidence": proof.digest}
    said |= {"verification": "演示：到场看过，检定证书齐全。", "evidence_name": "检定证书.pdf"}
    lifecycle.take(asked, "verify", verifier, **said)
    decider = cast.another(certificate.body_id, "decision_maker")
    lifecycle.take(certificate, "restore", decider, cause="corrected", reason="演示：核实后恢复")


def recertify(road: Road, certificate: Certificate, say: Say) -> None:
    """Everything is evaluated anew; the new certificate begins the day after the old one ends."""
    say(f"{clock.today()} 到期提醒 {remind_of_expiry()} 条")
    case = Later(road, certificate, "recertification")
    case.to("certified")
    say(f"{clock.today()} 再认证  {_url()}/certification/applications/{case.application.id}")
    tell(say, "   旧证书", certificate)
    tell(say, "   新证书", successor(certificate))


def withdraw(road: Road, certificate: Certificate, say: Say) -> None:
    """Suspended for what was found and not corrected: the clock prepares, a person decides."""
    with clock.travel(clock.today() - timedelta(days=40)):
        until = clock.today() + timedelta(days=20)
        facts = {"cause": "surveillance_finding", "reason": "演示：碳足迹数据无法核实", "until": until}
        road.take("suspend", "decision_maker", certificate, **facts)
        db.session.commit()
        tell(say, "暂停", certificate)
    with clock.travel(clock.today() - timedelta(days=10)):
        say(f"{clock.today()} 暂停期满，备好撤销 {prepare_withdrawals()} 件，等人决定  {page(certificate)}")
        facts = {"cause": "not_corrected", "reason": "演示：暂停期内没有整改"}
        road.take("withdraw", "decision_maker", certificate, **facts)
        db.session.commit()
        tell(say, "撤销", certificate)
    say(f"   等待期至 {certificate.waiting_until}，期间不能再申请同类产品")


def issued(road: Road) -> Certificate:
    return db.session.query(Certificate).filter_by(application_id=road.application.id).one()


def successor(certificate: Certificate) -> Certificate:
    """The one that the recertification brought."""
    assert certificate.replaced_by is not None
    return certificate.replaced_by


def tell(say: Say, what: str, certificate: Certificate) -> None:
    status = word(f"certificate.state.{certificate.state}")
    say(f"{clock.today()} {what}：{certificate.number} {status}，有效期至 {certificate.valid_to}")
    say(f"   {_url()}/verify/{certificate.number}")


def page(certificate: Certificate) -> str:
    return f"{_url()}/certification/certificates/{certificate.number}/life"


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
