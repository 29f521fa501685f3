"""What becomes of the rows of a file, for whatever is taken from one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from core.errors import Invalid
from core.opened import table

T = TypeVar("T")


@dataclass
class Report:
    """What became of the rows of a file; `refused` holds (row number in the file, slug, value), `suspect` the
    codes and names that want a look."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    suspect: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged + len(self.refused)

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


def each_row(
    lines: Iterable[str], needed: Iterable[str], take: Callable[[dict[str, str]], str], report: Report
) -> None:
    """Count what `take` says became of each row; one that it refuses is reported and stops no other."""
    for line, row in table.rows(lines, needed):
        try:
            report.count(take(row))
        except Invalid as refused:
            report.refused.append((line, refused.slug, str(refused.detail.get("value", ""))))


def read(text: str | None, reader: Callable[[str | None], T]) -> T:
    """As `reader` reads it; what it refuses is told with the text."""
    try:
        return reader(text)
    except Invalid as error:
        raise Invalid(error.slug, value=text) from error
