"""What may be asked of makers' answers: each reads its own, the editor how many are given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from accounts.actor import Actor
from catalog import queries as catalog
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted
from procurement.confirmations.models import REFUSED, SupplyAnswer
from procurement.models import Edition, EditionLine
from procurement.queries import line_differences


@dataclass(frozen=True)
class Own:
    """One product of a maker in an edition, with its models and what was said of it.  `differs` names what
    is not as its certificate was signed."""

    number: str
    product: str
    models: tuple[str, ...]
    categories: tuple[str, ...]
    differs: tuple[str, ...]
    answer: SupplyAnswer | None


@dataclass(frozen=True)
class Count:
    """The products of an edition by what their makers said; `open` said nothing, and stay."""

    confirmed: int
    refused: int
    open: int


def check_maker(actor: Actor) -> None:
    if "applicant" not in actor.roles:
        raise NotPermitted("role-not-held", step="confirm")


def shown() -> Edition | None:
    """The edition that makers are asked about: one is shown at a time."""
    return db.session.scalar(select(Edition).where(Edition.is_in_notice).order_by(Edition.id.desc()).limit(1))


def is_open(edition: Edition) -> bool:
    return edition.is_in_notice and edition.notice_to is not None and today() <= edition.notice_to


def own(actor: Actor, edition: Edition) -> list[Own]:
    """By certificate, in the order of the edition."""
    held = catalog.held_by(actor.organisation_id)
    query = select(EditionLine).where(EditionLine.edition_id == edition.id, EditionLine.entry_id.in_(held))
    by_number: dict[str, list[EditionLine]] = {}
    for line in db.session.scalars(query.order_by(EditionLine.place)):
        by_number.setdefault(line.number, []).append(line)
    said = {each.number: each for each in answers(edition)}
    differs = line_differences([line for lines in by_number.values() for line in lines])
    return [_own(number, lines, differs, said.get(number)) for number, lines in by_number.items()]


def _own(
    number: str, lines: Sequence[EditionLine], differs: Mapping[int, list[str]], answer: SupplyAnswer | None
) -> Own:
    return Own(
        number,
        lines[0].product,
        tuple(dict.fromkeys(line.model for line in lines)),
        tuple(dict.fromkeys(line.category_name for line in lines)),
        tuple(dict.fromkeys(name for line in lines for name in differs[line.id])),
        answer,
    )


def one_own(actor: Actor, edition: Edition, number: str) -> Own:
    found = next((each for each in own(actor, edition) if each.number == number), None)
    if found is None:
        raise NotFound("supply-line-unknown")
    return found


def answers(edition: Edition) -> list[SupplyAnswer]:
    query = select(SupplyAnswer).where(SupplyAnswer.edition_id == edition.id)
    return list(db.session.scalars(query.order_by(SupplyAnswer.id)))


def refused(edition: Edition) -> set[str]:
    """The numbers of the certificates whose makers do not supply."""
    return {each.number for each in answers(edition) if each.answer == REFUSED}


def count(edition: Edition) -> Count:
    query = select(func.count(EditionLine.number.distinct())).where(EditionLine.edition_id == edition.id)
    printed = select(EditionLine.number).where(EditionLine.edition_id == edition.id)
    said = select(SupplyAnswer.answer).where(
        SupplyAnswer.edition_id == edition.id, SupplyAnswer.number.in_(printed)
    )
    found = Counter(db.session.scalars(said))
    total = db.session.scalar(query) or 0
    return Count(found["confirmed"], found["refused"], total - found.total())
