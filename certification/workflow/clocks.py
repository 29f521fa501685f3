"""Every deadline of the house as a row of one table (certification-rules 6.7).

A row says of a clock: on which thing it runs, which steps start, stop and void it, what makes it
stand still and who causes that, how many days of which unit it has by default, and where that
number comes from.  A scheme's `clocks` may state other days, unit and source under the same name.
The sums are done in `ledger`; the rows follow the steps in certification/clocks/operations/clocks.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from certification.workflow import parts
from certification.workflow.appeal import CLOCKS as APPEALS
from certification.workflow.complaint import NO_RULE as NO_RULE_FOR_COMPLAINTS
from certification.workflow.nonconformity import WAITING
from certification.workflow.proposal import NO_RULE_FOR_ORDERS, ordered
from certification.workflow.sample import AT_THE_LABORATORY, awaits_client

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance
    from certification.application.models import Application
    from certification.evaluation.models import Nonconformity

# What counts as a gap in service, and how many whole working days the system waits after one before it
# ends or worsens anything: the house's own promise, no rule was found.
LONGEST_SILENCE = timedelta(minutes=5)
WAIT_AFTER_A_GAP = 1

NO_RULE = "规则参数：未见全国统一规定"  # scheme parameter, no national figure found
GREEN = "参照绿色建材产品认证"


# Who may give more time, when a row names nobody: never those whose time it is.
EXTENDERS = {
    "client": frozenset({"application_reviewer", "case_officer", "lead_verifier"}),
    "laboratory": frozenset({"case_officer"}),
    "body": frozenset({"head_of_body"}),
    "regulator": frozenset({"regulator"}),
}

# Of the thing a clock runs on; which type that is, `on` says by the name of its machine.
Holds = Callable[[Any], bool]  # see above
Of = Callable[[Any], Any]  # from one thing to another, likewise
DayOf = Callable[[Any], date | None]  # likewise


@dataclass(frozen=True)
class Pause:
    """The clock stands still while `during(thing)` holds; `cause` is client, laboratory or body."""

    reason: str
    cause: str
    during: Holds


@dataclass(frozen=True)
class Rule:
    """One clock.  Steps are "kind.step"; `of` finds the thing from the subject of the starting step.

    `owner`: whose time it is (client, laboratory, body).  `first`: "next" when the day of the event is
    not counted, "same" when it is.  `fixed`: the fact of the starting step that may name the day.
    `mirror`: the attribute of the thing that repeats the day it is due, for the tables of the law.
    `since`: the day of the event, when it is another than that of the step.  `term`: whether something
    is to be done by then (core.calendar.count.TERMS); a scheme may state another.
    `extenders`: the roles that may give more days, at most `longest` in all.
    """

    name: str
    on: str
    starts: frozenset[str]
    stops: frozenset[str]
    voids: frozenset[str]
    days: int
    unit: str
    source: str
    owner: str = "body"
    first: str = "next"
    pauses: tuple[Pause, ...] = ()
    when: Holds = lambda _thing: True
    of: Of = lambda subject: subject
    since: DayOf = lambda _thing: None
    term: str = "act"
    fixed: str = ""
    mirror: str = ""
    extenders: frozenset[str] = frozenset()
    longest: int | None = None

    @property
    def may_extend(self) -> frozenset[str]:
        return self.extenders or EXTENDERS[self.owner]


def clock(
    name: str,
    *,
    on: str,
    start: str,
    stop: str,
    void: str = "",
    extend: str = "",
    **more: Any,  # further fields of Rule
) -> Rule:
    """Write one row; alternatives are parted by a bar, a step without a kind is one of the thing itself."""
    extenders = frozenset(extend.split("|")) - {""}
    return Rule(name, on, _steps(on, start), _steps(on, stop), _steps(on, void), extenders=extenders, **more)


def _steps(on: str, names: str) -> frozenset[str]:
    return frozenset(name if "." in name else f"{on}.{name}" for name in names.split("|") if name)


def in_state(*states: str) -> Holds:
    return lambda thing: thing.state in states


def client_owes_answer(case: "Application") -> bool:
    return any(finding.state in WAITING for finding in case.nonconformities)


def documents_sent_back(case: "Application") -> bool:
    return case.state == "evaluating" and parts.documents(case).failed


def at_the_laboratory(case: "Application") -> bool:
    return any(sample.state in AT_THE_LABORATORY for sample in case.samples)


def client_owes_sample(case: "Application") -> bool:
    return any(awaits_client(sample) for sample in case.samples)


def documents_pass(case: "Application") -> bool:
    return parts.documents(case).met


def site_passes(case: "Application") -> bool:
    return parts.site(case).met


def visit_ended(case: "Application") -> date | None:
    """Whoever types the record in late does not gain the days in between."""
    return case.site.ended_on if case.site else None


def all_answered(check: "Surveillance") -> bool:
    """Whether the holder owes no answer to what a follow-up check found."""
    return not any(finding.awaits_client for finding in check.findings)


def graded(grade: str) -> Holds:
    return lambda finding: finding.grade == grade


def newest_finding(subject: "Application | Nonconformity") -> "Nonconformity":
    """The finding a case has just been given, or the one that was just found graver."""
    return subject.nonconformities[-1] if hasattr(subject, "nonconformities") else subject


CLIENT_CORRECTS = (
    Pause("documents_sent_back", "client", documents_sent_back),
    Pause("nonconformity", "client", client_owes_answer),
)
TESTING = (
    Pause("sample_awaited", "client", client_owes_sample),
    Pause("testing", "laboratory", at_the_laboratory),
)
ENDED = "terminate|recall"

CLOCKS = (
    clock("acceptance", on="application", start="submit|readmit|reinstate", stop="accept|decline", void=ENDED,
          days=10, unit="working", source=NO_RULE,
          pauses=(Pause("correction", "client", in_state("correcting")),)),
    clock("correction", on="application", start="correct|reinstate", stop="resubmit|terminate", void="recall",
          days=30, unit="calendar", source=NO_RULE, owner="client", fixed="due", mirror="correction_due"),
    clock("acceptance_to_certificate", on="application", start="accept", stop="issue|refuse|veto", void=ENDED,
          days=90, unit="calendar", source=f"{GREEN}：受理至发证 90 天，等待企业与检测的时间不计",
          pauses=(*CLIENT_CORRECTS, *TESTING)),
    clock("site_after_documents", on="application", start="review_documents", when=documents_pass,
          stop="verify_site", void=f"review_documents|report_failure|finish|{ENDED}",
          days=30, unit="working", source=f"{GREEN}：文件评审后 30 个工作日内现场检查",
          pauses=CLIENT_CORRECTS),
    clock("site_to_certificate", on="application", start="verify_site", when=site_passes,
          since=visit_ended,
          stop="issue|refuse|veto", void=f"verify_site|report_failure|{ENDED}",
          days=30, unit="calendar", source="低碳产品认证惯例：现场核查通过后 30 天内发证",
          pauses=(*CLIENT_CORRECTS, *TESTING)),
    clock("approval_to_certificate", on="application", start="grant", stop="issue",
          void=f"fall_back|return_decision|veto|{ENDED}",
          days=5, unit="working",
          source="参照绿色产品认证规则（CNCA-CGP-09）：批准后原则上 5 个工作日内发证"),
    clock("nonconformity_minor", on="nonconformity", start="application.raise|reinstate",
          when=graded("minor"), stop="close|withdraw_finding",
          void="escalate|application.recall|application.terminate|application.refuse",
          days=30, unit="calendar", source=NO_RULE, owner="client", mirror="due", of=newest_finding,
          pauses=(Pause("answer_examined", "body", in_state("answered")),)),
    clock("nonconformity_major", on="nonconformity", start="application.raise|escalate|reinstate",
          when=graded("major"), stop="close|withdraw_finding",
          void="reinstate|application.recall|application.terminate|application.refuse",
          days=15, unit="calendar", source=NO_RULE, owner="client", mirror="due", of=newest_finding,
          pauses=(Pause("answer_examined", "body", in_state("answered")),)),
    clock("appeal_handling", on="appeal", start="file", stop="decide|reject",
          days=APPEALS["appeal_handling"]["days"], unit=APPEALS["appeal_handling"]["unit"],
          source=APPEALS["appeal_handling"]["source"], mirror="due_on"),
    clock("complaint_acknowledgement", on="body_complaint", start="file", stop="acknowledge|set_aside",
          days=5, unit="working", source=NO_RULE_FOR_COMPLAINTS, mirror="due_on"),
    clock("complaint_answer", on="body_complaint", start="acknowledge", stop="answer",
          days=60, unit="calendar", source=NO_RULE_FOR_COMPLAINTS, mirror="due_on"),
    clock("status_order", on="status_proposal", start="propose", when=ordered, stop="carry_out|decline",
          void="lapse", days=10, unit="working", source=NO_RULE_FOR_ORDERS, fixed="due", mirror="due_on",
          extend="regulator"),
    clock("check_order", on="surveillance", start="order", stop="conduct|decline_order", void="lapse",
          days=30, unit="calendar", source=NO_RULE_FOR_ORDERS, fixed="due", mirror="due", extend="regulator"),
    clock("surveillance_correction", on="surveillance", start="require", stop="pass", void="fail|lapse",
          days=30, unit="calendar", source=NO_RULE, owner="client", fixed="due", mirror="correction_due",
          pauses=(Pause("answer_examined", "body", all_answered),)),
)  # fmt: skip

BY_NAME = {rule.name: rule for rule in CLOCKS}
