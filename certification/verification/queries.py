"""What was declared beside what was verified, as pages, the API and the opinion ask it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from accounts.actor import Actor
from carbon import operations as carbon
from carbon.footprint import Result
from carbon.queries import Inventory
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.application.queries.around import around
from certification.application.words.anchors import parameter_text
from certification.verification.models import VerifiedEvidence, VerifiedItem
from certification.workflow import verification as law
from certification.workflow.correction import PARAMETERS
from certification.workflow.verification import FACT, MODEL, OUTPUT, PARAMETER, ROW, SYSTEM, Declared
from core.db import db
from core.errors import Invalid, NotFound
from core.words import word


@dataclass(frozen=True)
class Line:
    """One thing that is verified.  `stated` and `verified` are what it adds to the footprint, where it is a
    row; `weight` is how much of the footprint hangs on it, 0 to 1."""

    subject: str
    number: int | None  # of a row, from 1
    name: str
    declared: Declared
    item: VerifiedItem | None
    stated: Decimal | None = None
    verified: Decimal | None = None
    weight: Decimal = Decimal(0)

    @property
    def outcome(self) -> str:
        return self.item.outcome if self.item else ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.stated is None or self.verified is None else self.verified - self.stated

    @property
    def untraced(self) -> bool:
        """Whether it was agreed with nothing looked at."""
        return self.outcome == "agreed" and not (self.item and (self.item.samples or self.item.evidence))


@dataclass(frozen=True)
class Sheet:
    """Everything that is verified in a case, what weighs most first; `unit` is that of the footprint."""

    lines: tuple[Line, ...]
    stated: Decimal
    verified: Decimal
    unit: str
    materiality: Decimal

    @cached_property
    def misstatements(self) -> list[Line]:
        """The rows that come to something else, the largest difference first."""
        found = [line for line in self.lines if line.difference]
        return sorted(found, key=lambda line: abs(line.difference or Decimal(0)), reverse=True)

    @property
    def difference(self) -> Decimal:
        return self.verified - self.stated

    def part(self, amount: Decimal) -> Decimal:
        """Of what was declared."""
        if not self.stated:
            return Decimal(1) if amount else Decimal(0)
        return abs(amount / self.stated)

    @property
    def misstated(self) -> Decimal:
        """The largest misstatement, of one row or of the whole, as a part of what was declared."""
        rows = (line.difference or Decimal(0) for line in self.misstatements)
        return max(self.part(self.difference), *(self.part(row) for row in rows), Decimal(0))

    @property
    def covered(self) -> Decimal:
        """How much of what the rows come to has been verified, 0 to 1."""
        rows = [line for line in self.lines if line.subject.startswith(ROW)]
        whole = sum(line.weight for line in rows)
        done = sum(line.weight for line in rows if line.item)
        if not whole:
            return Decimal(1) if all(line.item for line in rows) else Decimal(0)
        return done / whole

    @property
    def left(self) -> list[Line]:
        return [line for line in self.lines if line.item is None]

    def at(self, subject: str) -> Line | None:
        return next((line for line in self.lines if line.subject == subject), None)


def sheet(case: Application) -> Sheet:
    """As it stands now; nothing is stored."""
    footprint = case.declared_footprint
    assert footprint is not None  # what was handed in has one
    items = law.standing(case)
    result = reckoned(case, items)
    values = [Decimal(row["value"] or 0) for row in footprint.rows]
    found = values if result is None else [row.value or Decimal(0) for row in result.rows]
    whole = sum(map(abs, values)) or Decimal(1)
    rows = {f"{ROW}:{row.key}": place for place, row in enumerate(case.inventory.rows)}
    lines = []
    for subject, declared in law.subjects(case).items():
        place = rows.get(subject)
        told: dict[str, Any] = {}  # members of Line
        if place is not None:
            told = {"stated": values[place], "verified": found[place], "weight": abs(values[place]) / whole}
        elif subject in (OUTPUT, SYSTEM):
            told = {"weight": Decimal(1)}
        number = None if place is None else place + 1
        lines.append(Line(subject, number, name_of(case, subject), declared, items.get(subject), **told))
    total = footprint.total if result is None or result.total is None else result.total
    lines.sort(key=lambda line: -line.weight)
    return Sheet(tuple(lines), footprint.total, total, footprint.unit, law.materiality(case))


def counting_co2_alone(case: Application) -> set[str]:
    """The rows whose factor says CO2 and not CO2e: somebody says why that is right, or they are corrected."""
    footprint, rows = case.declared_footprint, case.inventory.rows
    warned = footprint.warnings if footprint else ()
    places = {warning["row"] for warning in warned if warning["slug"] == "co2-counted-as-co2e"}
    return {f"{ROW}:{row.key}" for place, row in enumerate(rows) if place in places}


def corrections(items: Mapping[str, VerifiedItem]) -> dict[str, dict[str, Any]]:  # JSON
    """What was found to be others, of what counts in the footprint."""
    wrong = {name: item.found for name, item in items.items() if item.outcome == "corrected"}
    return {name: found for name, found in wrong.items() if name == OUTPUT or name.startswith(f"{ROW}:")}


def as_verified(case: Application, changed: Mapping[str, Mapping[str, object]]) -> Inventory:
    """The activity data with these values in place of those that were declared; not stored."""
    output = changed.get(OUTPUT, {})
    head = {f"output_{name}": value for name, value in output.items()}
    rows = {name.partition(":")[2]: cells for name, cells in changed.items() if name != OUTPUT}
    return carbon.corrected(case.inventory, rows, head)


def reckoned(case: Application, items: Mapping[str, VerifiedItem]) -> Result | None:
    """What the verified values come to, by the one reckoning; None where no other value was found."""
    changed = corrections(items)
    return carbon.compute(as_verified(case, changed), around(case)) if changed else None


def name_of(case: Application, subject: str) -> str:
    kind, _colon, rest = subject.partition(":")
    if kind == ROW:
        return next((row.name for row in case.inventory.rows if row.key == rest), rest)
    if kind == PARAMETER:
        return parameter_text(case, PARAMETERS, rest)
    if kind == MODEL:
        slug, _colon, code = rest.partition(":")
        return f"{code} · {parameter_text(case, PARAMETERS, slug)}"
    return str(word(f"verified.{rest if kind == FACT else kind}"))


def files(case: Application) -> dict[str, str]:
    """The names of the files that an item can rest on, by digest: of the case, or brought by a verifier."""
    found = {file.digest: file.name for file in case.current_files}
    brought = (proof for item in case.verified_items for proof in item.evidence)
    return {proof.digest: proof.name for proof in brought} | found


def evidence(actor: Actor, evidence_id: int) -> VerifiedEvidence:
    """A file of an item of a case the actor's body handles."""
    found = db.session.get(VerifiedEvidence, evidence_id)
    item = db.session.get(VerifiedItem, found.item_id) if found else None
    if found is None or item is None or actor.kind != "certification_body":
        raise NotFound("file-not-found")
    application(actor, item.application_id)
    return found


def of_body(actor: Actor, case_id: int) -> Application:
    """A case as its body verifies it; nobody else reads this while it is made."""
    case = application(actor, case_id)
    if actor.kind != "certification_body" or case.footprint is None:
        raise NotFound("application-not-found")
    return case


def refuse_unread(error: Invalid, place: str) -> Invalid:
    """The same no at the values of an item."""
    fields = {f"{place}.values.{name}": slug for name, slug in error.fields.items()}
    return Invalid(error.slug, fields or {f"{place}.values": error.slug}, **error.detail)
