"""What the printed lines of an edition are worth on a day, by the one verdict, and how many are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from catalog import queries as catalog
from certification.certificate.queries import lives
from certification.workflow.certificate import NOT_BEGUN, VALID
from core.clock import today
from core.db import db
from procurement import queries
from procurement.models import Edition, EditionLine
from procurement.objections import queries as objections
from procurement.rules import BARRED, LEFT, UNLIKE
from procurement.suspensions import queries as suspensions
from procurement.verdict.dated import Question
from procurement.verdict.judging import Verdict
from procurement.verdict.queries import MOST, verdicts


@dataclass(frozen=True)
class Tally:
    """An edition's lines by what they are worth on a day: in force, not begun, fallen.  `ahead` is a day to
    come, of which no more is known than what validity covers."""

    day: date
    total: int
    in_force: int
    waiting: int
    ahead: bool

    @property
    def fallen(self) -> int:
        return self.total - self.in_force - self.waiting


def on_day(lines: Sequence[EditionLine], day: date) -> dict[int, Verdict]:
    """By line: the verdict on its model under its certificate and category."""
    found: dict[int, Verdict] = {}
    for start in range(0, len(lines), MOST):
        some = lines[start : start + MOST]
        asked = [Question(each.number, each.model, day, category=each.category_code) for each in some]
        found |= {each.id: verdict for each, verdict in zip(some, verdicts(asked), strict=True)}
    return found


@dataclass(frozen=True)
class Alike:
    """Models of one product of which the same is said, with the verdict on the first of them."""

    models: tuple[str, ...]
    verdict: Verdict


def of_product(entry: catalog.Entry, day: date) -> list[Alike]:
    """What is said of a product's models; nothing of one that has no certificate."""
    if not entry.number:
        return []
    asked = [Question(entry.number, model, day) for model in list(entry.models)[:MOST]]
    alike: dict[tuple[tuple[str, str], ...], list[Verdict]] = {}
    for found in verdicts(asked):
        told = tuple((each.subject, each.ground) for each in found.findings)
        alike.setdefault((("overall", found.overall), *told), []).append(found)
    return [Alike(tuple(each.question.model for each in group), group[0]) for group in alike.values()]


def tally(of: Edition, day: date) -> Tally:
    """All counts of one screen."""
    found = Counter(each.stands for each in _worth(EditionLine.edition_id == of.id, day).values())
    return Tally(day, found.total(), found["in-force"], found["waiting"], ahead=day > today())


def listed(entries: Iterable[catalog.Entry], day: date | None = None) -> dict[int, str]:
    """Which of these products stand on the list in force that day and are worth it: entry id to its number.
    A product that was certified anew stands where a former certificate of it was printed."""
    day = day or today()
    current = queries.latest_published(day)
    numbers = {each.number: each.id for each in entries if each.number}
    if current is None or not numbers:
        return {}
    by_number = {number: {entry} for number, entry in numbers.items()}
    for number, before in lives.former(numbers).items():
        for each in before:
            by_number.setdefault(each, set()).add(numbers[number])
    printed = EditionLine.number.in_(by_number)
    found = _worth((EditionLine.edition_id == current.id) & printed, day)
    stand = {each.number for each in found.values() if each.stands == "in-force"}
    return {entry: current.number for number in stand for entry in by_number[number]}


def grace_of(number: str) -> str:
    """What the list in force says of open tenders, where it prints a certificate; else nothing."""
    current = queries.latest_published()
    return current.grace if current and current.grace and queries.line_of(current, number) else ""


def fallen(of: Edition, day: date) -> dict[int, str]:
    """By line: why it may not be printed any more.  What another certificate took over in peace still may."""
    found = _worth(EditionLine.edition_id == of.id, day)
    return {line: each.reason for line, each in found.items() if each.stands != "in-force"}


@dataclass(frozen=True)
class Worth:
    """What one printed line is worth: one of STANDS, and what it would be left out for."""

    number: str
    stands: str
    reason: str


def _worth(which: ColumnElement[bool], day: date) -> dict[int, Worth]:
    """By line.  A certificate that is as it was issued stands for each of its lines by its status; of one
    that was changed or followed, or whose maker is suspended, or that a correction
    struck, each line is asked about."""
    rows = db.session.execute(select(EditionLine.id, EditionLine.entry_id, EditionLine.number).where(which))
    every, asked_for = rows.all(), select(EditionLine.number).where(which)
    moved = lives.moved() | suspensions.suspended(day, among=asked_for)
    moved |= {each.number for each in objections.struck()}
    standings = catalog.standings({row.entry_id for row in every if row.number not in moved}, day)
    found = {
        row.id: Worth(row.number, *_by_status(standings[row.entry_id].status))
        for row in every
        if row.number not in moved
    }
    asked = _lines([row.id for row in every if row.number in moved])
    for line, verdict in on_day(asked, day).items():
        found[line] = Worth(verdict.question.number, verdict.stands, _reason(verdict))
    return found


def _by_status(status: str) -> tuple[str, str]:
    stands = "in-force" if status in VALID else "waiting" if status in NOT_BEGUN else "fallen"
    return stands, f"status-{status}"


def _reason(verdict: Verdict) -> str:
    if verdict.is_of_suspended:
        return BARRED
    if verdict.has_left_scope:
        return LEFT
    return UNLIKE if verdict.asked_stands else f"status-{verdict.asked_status}"


def _lines(ids: list[int]) -> list[EditionLine]:
    some = (ids[start : start + MOST] for start in range(0, len(ids), MOST))
    query = select(EditionLine)
    return [line for each in some for line in db.session.scalars(query.where(EditionLine.id.in_(each)))]
