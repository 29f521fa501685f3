"""What the pages of the body ask: whose turn it is, what is done, what is open, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import not_

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import application, visible
from certification.clocks import queries as clocks
from certification.clocks.models import Clock
from certification.evaluation.models import Nonconformity
from certification.questions.queries import said
from certification.workbench.queries.queue import PRESSING
from certification.workbench.queries.turns import concerns, holders_of, is_theirs
from certification.workflow import certificate
from certification.workflow import parts as law
from certification.workflow.application import SECTIONS
from certification.workflow.purpose import VERSIONS
from certification.workflow.site import checks_of
from core import lifecycle
from core.clock import SHANGHAI, today
from core.web import Page, paginate

TABS = ("summary", "parties", "inventory", "files", "tests", "site", "history")

# The way of a case as a row of milestones: which steps reach each, and which states lie before it.
MILESTONES = {
    "submit": (("submit",), ("draft",)),
    "accept": (("accept",), ("submitted", "correcting")),
    "sign": (("sign",), ("accepted",)),
    "evaluate": (("finish", "report_failure"), ("contracted", "evaluating")),
    "recommend": (("recommend",), ("in_review",)),
    "decide": (("grant", "refuse", "veto"), ("pending_decision",)),
    "issue": (("issue",), ("granted", "countersigned")),
}


# By which steps a case goes back to those who had handed it on.
RETURNS = ("return", "return_to_review", "return_to_evaluation", "return_decision")


@dataclass(frozen=True)
class Way:
    """How far a case has come: (milestone, moment it was reached or None), and the one it is on."""

    reached: list[tuple[str, datetime | None]]
    current: int  # the number of milestones when none lies ahead, -1 when the case ended on the way


@dataclass(frozen=True)
class Line:
    """One case of the to-do list: who holds it (keys of words), how long, and whether the asker does."""

    application: Application
    holders: list[str]
    days: int
    mine: bool
    clock: Clock | None = None  # the one that presses most, of those that are not the client's


@dataclass(frozen=True)
class Part:
    """One part of the evaluation: `verdict` is the key of a word, or "" while there is none."""

    name: str
    verdict: str
    who: str
    on: date | None
    passed: bool
    text: str = ""
    open: list[str] = field(default_factory=list)
    checked: Sequence[Mapping[str, str]] = ()  # what was looked at, item by item, in the words of its day


def inbox(actor: Actor, *, mine: bool, page: int = 1, size: int = 20) -> Page[Line]:
    """待办: the cases that are the actor's to move on, or those of the actor's list that wait for others;
    the nearest day first, then what has stood longest.  The items are Lines."""
    turn = is_theirs(actor)
    query = visible(actor).where(concerns(actor), turn if mine else not_(turn))
    found = paginate(clocks.by_pressure(query, *PRESSING), page, size, "mine" if mine else "waiting")
    turns, pressing = holders_of(found.items), clocks.nearest(found.items, *PRESSING)
    lines = [_line(case, turns[case.id], pressing.get(case.id), mine) for case in found.items]
    return Page(lines, found.number, found.size, found.total, found.name)


def _line(case: Application, turn: list[str], clock: Clock | None, mine: bool) -> Line:
    return Line(case, turn, days_since(case.updated_at), mine, clock)


def days_since(moment: datetime) -> int:
    return (today() - moment.astimezone(SHANGHAI).date()).days


def timeline(actor: Actor, case: Application) -> list[lifecycle.StepTaken]:
    """Every step taken on the case and on what belongs to it, oldest first."""
    application(actor, case.id)
    steps = lifecycle.history("application", case.id)
    steps += lifecycle.history("sample", *(sample.id for sample in case.samples))
    steps += lifecycle.history("nonconformity", *(finding.id for finding in case.nonconformities))
    steps += lifecycle.history("question", *(question.id for question in case.questions))
    return sorted(steps, key=lambda step: (step.at, step.id))


def way(case: Application, steps: list[lifecycle.StepTaken]) -> Way:
    """The milestones of a case, from its steps; what was reached and left again is not reached."""
    taken = {step.step: step.at for step in steps if step.kind == "application"}
    names = list(MILESTONES)
    before = [index for index, name in enumerate(names) if case.state in MILESTONES[name][1]]
    current = before[0] if before else (len(names) if case.is_certified else -1)
    ended = current == -1
    reached = [
        (name, max((taken[step] for step in MILESTONES[name][0] if step in taken), default=None))
        for name in names
    ]
    return Way(
        [(name, at if ended or index < current else None) for index, (name, at) in enumerate(reached)],
        current,
    )


def last_return(steps: list[lifecycle.StepTaken]) -> lifecycle.StepTaken | None:
    """Why a case came back to those who had handed it on; None when it did not, or has gone on again."""
    own = [step for step in steps if step.kind == "application"]
    moves = [step for step in own if step.source != step.target]
    return moves[-1] if moves and moves[-1].step in RETURNS else None


def parts(case: Application) -> list[Part]:
    """The parts an evaluation consists of, each with its conclusion, in the order they are done."""
    evaluated = (_documents(case), _questions(case), _tests(case), _site(case), _findings(case))
    return [_acceptance(case), *evaluated, _verification(case), _review(case)]


def told(case: Application) -> list[Part]:
    """The parts that were evaluated, as the applicant reads them once the decision is told; none before.

    What the body wrote for itself, when it accepted and when it reviewed, is not among them.
    """
    evaluated = (_documents, _tests, _site, _findings, _verification)
    return [part(case) for part in evaluated] if case.tells_decision else []


def _acceptance(case: Application) -> Part:
    on, said = case.acceptance.get("on"), case.acceptance.get("said")
    accepted = bool(case.acceptance)
    return Part(
        "acceptance",
        "result.pass" if accepted else "",
        "",
        date.fromisoformat(on) if isinstance(on, str) else None,
        accepted,
        checked=said if isinstance(said, list) else (),
    )


def _documents(case: Application) -> Part:
    stands, review = law.documents(case), case.document_review
    if review is None:
        return _not_yet("documents", stands)
    on = review.reviewed_at.astimezone(SHANGHAI).date()
    return Part(
        "documents",
        f"result.{review.result}",
        review.reviewer,
        on,
        stands.met,
        review.findings,
        checked=review.items,
    )


def _tests(case: Application) -> Part:
    stands, reports = law.tests(case), case.reports
    names = {item["slug"]: item["name"] for item in case.scheme.tests}
    missing = [names[item] for item in stands.lacking]
    if not names:
        return Part("tests", "part.not_required", "", None, True)
    if not reports:
        return replace(_not_yet("tests", stands), open=missing)
    return Part(
        "tests",
        "result.pass" if stands.met else "result.fail",
        reports[-1].laboratory.name,
        reports[-1].issued_on,
        stands.met,
        "、".join(report.number for report in reports),
        missing,
    )


def _site(case: Application) -> Part:
    stands, site = law.site(case), case.site
    if site is None:
        return _not_yet("site", stands)
    return Part("site", f"conclusion.{site.conclusion}", site.lead, site.ended_on, stands.met, site.summary)


def _findings(case: Application) -> Part:
    stands, numbers = law.findings(case), [finding.number for finding in case.nonconformities]
    verdict = "part.all_closed" if stands.met else "part.still_open"
    shown = verdict if numbers else "part.none_raised"
    return Part("findings", shown, "", None, stands.met, "、".join(numbers), [*stands.lacking])


def _questions(case: Application) -> Part:
    stands = law.questions(case)
    verdict = "part.all_settled" if stands.met else "part.still_asked"
    shown = verdict if stands.planned else "part.none_asked"
    left = [each.message for each in said(case) if each.question.slug in stands.lacking]
    return Part("questions", shown, "", None, stands.met, "", left)


def _verification(case: Application) -> Part:
    stands, given = law.verification(case), case.opinion
    if given is None:
        return _not_yet("verification", stands)
    on = given.given_at.astimezone(SHANGHAI).date()
    return Part("verification", f"opinion.{given.opinion}", given.given_by, on, stands.met, given.text)


def _not_yet(name: str, stands: law.Part) -> Part:
    """A part nothing is recorded of: still to come, or left out by the plan."""
    return Part(name, "" if stands.planned else "part.not_planned", "", None, stands.met)


def _review(case: Application) -> Part:
    review = case.review
    if review is None:
        return Part("review", "", "", None, False)
    on = review.reviewed_at.astimezone(SHANGHAI).date()
    agreed = review.recommendation == "grant"
    verdict = f"recommendation.{review.recommendation}"
    return Part("review", verdict, review.reviewer, on, agreed, review.text, checked=review.items)


@dataclass(frozen=True)
class Validity:
    """From when till when a certificate would hold that is signed today, and which days would have none."""

    first: date
    last: date
    gap: tuple[date, date] | None


def validity(case: Application) -> Validity:
    if case.about and case.purpose in VERSIONS:
        return Validity(case.about.begins_on, case.about.valid_to, None)
    first, last = certificate.validity(today(), case.scheme.validity_years, case.about)
    return Validity(first, last, certificate.gap(first, case.about))


def anchors(case: Application) -> list[str]:
    """What a nonconformity may hang on: the sections, the checks of the visit, the files, the rows."""
    files = [f"file:{file.kind}" for file in case.current_files]
    rows = [f"row:{row['name']}" for row in case.footprint.rows] if case.footprint else []
    return [*SECTIONS, *checks_of(case, "site"), *dict.fromkeys(files), *rows]


def note_of(case: Application, anchor: str) -> str:
    """What the visit wrote down at a check, to begin a nonconformity with."""
    items = case.site.items if case.site else ()
    return next((item["note"] for item in items if item["slug"] == anchor), "")


def raised_at(case: Application, anchor: str) -> list[Nonconformity]:
    """The nonconformities that hang on one place."""
    return [finding for finding in case.nonconformities if finding.anchor == anchor]
