"""The roads of a complaint and of a report (市场监督管理投诉举报处理暂行办法, 2022).  Pure.

A complaint is a consumer's and is mediated; anybody's hint at a violation is a report and is checked.
The law's days stand in DAYS, with the article; the 15 days of an ordinary report are from the general
rules of procedure, as remembered, and say so.
"""

from typing import TYPE_CHECKING

from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from oversight.models import Complaint, ViolationReport

SUBJECTS = ("body", "holder", "product", "laboratory", "other")  # whom one may bring something about

# name -> (working days, source)
DAYS = {
    "complaint_acceptance": (7, "市场监督管理投诉举报处理暂行办法第十四条"),
    "mediation": (45, "市场监督管理投诉举报处理暂行办法第二十一条第（五）项"),
    "complaint_notice": (7, "市场监督管理投诉举报处理暂行办法第二十一条"),
    "report_check": (15, "行政处罚程序规定（条款待核）"),
    "report_extension": (15, "行政处罚程序规定（条款待核）"),
    "report_notice": (5, "市场监督管理投诉举报处理暂行办法第三十一条"),
}


def nobody_handles_it(grievance: "Complaint | ViolationReport", _actor: Actor) -> str | None:
    return "handler-named" if grievance.handler_id else None


def handled_by_me(grievance: "Complaint | ViolationReport", actor: Actor) -> str | None:
    return None if grievance.handler_id == actor.id else "not-the-handler"


def not_extended(report: "ViolationReport", _actor: Actor) -> str | None:
    return "report-extended-once" if report.extended else None


def reporter_unnamed(grievance: "Complaint | ViolationReport", _actor: Actor, facts: Facts) -> str | None:
    """Reasons and answers go into the record and to others; who reported does not (art. 33)."""
    texts = [facts.get(name) or "" for name in ("reason", "answer")]
    return "reporter-named" if any(grievance.names_reporter(text) for text in texts) else None


WITH_REASON = (reason_given, reporter_unnamed)
WITH_ANSWER = (needs("answer-missing", "answer"), reporter_unnamed)

COMPLAINT = Machine(
    "complaint", "received",
    step("take_on", "received", "received", "regulator", nobody_handles_it),
    step("accept", "received", "accepted", "regulator", handled_by_me),
    step("decline", "received", "declined", "regulator", handled_by_me, demands=WITH_REASON),
    step("refer", "accepted", "accepted", "regulator", handled_by_me, demands=WITH_REASON),
    step("settle", "accepted", "settled", "regulator", handled_by_me, demands=WITH_REASON),
    step("end", "accepted", "ended", "regulator", handled_by_me, demands=WITH_REASON),
    step("tell", "declined|settled|ended", "closed", "regulator", handled_by_me, demands=WITH_ANSWER),
)  # fmt: skip

REPORT = Machine(
    "violation_report", "received",
    step("take_on", "received", "checking", "regulator", nobody_handles_it),
    step("extend", "checking", "checking", "regulator", handled_by_me, not_extended, demands=WITH_REASON),
    step("refer", "checking", "checking", "regulator", handled_by_me, demands=WITH_REASON),
    step("open_case", "checking", "case_opened", "regulator", handled_by_me, demands=WITH_REASON),
    step("open_no_case", "checking", "no_case", "regulator", handled_by_me, demands=WITH_REASON),
    step("tell", "case_opened|no_case", "closed", "regulator", handled_by_me, demands=WITH_ANSWER),
)  # fmt: skip

MACHINES = (COMPLAINT, REPORT)
