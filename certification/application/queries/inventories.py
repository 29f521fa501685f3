"""Activity data as pages show them: each row with its factor and what it comes to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from carbon import operations as carbon
from carbon import queries as factors
from carbon import records
from carbon.checks import SEVERITIES, check_of, for_applicant
from carbon.footprint import STAGES, Caution
from carbon.operations import spreads
from carbon.operations.spreads import Uncertainty
from carbon.queries import quantity_name, stated_said
from carbon.units import OFFERED, convertible
from certification.application.models import Application
from certification.application.queries.around import around
from certification.application.queries.ledgers import BESIDE, Ledger, frozen_ledgers, typed_ledgers
from certification.workflow.criteria import over_limit
from core.errors import Invalid
from core.i18n import _, language
from core.words import sentence, unit_text, word

if TYPE_CHECKING:
    from carbon.queries import Factor, Footprint
    from certification.workbooks.models import SheetRow

Row = Mapping[str, Any]  # as it was typed, or as JSON keeps it
LARGEST = 5
UNTYPED = ("stage", "key", "kind")  # of a row: nobody types them
EVIDENCE_MISSING = "evidence-missing"


@dataclass(frozen=True)
class Reckoned:
    """What typed rows come to.  While something needed is missing there is no `total`, but a `problem`.
    `stated` is the total as the scheme has it rounded, `over` whether it is above the scheme's limit."""

    total: Decimal | None = None
    stated: Decimal | None = None
    over: bool = False
    unit: str = ""
    stages: list[tuple[str, Decimal]] = field(default_factory=list)
    apart: Mapping[str, Decimal] = field(default_factory=dict)
    thereof: Mapping[str, Decimal] = field(default_factory=dict)
    at_grid: Decimal | None = None  # with all electricity from the grid, where that is another
    uncertainty: Uncertainty | None = None
    gsds: list[float | None] = field(default_factory=list)
    values: list[tuple[Decimal | None, Decimal | None]] = field(default_factory=list)  # (value, share) by row
    named: list[tuple[str, str]] = field(default_factory=list)  # (name, stage) of each, the system's as well
    notes: list[factors.Spoken] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)  # sentences by field
    problem: str = ""

    def notes_of(self, place: int) -> list[factors.Spoken]:
        return [note for note in self.notes if note["row"] == place]

    def gsd_of(self, place: int) -> float | None:
        return self.gsds[place] if place < len(self.gsds) else None

    def largest(self) -> list[tuple[int, Decimal]]:
        """(row, value) of the rows that weigh most."""
        weighed = [(place, value) for place, (value, _share) in enumerate(self.values) if value]
        return sorted(weighed, key=lambda row: abs(row[1]), reverse=True)[:LARGEST]


@dataclass(frozen=True)
class Activity:
    """Activity data to be shown: rows of strings, and beside each its factor and what it comes to."""

    rows: Sequence[Row]
    shown: list["Shown"]
    live: Reckoned
    ledgers: list[Ledger | None]

    @property
    def stages(self) -> list[tuple[str, list[tuple[int, Row]]]]:
        """Every stage with its (place, row), the empty ones included."""
        numbered = list(enumerate(self.rows))
        return [
            (stage, [(place, row) for place, row in numbered if row["stage"] == stage]) for stage in STAGES
        ]


@dataclass(frozen=True)
class Shown:
    """A factor as a row shows it, and the units a quantity beside it may be typed in."""

    text: str = ""
    source: str = ""
    units: tuple[str, ...] = OFFERED
    area: str = ""


@dataclass(frozen=True)
class Unread:
    """The rows of a workbook that could not be read, beside the row that goes on counting, else by stage."""

    beside: Mapping[int, list["SheetRow"]]
    of_stage: Mapping[str, list["SheetRow"]]
    head: list["SheetRow"]


