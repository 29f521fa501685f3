"""From where on an experienced reader asks.  A scheme may state its own; these hold where none does."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Tolerances:
    """`times` are how many times more, or less, than what something is held against."""

    dominant_share: Decimal = Decimal("0.95")  # of the whole, that one row makes
    few_rows: int = 3  # below which one of them naturally holds nearly everything
    peers_times: Decimal = Decimal(100)
    limit_times: Decimal = Decimal(10)
    enough_peers: int = 5  # from which on their quarters mean something
    outlying_ranges: Decimal = Decimal(3)  # interquartile ranges beyond the quarters (Tukey's outer fence)
    mass_times: Decimal = Decimal(10)  # what goes in against what comes out
    slip_share: Decimal = Decimal("0.1")  # how near to a power of a thousand a slip of the unit is likely
    power_share: Decimal = Decimal("0.8")  # of the country's average: less is stated by who knows its source
    factor_years: int = 5  # between a factor and the period; electricity is of one year
    fuel_usual_times: Decimal = Decimal("1.5")  # beyond the library's values for one fuel
    fuel_possible_times: Decimal = Decimal(2)  # beyond its values for all fuels: it is another unit
    clinker_share: Decimal = Decimal("0.02")  # reckoned against tested; this house's choice, of no standard


USUAL = Tolerances()
