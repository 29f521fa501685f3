"""What a rule asks of an inventory, as its checks are told it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Demands:
    """Nothing is asked where nothing is said.  `rows` are a stage and the names of which a row has one;
    `factor_kinds` are library, supplier, own; `grid_factor` is the code of the one factor for power of the
    grid; `primary_share` is of what the rows contribute."""

    stages: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    factor_kinds: tuple[str, ...] = ()
    oldest_factor_years: int | None = None
    primary_share: Decimal | None = None
    period_months: int | None = None
    grid_factor: str = ""
