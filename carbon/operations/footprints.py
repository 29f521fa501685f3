"""From an inventory to its footprint: tried, frozen, and computed again from what was frozen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import rfc8785

from carbon import checks, footprint, queries, records, systems
from carbon.checks import Around
from carbon.factors import PARAMETERS
from carbon.footprint import Caution, Quantity, Result, Row, Sheet
from carbon.footprint.constants import FIRST, TODAY, Constants, Noted, Noting
from carbon.models import Footprint, Inventory
from carbon.operations import reading
from carbon.operations.frozen import kept_rows, lines_of
from carbon.operations.inventories import may_write
from carbon.operations.solved import solve_system
from carbon.systems import Solution
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.machine import Actor

HEAD = ("title", "declared_amount", "declared_unit", "boundary", "period_from", "period_to", "gwp")
SOLVER = "sparse"  # how a system is solved today
SHEET = ("declared_amount", "declared_unit", "output_amount", "output_unit", "gwp")
SAID = ("boundary", "period_from", "period_to")
NOWHERE = Around()


def compute(inventory: Inventory, around: Around = NOWHERE) -> Result:
    """The footprint as the inventory stands, with every doubt about it; nothing is stored.

    Raise Invalid when the output is missing or the process system cannot be solved.
    """
    return _computed(inventory, around)[-1]


def weights(inventory: Inventory) -> list[Decimal]:
    """How much each row adds or takes away, without its sign; nothing while it cannot be computed."""
    try:
        found = compute(inventory).rows[: len(inventory.rows)]
    except Invalid:
        return [Decimal(0)] * len(inventory.rows)
    return [abs(row.value or Decimal(0)) for row in found]


def preview(
    facts: Mapping[str, object],
    rows: Sequence[Mapping[str, object]],
    solved: Solution | None = None,
    relied_on: bool = False,
    around: Around = NOWHERE,
) -> tuple[Result, dict[str, str]]:
    """What typed rows come to, together with a solved system, and the complaints by field; a row that
    cannot be read counts as not declared.  In a record that is `relied_on` nothing may be subtracted
    without a ground.

    `facts` needs declared_amount and declared_unit, which default to the demand of the system; the output
    defaults to them, gwp to AR6.  When a
    boundary is given, what is said besides the numbers is doubted as well.  Nothing is stored.
    """
    complaints = reading.Complaints()
    head = reading.head(facts, complaints)
    library = queries.newest_copies(reading.codes(rows))
    typed = reading.rows(rows, library, complaints)
    reading.in_period([row.stated for row in typed], head, complaints)
    setting = _setting(head, around, relied_on=relied_on)
    made = records.lines([row.record for row in typed], setting)
    if relied_on:
        reading.ground(made, complaints)
        reading.sourced(made, complaints)
    head = {"gwp": "AR6"} | {name: value for name, value in head.items() if value}
    if solved and head.keys().isdisjoint({"declared_amount", "declared_unit"}):
        head |= {"declared_amount": solved.system.demand.amount, "declared_unit": solved.system.demand.unit}
    if head.keys().isdisjoint({"output_amount", "output_unit"}):
        head |= {"output_amount": head.get("declared_amount"), "output_unit": head.get("declared_unit")}
    for name in SHEET:
        if not head.get(name):
            complaints.fields.setdefault(name, "value-missing")
    if not complaints.fields.keys().isdisjoint(SHEET):
        complaints.refuse()
    sheet = _sheet(head, made.rows, solved)
    said = {name: head[name] for name in SAID if name in head}
    result = _beside_grid(_fitting(sheet), made, sheet)
    return _doubted(made, sheet, result, around, **said), complaints.fields


def divided_otherwise(
    facts: Mapping[str, object], rows: Sequence[Mapping[str, object]], solved: Solution | None
) -> dict[str, Decimal]:
    """The total by every other way in which the joint processes of the system can be divided."""
    ways = systems.otherwise(solved.system) if solved else {}
    found = {way: preview(facts, rows, systems.solve(system))[0].total for way, system in ways.items()}
    return {way: total for way, total in found.items() if total is not None}


def freeze(inventory: Inventory, actor: Actor, around: Around = NOWHERE) -> Footprint:
    """Store what the inventory comes to, with a copy of every factor."""
    may_write(inventory.organisation_id, actor)
    constants = Noting()
    made, sheet, result, told = _computed(inventory, around, constants)
    if result.total is None:
        raise Invalid("inventory-empty", {"rows": "inventory-empty"})
    if any(footprint.takes_away(row.quantity, row.factor) for row in _without_ground(made, sheet, around)):
        raise Invalid("negative-without-ground", {"rows": "negative-without-ground"})
    frozen = Footprint(
        inventory=inventory,
        inventory_version=inventory.version,
        output_amount=sheet.output.amount,
        output_unit=sheet.output.unit,
        total=result.total,
        unit=result.unit,
        stages=_texts(result.stages),
        gases=_texts(result.gases),
        rows=kept_rows(made, sheet, result, around.grounds),
        warnings=[asdict(caution) for caution in told.cautions],
        arithmetic=footprint.LATEST,
        basis=_basis(inventory, result, constants),
        **{name: getattr(inventory, name) for name in HEAD},
    )
    frozen.digest = hashlib.sha256(rfc8785.dumps(frozen.document())).hexdigest()
    db.session.add(frozen)
    db.session.flush()
    audit.record(actor, "footprint.freeze", f"inventory/{inventory.id}", digest=frozen.digest)
    return frozen


def recompute(frozen: Footprint) -> Result:
    """Compute a stored footprint again, from its own copy and in the way of its own time; raise OutOfOrder
    when the copy was altered."""
    sheet, constants = sheet_of(frozen)
    return footprint.compute(sheet, constants, frozen.arithmetic)


def sheet_of(frozen: Footprint) -> tuple[Sheet, Constants]:
    """What a stored footprint was computed of; raise OutOfOrder when its copy was altered."""
    if hashlib.sha256(rfc8785.dumps(frozen.document())).hexdigest() != frozen.digest:
        raise OutOfOrder("footprint-altered")
    declared = Quantity(frozen.declared_amount, frozen.declared_unit)
    output = Quantity(frozen.output_amount, frozen.output_unit)
    rows = footprint.rows_from_plain(lines_of(frozen.rows))
    constants: Constants = FIRST
    if frozen.basis is not None:
        constants = Noted(frozen.basis)
        typed = footprint.rows_from_plain(lines_of(frozen.rows[: frozen.basis["typed"]]))
        rows = (*typed, *_system_rows(_solve_again(frozen.basis, constants), output, constants))
    return Sheet(declared, output, frozen.gwp, rows), constants


def _solve_again(basis: Mapping[str, Any], constants: Constants) -> Solution | None:  # JSON
    """As it was solved then: before the solver was noted, by a dense matrix, whose last digit may differ."""
    if "solver" in basis or not basis["system"]:
        return solve_system(basis["system"], constants)
    return systems.solve_as_before(systems.read(basis["system"], constants))


def _basis(inventory: Inventory, result: Result, constants: Noting) -> dict[str, object]:
    """What a footprint rests on besides its rows.  `typed` counts the rows before those of the system;
    `kilograms` are of the whole output, not divided; `apart`, `thereof` and
    `pact` are what is reported apart."""
    return {
        **constants.noted,
        "typed": len(inventory.rows),
        "system": inventory.system,
        "solver": SOLVER,
        "kilograms": f"{result.kilograms:f}",
        "apart": _texts(result.apart),
        **{name: _texts(told) for name in ("thereof", "pact") if (told := getattr(result, name))},
        **({} if result.at_grid is None else {"at_grid": f"{result.at_grid:f}"}),
    }


def _without_ground(made: records.Lines, sheet: Sheet, around: Around) -> list[Row]:
    """The rows but for those of a record whose ground was accepted."""
    own = [row for place, row in zip(made.of, made.rows, strict=True) if place not in around.grounds]
    return [*own, *sheet.rows[len(made.rows) :]]


def _computed(
    inventory: Inventory, around: Around, constants: Constants = TODAY
) -> tuple[records.Lines, Sheet, Result, Result]:
    """The records, their sheet, what it comes to line by line, and what is told of it record by record."""
    missing = [name for name in ("output_amount", "output_unit") if not getattr(inventory, name)]
    if missing:
        raise Invalid("output-missing", dict.fromkeys(missing, "value-missing"))
    said = {name: getattr(inventory, name) for name in SAID}
    setting = _setting(said, around, constants, relied_on=True)
    made = records.lines([row.record for row in inventory.rows], setting, around.grounds)
    facts = {name: getattr(inventory, name) for name in SHEET}
    sheet = _sheet(facts, made.rows, solve_system(inventory.system, constants), constants)
    result = _beside_grid(_fitting(sheet, constants), made, sheet, constants)
    told = _doubted(made, sheet, result, around, **said)
    return made, sheet, result, _with(told, _superseded(inventory))


def _setting(
    head: reading.Head, around: Around, constants: Constants = TODAY, *, relied_on: bool
) -> records.Around:
    return records.Around(
        constants,
        relied_on=relied_on,
        boundary=head.get("boundary") or "",
        period_from=head.get("period_from"),
        period_to=head.get("period_to"),
        certificates=around.certificates,
    )


def _beside_grid(result: Result, made: records.Lines, sheet: Sheet, constants: Constants = TODAY) -> Result:
    """With what it would come to if all electricity were the grid's."""
    if not made.at_grid:
        return result
    rows = (*made.at_grid, *sheet.rows[len(made.rows) :])
    total = footprint.compute(replace(sheet, rows=rows), constants).total
    return result if total == result.total else replace(result, at_grid=total)


