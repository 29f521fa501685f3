"""What the printed lines of an edition are worth on a day, by the one verdict, and how many are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from catalog import queries as catalog
from certification.certificate.queries import lives
from certification.workflow.certificate import NOT_BEGUN
from core.clock import today
from core.db import db
from procurement import queries
from procurement.models import Edition, EditionLine
from procurement.rules import LEFT
from procurement.verdict.judging import Question, Verdict
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
    """All counts of one screen.  A certificate that is as it was issued stands for each of its lines by its
    status; of one that was changed or followed, each line is asked about."""
    query = select(EditionLine.id, EditionLine.entry_id, EditionLine.number)
    rows = db.session.execute(query.where(EditionLine.edition_id == of.id)).all()
    moved = lives.moved()
    asked = [row.id for row in rows if row.number in moved]
    stands = [found.stands for found in on_day(_lines(asked), day).values()]
    standings = catalog.standings({row.entry_id for row in rows}, day)
    plain = [standings[row.entry_id] for row in rows if row.number not in moved]
    return Tally(
        day,
        total=len(rows),
        in_force=sum(each.is_valid for each in plain) + stands.count("in-force"),
        waiting=sum(each.status in NOT_BEGUN for each in plain) + stands.count("waiting"),
        ahead=day > today(),
    )


def _lines(ids: list[int]) -> list[EditionLine]:
    some = (ids[start : start + MOST] for start in range(0, len(ids), MOST))
    query = select(EditionLine)
    return [line for each in some for line in db.session.scalars(query.where(EditionLine.id.in_(each)))]


def listed(entries: Iterable[catalog.Entry], day: date | None = None) -> dict[int, str]:
    """Which of these products stand on the list in force that day and are valid: entry id to its number.  A
    product that was certified anew stands where its former certificate was printed."""
    day, entries = day or today(), list(entries)
    current = queries.latest_published(day)
    if current is None:
        return {}
    numbers = {each.number: each.id for each in entries if each.number}
    former = lives.followed(numbers)
    asked = numbers.keys() | set(former.values())
    query = select(EditionLine.number).where(EditionLine.edition_id == current.id)
    printed = set(db.session.scalars(query.where(EditionLine.number.in_(asked))))
    on = {entry for number, entry in numbers.items() if not printed.isdisjoint((number, former.get(number)))}
    return {entry: current.number for entry, each in catalog.standings(on, day).items() if each.is_valid}


def fallen(lines: Sequence[EditionLine], day: date) -> dict[int, str]:
    """By line: why it may not be printed any more.  What another certificate took over in peace still may."""
    worth, moved = standings(lines, day), lives.moved()
    found = {
        line.id: f"status-{worth[line.entry_id].status}"
        for line in lines
        if not worth[line.entry_id].is_valid
    }
    changed = on_day([line for line in lines if line.number in moved], day)
    found |= {line: LEFT for line, verdict in changed.items() if verdict.has_left_scope}
    kept = {line for line, verdict in changed.items() if verdict.stands == "in-force"}
    return {line: reason for line, reason in found.items() if line not in kept}


def standings(lines: Iterable[EditionLine], day: date) -> dict[int, catalog.Standing]:
    """By entry: what the printed certificate itself is worth, with the act that made it so."""
    return catalog.standings({line.entry_id for line in lines}, day)


def standing(line: EditionLine, day: date) -> catalog.Standing:
    return standings([line], day)[line.entry_id]
