"""How a figure is written, and how a value becomes a place on an axis."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from math import ceil, floor, isfinite, log10

Number = Decimal | float  # whole numbers among them

THIN_SPACE = "\u202f"  # narrow and unbreakable
MINUS = "\u2212"
MOST_STATED = 10  # digits after the point


def num(value: Number | str | None, digits: int | None = None) -> str:
    """A figure as people read it: 9 840, 212.4, 8.45, 0.0123; "—" for nothing.

    `digits` fixes the decimal places.  Without it there are as many as the size of the figure
    makes sensible, and never more than a Decimal was given with.  Halves go to the even digit
    (GB/T 8170).
    """
    exact = _decimal(value)
    if exact is None:
        return "—"
    places = _places(exact) if digits is None else digits
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = f"{abs(rounded):,.{places}f}".replace(",", THIN_SPACE)
    return MINUS + text if rounded < 0 else text


def stated(value: Number | str | None) -> str:
    """A figure that a rule has rounded, to its last digit, so that it is not rounded twice.  What has more
    digits than any rule leaves was never rounded, and is shortened like any other."""
    exact = _decimal(value)
    own = 0 if exact is None else max(0, -int(exact.as_tuple().exponent))
    return num(exact, own if own <= MOST_STATED else None)


def share(value: Number, whole: Number) -> str:
    """A part of a whole in whole percent; what is too little for that is written `<1%`."""
    if not whole:
        return ""
    percent = float(value) / float(whole) * 100
    if 0 < percent < 0.5:
        return "<1%"
    return f"{num(percent, 0)}%"


def _decimal(value: Number | str | None) -> Decimal | None:
    if value is None or value == "":
        return None
    if isinstance(value, float):
        if not isfinite(value):
            return None
        value = Decimal(repr(value)).normalize()
    exact = Decimal(value)
    return exact if exact.is_finite() else None


def _places(exact: Decimal) -> int:
    own = max(0, -int(exact.as_tuple().exponent))
    size = abs(exact)
    if size >= 1000 or not size:
        sensible = 0
    elif size >= 1:
        sensible = 1 if size >= 100 else 2
    else:
        sensible = 2 - exact.adjusted()
    return min(own, sensible)


class Axis:
    """Values from `low` to `high` laid over 0 to 100 percent; what lies outside is drawn at the rim."""

    def __init__(self, low: Number, high: Number) -> None:
        self.low, self.high = float(low), float(high)
        if self.high <= self.low:
            self.low, self.high = self.low - 0.5, self.low + 0.5

    @classmethod
    def around(cls, values: Iterable[Number | None], margin: float = 0.12) -> "Axis":
        """An axis that holds every value (None is left out) with some room at both ends."""
        known = [float(value) for value in values if value is not None]
        if not known:
            return cls(0, 1)
        low, high = min(known), max(known)
        room = (high - low or abs(high) or 1) * margin
        return cls(0 if 0 <= low < room else low - room, high + room)

    def share(self, value: Number) -> float:
        return min(1.0, max(0.0, (float(value) - self.low) / (self.high - self.low)))

    def percent(self, value: Number) -> str:
        return f"{self.share(value) * 100:.2f}%"

    def width(self, start: Number, end: Number) -> str:
        return f"{(self.share(end) - self.share(start)) * 100:.2f}%"

    def ticks(self, about: int = 6) -> list[float]:
        """Round numbers inside the axis, one, two or five apart in some power of ten."""
        raw = (self.high - self.low) / about
        power = 10.0 ** floor(log10(raw))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(step * number, 12) for number in range(first, last + 1)]


def quantile(values: list[float], part: float) -> float:
    """The value below which `part` of the sorted values lie, between neighbours in proportion."""
    place = (len(values) - 1) * part
    below = floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