def _doubted(
    made: records.Lines,
    sheet: Sheet,
    result: Result,
    around: Around,
    **said: Any,  # further facts of Seen
) -> Result:
    """By record, with what is asked about it; the library is looked up for rows that are held against it."""
    told, seen = made.folded(result), replace(sheet, rows=(*made.seen, *sheet.rows[len(made.rows) :]))
    power = any(row.factor is not None and row.factor.is_power for row in seen.rows)
    fuels = any(row.fuel is not None for row in seen.rows)
    burnt = any(row.factor is not None and row.factor.category == "fuel_combustion" for row in seen.rows)
    library = checks.Library(
        power=queries.copies_of("electricity_footprint", "electricity") if power else (),
        fuels=queries.copies_of(*PARAMETERS) if fuels else (),
        defaults=queries.copies_of("fuel_combustion") if burnt else (),
    )
    return _with(
        told,
        checks.doubts(
            checks.Seen(seen, told, today(), around=around, library=library, records=made.records, **said)
        ),
    )


def _sheet(
    facts: reading.Head, rows: Sequence[Row], solved: Solution | None, constants: Constants = TODAY
) -> Sheet:
    """Everything that counts, whoever asks: the rows, then those that the system comes to."""
    declared = Quantity(facts["declared_amount"], facts["declared_unit"])
    output = Quantity(facts["output_amount"], facts["output_unit"])
    return Sheet(declared, output, facts["gwp"], (*rows, *_system_rows(solved, output, constants)))


def _system_rows(solved: Solution | None, output: Quantity, constants: Constants) -> tuple[Row, ...]:
    return systems.rows(solved, output, constants) if solved else ()


def _fitting(sheet: Sheet, constants: Constants = TODAY) -> Result:
    """Compute; that the output is measured like the declared unit is said at its field."""
    try:
        return footprint.compute(sheet, constants)
    except Invalid as error:
        error.fields = error.fields or {"output_unit": error.slug}
        raise


def _with(result: Result, cautions: Sequence[Caution]) -> Result:
    return replace(result, cautions=(*result.cautions, *cautions))


def _superseded(inventory: Inventory) -> list[Caution]:
    """Rows whose factor has a newer version since they were saved."""
    chosen = [(place, row, each) for place, row in enumerate(inventory.rows) for each in row.every_factor]
    newest = queries.newest_versions({factor.code for _place, _row, factor in chosen})
    return [
        Caution("factor-superseded", place, {"name": row.name, "factor": factor.code})
        for place, row, factor in chosen
        if factor.version < newest[factor.code]
    ]


def _texts(numbers: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{number:f}" for name, number in numbers.items()}
