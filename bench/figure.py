"""One measured value, and what it was measured against in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`peer` is the baseline's value in the same unit, None when there is none."""

    figure: str
    value: float
    unit: str
    peer: float | None = None

    @property
    def ratio(self) -> float | None:
        return round(self.value / self.peer, 3) if self.peer else None

    def as_row(self) -> dict:
        return {
            "figure": self.figure,
            "value": self.value,
            "unit": self.unit,
            "peer": self.peer,
            "ratio": self.ratio,
        }

    def __str__(self) -> str:
        beside = f"  (peer {self.peer:g}, ratio {self.ratio:g})" if self.peer else ""
        return f"{self.figure} = {self.value:g} {self.unit}{beside}"
