"""What came after a decision in the demonstration: checks, an appeal, what the public brought."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from certification.acts.models import WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.aftercare.models import Surveillance
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.db import db
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
    lifecycle.take(row, "conduct", lead, **record)
    lifecycle.take(row, "pass", decider, reason="跟踪检查合格。")


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
