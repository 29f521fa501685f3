"""The facts the catalogue announces.  Plain values only; past tense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EntryStatusChanged:
    """From `on` a listed product's certificate is worth something else."""

    entry_id: int
    certificate_id: int
    number: str
    act: str  # suspend | restore | withdraw | cancel
    status: str  # valid | suspended | withdrawn | cancelled
    on: date
    until: date | None
    reason: str
