"""How far off a sum of rows may be: each row lognormal about its value, by the spread that was stated for it.

The value of a row is its median; two thirds of what it may be lie between it divided by and times its
geometric standard deviation (GSD).  Nothing is assumed of a row for which none was stated: it is certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log, sqrt
from statistics import NormalDist

import numpy
from numpy.typing import NDArray

COVERED = 0.95
EDGE = NormalDist().inv_cdf((1 + COVERED) / 2)
DRAWS = 10_000
Drawn = NDArray[numpy.float64]


@dataclass(frozen=True)
class Part:
    """A row: its value, its GSD, and a number of its own that says from which stream it is drawn."""

    value: float
    gsd: float = 1.0
    stream: int = 0

    @property
    def mean(self) -> float:
        return self.value * exp(log(self.gsd) ** 2 / 2)

    @property
    def variance(self) -> float:
        squared = exp(log(self.gsd) ** 2)
        return self.value**2 * squared * (squared - 1)


@dataclass(frozen=True)
class Spread:
    """Of a sum: 95 % of what it may be lie from `low` to `high`; `within` is how probable it is that it does
    not exceed the limit that was asked about."""

    mean: float
    deviation: float
    low: float
    high: float
    within: float | None

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        return short(self.low), short(self.high)


def short(number: float) -> Decimal:
    """Five digits of a number that nobody knows to the last."""
    return Decimal(f"{number:.5g}")


def analytic(parts: Sequence[Part], limit: float | None = None) -> Spread:
    """By the lognormal with the mean and the variance of the sum; where rows of both signs are added, by the
    normal."""
    mean, variance = sum(part.mean for part in parts), sum(part.variance for part in parts)
    deviation = sqrt(variance)
    if not variance:
        return Spread(mean, 0.0, mean, mean, None if limit is None else float(mean <= limit))
    if min(part.value for part in parts) < 0:
        normal = NormalDist(mean, deviation)
        low, high = mean - EDGE * deviation, mean + EDGE * deviation
        return Spread(mean, deviation, low, high, None if limit is None else normal.cdf(limit))
    logarithm = NormalDist(log(mean) - log(1 + variance / mean**2) / 2, sqrt(log(1 + variance / mean**2)))
    low, high = (exp(logarithm.mean + side * EDGE * logarithm.stdev) for side in (-1, 1))
    within = None if limit is None else logarithm.cdf(log(limit)) if limit > 0 else 0.0
    return Spread(mean, deviation, low, high, within)


def shares(parts: Sequence[Part]) -> list[float]:
    """How much of the variance of the sum each row brings, 0 to 1."""
    variance = sum(part.variance for part in parts)
    return [part.variance / variance if variance else 0.0 for part in parts]


def draw(parts: Sequence[Part], seed: int, draws: int = DRAWS) -> Drawn:
    """Sums at random, in antithetic pairs: the second half mirrors the first about the medians.

    Every row has a stream of its own, of the seed and its number, and rows are added by their numbers:
    neither their order nor a row more changes what another is drawn.
    """
    half = (draws + 1) // 2
    up, down = numpy.zeros(half), numpy.zeros(half)
    one, other = numpy.empty(half), numpy.empty(half)
    for part in sorted(parts, key=lambda part: (part.stream, part.value, part.gsd)):
        if part.gsd == 1:
            up += part.value
            down += part.value
            continue
        stream = numpy.random.Philox(key=numpy.array([seed, part.stream], dtype=numpy.uint64))
        numpy.random.Generator(stream).standard_normal(out=one)
        one *= log(part.gsd)
        numpy.exp(one, out=one)
        numpy.divide(part.value, one, out=other)
        down += other
        one *= part.value
        up += one
    return numpy.concatenate([up, down])[:draws]


def summed_up(drawn: Drawn, limit: float | None = None) -> Spread:
    """The same of draws as `analytic` says of the rows."""
    low, high = numpy.quantile(drawn, [(1 - COVERED) / 2, (1 + COVERED) / 2]).tolist()
    within = None if limit is None else numpy.mean(drawn <= limit).item()
    return Spread(numpy.mean(drawn).item(), numpy.std(drawn).item(), low, high, within)