def unread(case: Application, rows: Sequence[Row]) -> Unread:
    beside: defaultdict[int, list[SheetRow]] = defaultdict(list)
    of_stage: defaultdict[str, list[SheetRow]] = defaultdict(list)
    head: list[SheetRow] = []
    at = {row.get("key"): place for place, row in enumerate(rows)}
    for row in (row for row in case.unread if row.upload.kind == "inventory"):
        stage: str = row.values["stage"] if row.values.get("stage") in STAGES else STAGES[0]
        place = at.get(row.stands_for[0]) if row.stands_for else None
        if row.is_head:
            head.append(row)
        elif place is None:
            of_stage[stage].append(row)
        else:
            beside[place].append(row)
    return Unread(beside, of_stage, head)


def reckon(case: Application, head: Row, rows: Sequence[Row]) -> Reckoned:
    """The footprint of typed rows, by the arithmetic that counts; nothing is stored."""
    inventory = case.inventory
    if not head.get("output_amount") or not head.get("output_unit"):
        return Reckoned(problem=_("填写统计期内的产量和单位，就能算出每声明单位的碳足迹"))
    facts = {name: getattr(inventory, name) for name in ("declared_amount", "declared_unit", "boundary")}
    try:
        head = case.in_set(head)
        solved = carbon.solve_system(inventory.system, relied_on=True)
        result, complaints = carbon.preview(
            {**head, **facts}, rows, solved, relied_on=True, around=around(case)
        )
    except Invalid as refused:
        return _unreckoned(refused)
    blank = {place for place, row in enumerate(rows) if not any(row[c] for c in row if c not in UNTYPED)}
    unread = {int(name.split("-")[1]) for name in complaints if name.startswith("rows-")}
    stated, over = _held(case, result.exact)
    return Reckoned(
        stated=stated,
        over=over,
        total=result.total,
        unit=result.unit,
        stages=list(result.stages.items()),
        apart=result.apart,
        thereof=result.thereof,
        at_grid=result.at_grid,
        uncertainty=spreads.of_rows([(row.value, row.gsd) for row in result.rows], case.footprint_limit),
        gsds=[row.gsd for row in result.rows],
        values=[(row.value, row.share) for row in result.rows],
        named=[(row.name, row.stage) for row in result.rows],
        notes=_notes(for_applicant(result.cautions), blank | unread),
        errors={name: sentence(slug) for name, slug in complaints.items()},
        problem="" if result.total is not None else _("填好第一个排放源的数量、单位和因子，就能看到结果"),
    )


def _held(case: Application, exact: Fraction | None) -> tuple[Decimal | None, bool]:
    """The total as the scheme rounds it and compares it with its limit."""
    if exact is None:
        return None, False
    return case.scheme.rounded(exact), over_limit(exact, case)


def _notes(cautions: Iterable[Caution], silent: set[int]) -> list[factors.Spoken]:
    """What is doubted; rows in `silent` speak for themselves, and missing evidence is said once for all."""
    heard = [note for note in factors.spoken(cautions) if note["row"] not in silent]
    bare = [note for note in heard if note["slug"] == EVIDENCE_MISSING]
    if bare:
        message = _("%(count)s 个排放源还没有证据", count=len(bare))
        heard.append(bare[0] | {"row": None, "message": message})
    said = [note for note in heard if note not in bare]
    return sorted(said, key=lambda note: SEVERITIES.index(note["severity"]))


def _unreckoned(refused: Invalid) -> Reckoned:
    """Nothing can be computed while what all rows share cannot be right."""
    errors = {name: sentence(slug, refused.detail) for name, slug in refused.fields.items()}
    said = next(iter(errors.values()), sentence(refused.slug, refused.detail))
    return Reckoned(problem=said, errors=errors)


def shown_factors(rows: Sequence[Row]) -> list[Shown]:
    """For each typed row the factor it names: of the library, of a supplier, or of its fuel."""
    library = factors.newest_factors({row["factor_code"] for row in rows if row.get("factor_code")})
    return [_shown(row, library) for row in rows]


def _shown(row: Row, library: Mapping[str, "Factor"]) -> Shown:
    factor = _factor_of(row, library)
    kind = row.get("kind") or records.ACTIVITY
    if kind == records.ACTIVITY:
        return factor
    return _record(kind, _own(records.as_texts(kind, row)), factor)


