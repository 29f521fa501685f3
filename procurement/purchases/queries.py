"""Purchases as the organisation that made them sees them, and the shares the regulator sees."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import orjson
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from accounts.actor import Actor
from accounts.models import Organisation
from core.canonical import Plain
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from procurement.purchases.models import Purchase

NOTHING = Decimal(0)
LeftOut = tuple[int, Decimal]  # how many purchases, and what was spent


@dataclass
class Share:
    """`required` is what was spent where a policy was in force for the goods, `met` what of it was bought as
    it asks; `certified` is of all that was spent what counts as low in carbon, `left_out` by reason what does
    not, with how many purchases that were.  In yuan."""

    purchases: int = 0
    spend: Decimal = NOTHING
    certified: Decimal = NOTHING
    required: Decimal = NOTHING
    met: Decimal = NOTHING
    left_out: dict[str, LeftOut] = field(default_factory=dict)

    def add(self, spend: Decimal, left_out: str, overall: str) -> None:
        self.purchases += 1
        self.spend += spend
        if left_out:
            many, much = self.left_out.get(left_out, (0, NOTHING))
            self.left_out[left_out] = (many + 1, much + spend)
        else:
            self.certified += spend
        self.required += NOTHING if overall == "not-required" else spend
        self.met += spend if overall == "buyable" else NOTHING


@dataclass(frozen=True)
class Period:
    """A year of purchases: the whole, by unit, and by month from 1 to 12."""

    year: int
    whole: Share
    units: dict[str, Share]
    months: list[Share]


def may_record(actor: Actor) -> bool:
    return "procurement_officer" in actor.roles and actor.organisation_id is not None


def may_see_shares(actor: Actor) -> bool:
    return "regulator" in actor.roles


def purchases(actor: Actor, year: int, page: int = 1, size: int = 50) -> Page[Purchase]:
    """Those of the actor's organisation in a year, the newest first."""
    query = select(Purchase).where(*_of(actor, year)).options(undefer(Purchase.answer))
    return paginate(query.order_by(Purchase.bought_on.desc(), Purchase.id.desc()), page, size)


def every_purchase(actor: Actor, year: int) -> list[Purchase]:
    query = select(Purchase).where(*_of(actor, year)).order_by(Purchase.bought_on, Purchase.id)
    return list(db.session.scalars(query.options(undefer(Purchase.answer))))


def _of(actor: Actor, year: int) -> list[ColumnElement[bool]]:
    return [Purchase.organisation_id == actor.organisation_id, *_within(year)]


def _within(year: int) -> list[ColumnElement[bool]]:
    return [Purchase.bought_on >= date(year, 1, 1), Purchase.bought_on <= date(year, 12, 31)]


def purchase_of(actor: Actor, purchase_id: int) -> Purchase:
    found = db.session.get(Purchase, purchase_id)
    if found is None or not may_record(actor) or found.organisation_id != actor.organisation_id:
        raise NotFound("purchase-not-found")
    return found


def answer_of(purchase: Purchase) -> Plain:
    """The verdict as it was kept."""
    return orjson.loads(purchase.answer)


def period(actor: Actor, year: int) -> Period:
    """What the actor's organisation spent in a year."""
    units: dict[str, Share] = defaultdict(Share)
    whole, months = Share(), [Share() for _month in range(12)]
    columns = (Purchase.unit, Purchase.bought_on, Purchase.spend, Purchase.left_out, Purchase.overall)
    found = db.session.execute(select(*columns).where(*_of(actor, year)))
    for unit, day, spend, left_out, overall in found:
        for share in (whole, units[unit], months[day.month - 1]):
            share.add(spend, left_out, overall)
    return Period(year, whole, dict(sorted(units.items())), months)


def shares(year: int) -> dict[str, Share]:
    """By organisation: what it spent in a year.  Which purchases these were is its own matter."""
    found: dict[str, Share] = defaultdict(Share)
    columns = (Organisation.name, Purchase.spend, Purchase.left_out, Purchase.overall)
    query = select(*columns).join(Purchase.organisation).where(*_within(year))
    for name, spend, left_out, overall in db.session.execute(query.order_by(Organisation.name)):
        found[name].add(spend, left_out, overall)
    return dict(found)


def years(actor: Actor) -> list[int]:
    """In which the organisation bought anything, and this one; the newest first."""
    query = select(Purchase.bought_on).where(Purchase.organisation_id == actor.organisation_id).distinct()
    return _newest_first(db.session.scalars(query))


def every_year() -> list[int]:
    return _newest_first(db.session.scalars(select(Purchase.bought_on).distinct()))


def _newest_first(found: Iterable[date]) -> list[int]:
    return sorted({today().year, *(day.year for day in found)}, reverse=True)
