"""Which products lie in a range of a parameter: the index knows no numbers that only some rules ask."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from catalog.models import EntryFact
from catalog.search.ask import Range
from core.db import db


def within(ranges: Mapping[str, Range]) -> tuple[list[int], ...]:
    """For each range the products of which a model, or the product, lies in it."""
    return tuple(_lying(slug, *ends) for slug, ends in ranges.items())


def _lying(slug: str, low: Decimal | None, high: Decimal | None) -> list[int]:
    query = select(EntryFact.entry_id).where(EntryFact.parameter == slug, EntryFact.number.is_not(None))
    if low is not None:
        query = query.where(EntryFact.number >= float(low))
    if high is not None:
        query = query.where(EntryFact.number <= float(high))
    return list(db.session.scalars(query.distinct()))