def _factor_of(row: Row, library: Mapping[str, "Factor"]) -> "Shown":
    if row.get("own_value"):
        text, unit = f"{row['own_value']} {unit_text(row['own_unit'])}", row["own_unit"]
        return Shown(text, row["own_source"] or _("供应商声明"), _units(unit))
    factor = library.get(row.get("factor_code", ""))
    return of_library(factor) if factor else Shown(row.get("factor_code", ""))


def _own(told: Mapping[str, str]) -> dict[str, str]:
    """Without what a record of any kind may say, which stands at the amount."""
    return {name: text for name, text in told.items() if name not in BESIDE}


def _record(kind: str, told: Mapping[str, str], factor: "Shown") -> "Shown":
    """What was typed, quantity by quantity, and the factor beside it."""
    parts = [f"{quantity_name(name)} {stated_said(name, text)}" for name, text in told.items()]
    parts += [text for text in (factor.text, factor.source) if text]
    per = [unit for like in records.KINDS[kind].per for unit in convertible(like)]
    return Shown(str(word(f"record.{kind}")), " · ".join(parts), tuple(per) or factor.units, factor.area)


def of_library(factor: "Factor") -> Shown:
    name, year = factor.name_en if language() == "en" else factor.name_zh, str(factor.source_year)
    parts = [name] if year in name else [name, year]
    if factor.confidence == "memory":
        parts.append(str(word("confidence.memory")))
    text = f"{factor.value.normalize():f} {unit_text(factor.unit)}"
    return Shown(text, " · ".join(parts), _units(factor.unit), factors.area_of(factor.region))


def _units(factor_unit: str) -> tuple[str, ...]:
    try:
        return factors.unit_choices(factor_unit)
    except Invalid:
        return OFFERED


def typed(case: Application, head: Row, rows: Sequence[Row]) -> Activity:
    return Activity(list(rows), shown_factors(rows), reckon(case, head, rows), typed_ledgers(rows, head))


def restated(footprint: "Footprint") -> "tuple[carbon.Restated, ...]":
    """What was handed in, under every other set of warming potentials."""
    return carbon.restated(footprint)


def frozen(case: Application) -> Activity:
    """What was handed in, as its footprint keeps it."""
    footprint = case.footprint
    assert footprint is not None  # what was handed in has one
    stated, over = _held(case, footprint.exact)
    live = Reckoned(
        stated=stated,
        over=over,
        total=footprint.total,
        unit=footprint.unit,
        stages=[(stage, Decimal(value)) for stage, value in footprint.stages.items()],
        apart=footprint.apart,
        thereof=footprint.thereof,
        at_grid=footprint.at_grid,
        uncertainty=uncertainty_of(case),
        gsds=[float(row["gsd"]) if "gsd" in row else None for row in footprint.rows],
        values=[(_number(row["value"]), _number(row["share"])) for row in footprint.rows],
        notes=[note for note in factors.spoken(footprint.warnings) if check_of(note["slug"]).for_applicant],
    )
    rows, period = footprint.rows, (footprint.period_from, footprint.period_to)
    return Activity(rows, [_kept(row) for row in rows], live, frozen_ledgers(rows, *period))


def uncertainty_of(case: Application) -> Uncertainty | None:
    """How far off the footprint that was handed in may be, held against the limit."""
    return spreads.of_frozen(case.footprint, case.footprint_limit) if case.footprint else None


def _kept(row: Row) -> Shown:
    """The factor a frozen row was computed with."""
    if fuel := row.get("fuel"):
        return _record("fuel", {name: fuel[name] for name in ("ncv", "carbon_content", "oxidation")}, Shown())
    if kind := row.get("kind"):
        return _record(kind, _own(records.as_texts(kind, row["stated"])), Shown())
    factor = row.get("factor") or {}
    name = factor.get("name_en" if language() == "en" else "name_zh") or factor.get("source", "")
    year = factor.get("source_year")
    text = f"{factor.get('value', '')} {unit_text(factor.get('unit', ''))}".strip()
    return Shown(text, f"{name} · {year}" if year else name)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
