"""What came after a decision in the demonstration: checks, an appeal, what the public brought."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.actor import Actor
from certification.acts.models import WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.aftercare.models import Surveillance
from certification.aftercare.operations.proposals import request_status
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.complaints import operations as complaints
from certification.laboratory.models import Sample
from certification.late.operations import answer_late, file_late
from certification.messages import operations as messages
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.db import db
from demo import papers
from demo.cast import Cast
from demo.road import Road
from oversight import operations as oversight

INTO_THE_WINDOW = timedelta(days=90)  # so long after its window opened a check was made


def check_what_was_due(cast: Cast) -> None:
    """Every certificate that is old enough had its first follow-up check, and conformed."""
    opened = clock.today() - INTO_THE_WINDOW
    planned = select(Surveillance).where(Surveillance.is_planned, Surveillance.window_from < opened)
    for row in db.session.scalars(planned).all():
        with clock.travel(row.window_from + INTO_THE_WINDOW):
            _check(cast, row)
        db.session.commit()


def _check(cast: Cast, row: Surveillance) -> None:
    today, days = clock.today(), Decimal(1)
    lead, officer, decider = (
        cast.actor_of(row.certificate.body_id, role)
        for role in ("lead_verifier", "case_officer", "decision_maker")
    )
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in CHECKS]
    record = {"items": items, "conducted_on": today, "person_days": days, "summary": "产品与证书一致。"}
    lifecycle.take(row, "notify", officer, team=[(lead.id, "lead_verifier")], on=today, person_days=days)
    lifecycle.take(row, "conduct", lead, **record, **_footprint(row))
    lifecycle.take(row, "pass", decider, reason="跟踪检查合格。")


def _footprint(row: Surveillance) -> dict[str, object]:
    """Of the year before, where the rule has one reported every year: nothing has changed."""
    certificate, year = row.certificate, clock.today().year - 1
    if not certificate.scheme.rules.surveillance.yearly_footprint:
        return {}
    span = {"footprint_from": date(year, 1, 1), "footprint_to": date(year, 12, 31)}
    return span | dict.fromkeys(("footprint_declared", "footprint_verified"), certificate.carbon)


def appeal(cast: Cast, road: Road) -> None:
    """The client of a refused case objects; the appeals officer finds it waiting."""
    refusal = select(WrittenAct).filter_by(application_id=road.application.id, kind="refusal")
    holder = cast.holder(road.product.client, "applicant")
    grounds = "差额来自上一年度的结算补差，对账单现已取得，请求重新核对。"
    file_appeal(db.session.scalars(refusal).one(), holder, grounds)


def bring_to_the_regulator() -> None:
    """A consumer's complaint, and a report by somebody who gave no name."""
    oversight.file_complaint(
        True,
        "演示消费者",
        "consumer@demo.example",
        about_kind="product",
        about="抛釉砖（演示）",
        text="包装上的碳标签扫码后显示的型号与实物不一致。",
    )
    oversight.file_report(
        about_kind="holder",
        about="演示企业",
        text="证书暂停后，展厅里的宣传页仍在使用低碳标志。",
    )


def write_to_each_other(cast: Cast) -> None:
    """What the sides of a case with a sample wrote, and a note of the body for itself."""
    sampled = select(Sample).join(Sample.application).where(Application.is_evaluating).order_by(Sample.id)
    sample = db.session.scalars(sampled).first()
    assert sample is not None  # cases wait with a sample in every state
    case = sample.application
    body, lead = case.body_id, cast.actor_of(case.body_id, "lead_verifier")
    holder = cast.actor_of(case.applicant_id, "applicant")
    laboratory = f"laboratory-{sample.laboratory_id}"
    said: list[tuple[Actor, str, str]] = [
        (lead, "applicant", "第 3 行抛光线用电漏计 6 月至 9 月，请补抄表记录。"),
        (holder, "applicant", "收到。3# 配电室是 6 月新增的，旧台账里没有。"),
        (cast.actor_of(body, "case_officer"), "internal", "3# 配电室在原方案里没有覆盖，要补看。"),
        (lead, laboratory, "请在报告里写明环境条件。"),
        (cast.actor_of(sample.laboratory_id, "sample_receiver"), laboratory, "已转告检测员。"),
    ]
    for actor, to, text in said:
        messages.send(case, actor, to, text)
    messages.send(case, holder, "applicant", "抄表记录见附件。", [papers.paper("other")])


def type_a_day_late(cast: Cast) -> None:
    """A visit of yesterday is shown by its attendance list, and a second person has confirmed it."""
    sampled = select(Sample).join(Sample.application).where(Application.is_evaluating).order_by(Sample.id)
    sample = db.session.scalars(sampled).first()
    assert sample is not None  # as above
    case, day = sample.application, clock.today() - timedelta(days=1)
    lead, officer = (cast.actor_of(case.body_id, role) for role in ("lead_verifier", "case_officer"))
    paper = FileStorage(papers.paper("other")[0], "现场签到表.pdf")
    why = "演示：现场没有网络，次日补录；核查组一人的注册其间期满。"
    entry = file_late(case, lead, first=day, last=day, reason=why, document=paper)
    answer_late(entry, officer, confirmed=True, answer="演示：签到表日期、人员与行程单一致。")


def ask_to_restore(cast: Cast) -> None:
    """A holder asks for the restoration of its certificate; a verifier has looked, and a decision is due."""
    query = select(Certificate).where(Certificate.valid_to >= clock.today()).order_by(Certificate.id)
    suspended = next(row for row in db.session.scalars(query) if row.is_suspended and row.stands)
    holder = cast.actor_of(suspended.holder_id, "applicant")
    asked = request_status(suspended, holder, "restore", "演示：已按要求整改，检定证书齐全")
    proof, verifier = papers.stored("other"), cast.actor_of(suspended.body_id, "lead_verifier")
    said = {
        "verdict": "confirmed",
        "verified_on": clock.today(),
        "verification": "演示：到场看过，整改属实。",
    }
    lifecycle.take(asked, "verify", verifier, evidence=proof.digest, evidence_name=proof.name, **said)


def complain(cast: Cast) -> None:
    """Somebody complains about a label; the body has it waiting."""
    certificate = db.session.scalars(select(Certificate).order_by(Certificate.id)).first()
    assert certificate is not None
    text = "展厅里没有获证的型号也贴着这张证书的标签。"
    complaints.bring(certificate, subject="label", text=text, name="演示公众", contact="public@demo.example")
