"""What the calculator answers of how far off a total may be."""

from carbon.operations.spreads import Uncertainty
from carbon.uncertainty import Spread, short
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
    `p_within` is how probable it is that the limit is met.  The `unstated` rows, of which nobody stated
    how far off they may be, are taken as certain: `uncovered` is their part, 0 to 1, of all that is added and
    taken away."""

    unit: str
    mean: str
    interval: Interval
    shares: list[str]
    unstated: int
    uncovered: str
    p_within: str | None
    drawn: DrawnAnswer | None


def uncertainty(found: Uncertainty | None, unit: str) -> dict[str, object] | None:
    if found is None:
        return None
    drawn = found.drawn and {"draws": found.draws, **_spread(found.drawn)}
    parts = [f"{share:.4f}" for share in found.shares]
    bare = {"unstated": found.unstated, "uncovered": f"{found.uncovered:.4f}"}
    return {"unit": unit, **_spread(found.computed), "shares": parts, **bare, "drawn": drawn}


def _spread(spread: Spread) -> dict[str, object]:
    low, high = spread.interval
    return {
        "mean": f"{short(spread.mean):f}",
        "interval": {"low": f"{low:f}", "high": f"{high:f}"},
        "p_within": None if spread.within is None else f"{spread.within:.4f}",
    }
