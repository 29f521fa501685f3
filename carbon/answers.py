"""What the calculator answers of how far off a total may be."""

from decimal import Decimal

from carbon.operations.spreads import Uncertainty
from carbon.uncertainty import Spread
from core.api import Answered


class Interval(Answered):
    low: str
    high: str


class DrawnAnswer(Answered):
    """The same by draws at random."""

    draws: int
    mean: str
    interval: Interval
    p_within: str | None


class UncertaintyAnswer(Answered):
    """95 % of what the total may be lie within `interval`; `shares` are the rows' parts of the variance, and
    `p_within` is how probable it is that the limit is met."""

    unit: str
    mean: str
    interval: Interval
    shares: list[str]
    p_within: str | None
    drawn: DrawnAnswer | None


def uncertainty(found: Uncertainty | None, unit: str) -> dict[str, object] | None:
    if found is None:
        return None
    drawn = found.drawn and {"draws": found.draws, **_spread(found.drawn)}
    parts = [f"{share:.4f}" for share in found.shares]
    return {"unit": unit, **_spread(found.computed), "shares": parts, "drawn": drawn}


def _spread(spread: Spread) -> dict[str, object]:
    return {
        "mean": _short(spread.mean),
        "interval": {"low": _short(spread.low), "high": _short(spread.high)},
        "p_within": None if spread.within is None else f"{spread.within:.4f}",
    }


def _short(number: float) -> str:
    return f"{Decimal(f'{number:.5g}'):f}"
