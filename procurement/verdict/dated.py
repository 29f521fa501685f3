"""What is handed to the verdict: the question, and what is known, each fact with its days.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from certification.certificate.likeness import same
from certification.workflow.certificate import BY_DAY, EXPIRED, status_on

SUCCEEDED = (*EXPIRED, "superseded")


@dataclass(frozen=True)
class Question:
    """What is asked; what is left out is an empty text.  `category` is a 品目 code of the 2022 catalogue."""

    number: str
    model: str
    on: date
    maker: str = ""
    uscc: str = ""
    factory: str = ""
    configuration: str = ""
    category: str = ""


class Rule(Protocol):
    """A policy rule in force on the day asked for."""

    @property
    def category_edition(self) -> str: ...
    @property
    def category_code(self) -> str: ...
    @property
    def category_name(self) -> str: ...
    @property
    def scheme_code(self) -> str: ...
    @property
    def treatment(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def demo(self) -> bool: ...
    @property
    def scope_note(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def criterion(self) -> str: ...
    @property
    def last_days(self) -> Mapping[str, date]: ...
    @property
    def bodies(self) -> Sequence[str]: ...  # credit codes of the bodies it names; none where it names none
    @property
    def parameter(self) -> str: ...  # see `deciding.Heading`, as the next three
    @property
    def above(self) -> Decimal | None: ...
    @property
    def up_to(self) -> Decimal | None: ...
    @property
    def choices(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Act:
    """What changed the status of a certificate on a day."""

    kind: str
    on: date
    until: date | None
    cause: str
    reason: str


@dataclass(frozen=True)
class Version:
    """What one version of a certificate said; `models` holds (code, specification), `rule` the number and
    version of the rule it was issued under, `accepted_until` the last day on which that is accepted, None
    while no later version of the rule ends it.  The first checks kept no `rule_version` apart."""

    edition: int
    dated: date
    maker: str
    uscc: str
    factory: str
    models: tuple[tuple[str, str], ...]
    rule: str
    accepted_until: date | None
    rule_version: str = ""

    def covers(self, model: str) -> bool:
        return any(same(model, code) for code, _specification in self.models)


@dataclass(frozen=True)
class Held:
    """A certificate with all its dated facts.

    `entitled` are the days (first, last) for which its body was approved for the scheme; `follows` are the
    numbers of the certificates whose place it took, `successor` is the one that took its own.
    """

    number: str
    scheme_code: str
    body: str
    body_uscc: str
    issued_on: date
    begins_on: date
    valid_to: date
    acts: tuple[Act, ...]
    versions: tuple[Version, ...]
    entitled: tuple[tuple[date, date], ...]
    as_signed: bool
    demo: bool
    follows: tuple[str, ...] = ()
    successor: "Held | None" = None

    def status_on(self, day: date) -> str:
        return status_on(self.begins_on, self.valid_to, self.acts, day)

    def act_on(self, day: date) -> Act | None:
        """The act that made its status what it is; None where a day did."""
        acts = [act for act in self.acts if act.on <= day]
        return acts[-1] if acts and self.status_on(day) not in BY_DAY else None

    def version_on(self, day: date) -> Version:
        """The one that stood; the first for any day before it."""
        standing = [version for version in self.versions if version.dated <= day]
        return standing[-1] if standing else self.versions[0]

    def on(self, day: date) -> "Held":
        """This certificate, or the one that had taken its place by then."""
        held = self
        while held.successor and held.succeeded_on(day) and held.successor.begins_on <= day:
            held = held.successor
        return held

    def succeeded_on(self, day: date) -> bool:
        """Whether it ended in peace; what an act of its body ended, no other certificate takes over."""
        return self.status_on(day) in SUCCEEDED


@dataclass(frozen=True)
class Suspended:
    """A maker that may not be listed from its first to its last day, both counted: in force since when it is
    known, and ended before its day where that is known too."""

    uscc: str
    maker: str
    first: date
    last: date
    ground: str
    basis: str
    demo: bool
    known_at: datetime
    lifted_at: datetime | None

    def counts_on(self, day: date) -> bool:
        return self.first <= day <= self.last

    def means(self, uscc: str, maker: str) -> bool:
        """By credit code; by name where a certificate has none."""
        return same(uscc, self.uscc) if uscc else same(maker, self.maker)


@dataclass(frozen=True)
class Listing:
    """Where the product stands in the list that was in force on the day; numbers are those of editions.

    `printed` says whether the model stands there under the certificate or under one it follows; `omission`
    is why the certificate was left out; `announced` is the edition in notice that names it; `struck_on` is
    the day from which a correction struck the line, `struck_for` why.
    """

    edition: str = ""
    cutoff: date | None = None
    printed: bool = False
    omission: str = ""
    announced: str = ""
    struck_on: date | None = None
    struck_for: str = ""


@dataclass(frozen=True)
class Meant:
    """What somebody may have meant whose number nobody holds: `near` are numbers that come near to it,
    `holding` those of certificates that cover the model."""

    near: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
