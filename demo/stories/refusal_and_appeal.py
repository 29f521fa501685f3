"""Two nonconformities, a refusal with reasons, an appeal heard by other hands, and what came of it."""

from dataclasses import replace
from datetime import timedelta

from flask import current_app

from accounts.actor import Actor
from certification.acts import papers
from certification.acts import queries as questions
from certification.acts.models import Appeal, WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.application.models import Application
from certification.certificate.models import Certificate
from core import clock, lifecycle
from core.db import db
from core.machine import Subject
from core.words import word
from demo import papers as evidence
from demo import products
from demo.cast import Cast
from demo.load import furnish
from demo.road import OnStep, Product, Road, Say, site_record

LEAD = timedelta(days=80)  # so long ago the case begins, for its appeal to be over today
CLIENT = "tile1"

FINDINGS = (
    {"anchor": "evidence_reliability", "grade": "minor", "fact": "原料运输缺 2025 年第三季度的里程记录。"},
    {"anchor": "energy_monitoring", "grade": "major", "fact": "窑炉天然气表超过检定周期。"},
)
REFUSED = "两项不符合在期限内没有证据证明已经整改，活动数据不能证明可靠。"
GROUNDS = "两项整改的证据在决定前已经备齐，因联系人变更没有及时上传；现一并提交，请求重新评价。"
FOUND = "核对了企业提交的里程记录和检定证书，形成日期均在认证决定之前。"
ANNULLED = "整改事实在决定前已经存在，应当在评价后再作决定。"


def refusal_and_appeal(say: Say) -> dict[str, object]:
    cast = furnish()
    db.session.commit()
    start, said = clock.today() - LEAD, _teller(say)
    with clock.travel(start):
        road = refused(cast, said)
    act = _act(road.application, "refusal")
    _show(act, say)
    with clock.travel(start + timedelta(days=10)):
        appeal = file_appeal(act, cast.holder(CLIENT, "applicant"), GROUNDS)
        said("file", cast.holder(CLIENT, "applicant"), appeal)
    with clock.travel(start + timedelta(days=30)):
        hear(cast, appeal, said)
    _show(_act(road.application, "appeal_decision"), say)
    say(f"后果：{word(f'application.state.{road.application.state}')}；原决定保留在案卷，不再有效")
    with clock.travel(start + timedelta(days=45)):
        decide_anew(road)
    db.session.commit()
    return _told(road.application, appeal, act)


def tile(name: str = "抛釉砖（申诉演示）") -> Product:
    return replace(next(products.invented(1)), client=CLIENT, name=name)


def refused(cast: Cast, on_step: OnStep = lambda *_: None, product: Product | None = None) -> Road:
    """A case that was refused for two nonconformities nobody had mended."""
    road = Road(cast, product or tile(), on_step=on_step)
    road.to("evaluating")
    road.take("review_documents", "document_reviewer", result="pass", findings="数据与证据基本一致。")
    road.test()
    for finding in FINDINGS:
        road.take("raise", "lead_verifier", **finding)
    visit(road, "fail", "两项不符合没有整改，不能证明数据可靠。")
    road.take("report_failure", "lead_verifier", reason="两项不符合没有整改。")
    road.take("recommend", "technical_reviewer", recommendation="refuse", text="不符合项没有关闭。")
    road.take("refuse", "decision_maker", signed=True, reason=REFUSED)
    db.session.commit()
    return road


def visit(road: Road, conclusion: str, summary: str) -> None:
    """A visit that found both findings, and how it ended."""
    record = site_record(road.application) | {"conclusion": conclusion, "summary": summary}
    for item in record["items"]:
        found = {finding["anchor"]: finding for finding in FINDINGS}.get(item["slug"])
        item |= {"finding": found["grade"], "note": found["fact"]} if found else {}
    road.take("verify_site", "lead_verifier", **record)


def hear(cast: Cast, appeal: Appeal, on_step: OnStep) -> None:
    """Somebody of the body who took no step in the case hears the appeal, and annuls the refusal."""
    officer = cast.holder("cb", "appeals_officer")
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("accept", {}),
        ("investigate", {"findings": FOUND}),
        ("decide", {"outcome": "annulled", "reason": ANNULLED, "signed": True}),
    )
    for step, facts in steps:
        lifecycle.take(appeal, step, officer, **facts)
        on_step(step, officer, appeal)
    db.session.commit()


def decide_anew(road: Road) -> None:
    """The reviewer sends the case back, the findings are mended and closed, and a new decision is made."""
    road.take("return", "technical_reviewer", reason="按申诉决定，评价两项整改证据。")
    for finding in road.application.nonconformities:
        kept = evidence.stored("other")
        facts = {"evidence": kept.digest, "evidence_name": "整改证据.pdf"}
        road.take("answer", "applicant", finding, answer="已整改，证据见附件。", **facts)
        road.take("close", "lead_verifier", finding, reason="证据充分，予以关闭。")
    visit(road, "pass_after_correction", "现场复核：两项不符合都已整改。")
    road.finish()
    road.to("certified")


def _act(application: Application, kind: str) -> WrittenAct:
    query = db.session.query(WrittenAct).filter_by(application_id=application.id, kind=kind)
    return query.order_by(WrittenAct.id.desc()).limit(1).one()


def _show(act: WrittenAct, say: Say) -> None:
    said = questions.said(act)
    say(f"文书 {word(f'act.{act.kind}')} {act.number}，送达 {act.served_on}")
    for reason in said["reasons"]:
        say(f"   {reason['on']}：{reason['text']}")
    if act.appeal_until:
        say(f"   可以申诉至 {act.appeal_until}")
    papers.draw(act.id)  # what its job would do; others may wait in the queue
    db.session.commit()
    say(f"   PDF {_url()}/certification/acts/{act.number}.pdf")


def _told(application: Application, appeal: Appeal, act: WrittenAct) -> dict[str, object]:
    certificate = db.session.query(Certificate).filter_by(application_id=application.id).one()
    return {
        "story": "refusal-and-appeal",
        "application": application.number,
        "act": act.number,
        "appeal": appeal.number,
        "outcome": appeal.outcome,
        "certificate": certificate.number,
    }


def _teller(say: Say) -> OnStep:
    def on_step(step: str, actor: Actor, subject: Subject) -> None:
        kind, case = _table(subject), getattr(subject, "application_id", subject.id)
        page = f"/certification/appeals/{subject.id}" if kind == "appeal" else _page(actor, case, subject)
        name = "carbon.step.fill" if step == "fill" else f"{kind}.step.{step}"
        say(f"{clock.today()}  {word(name)}  {actor.label}  {_url()}{page}")

    return on_step


def _page(actor: Actor, case: int, subject: Subject) -> str:
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
