"""Writing an inventory down."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError

from carbon import keys, queries, records, systems
from carbon.models import ActivityRow, Factor, Inventory
from carbon.operations import reading
from carbon.operations.solved import figure, look
from core.clock import now
from core.db import db
from core.errors import NotPermitted, OutOfOrder
from core.machine import Actor


def create_inventory(actor: Actor, organisation_id: int, **facts: object) -> Inventory:
    """Open an empty inventory for an organisation.  `facts`: title, declared_amount, declared_unit,
    boundary, and what else of the head is known."""
    may_write(organisation_id, actor)
    read = _read_head(facts)
    inventory = Inventory(organisation_id=organisation_id, updated_by=actor.label, **read)
    db.session.add(inventory)
    db.session.flush()
    return inventory


def save_inventory(
    inventory: Inventory,
    actor: Actor,
    facts: Mapping[str, object],
    rows: Sequence[Mapping[str, object]] | None,
    expected_version: int,
) -> None:
    """Take the given facts of the head and, unless None, all rows anew.

    Refuses a stale page (OutOfOrder) and what cannot be right (Invalid, with fields such as
    `rows-3-quantity`); then nothing has changed.  A row is a mapping with the names of
    `reading.Typed`; a draft may leave any of them out but the stage.
    """
    may_write(inventory.organisation_id, actor)
    _not_stale(inventory, expected_version)
    complaints = reading.Complaints()
    head = reading.head(facts, complaints)
    library = queries.newest_factors(reading.codes(rows or ()))
    copies = {code: factor.copy() for code, factor in library.items()}
    typed = None if rows is None else reading.rows(rows, copies, complaints)
    made = _lines(typed or ())
    reading.ground(made, complaints)
    reading.sourced(made, complaints)
    _check_period(inventory, head, complaints)
    stated = [row.stated for row in (inventory.rows if typed is None else typed)]
    period = {name: getattr(inventory, name) for name in ("period_from", "period_to")}
    reading.in_period(stated, period | head, complaints)
    complaints.refuse()
    with db.session.no_autoflush:  # one save is one version
        _assign(inventory, head)
        if typed is not None:
            _replace_rows(inventory, typed, library)
    _touch(inventory, actor)


def set_system(
    inventory: Inventory,
    actor: Actor,
    system: Mapping[str, Any] | None,  # JSON
) -> None:
    """Let a system of processes (see carbon.systems) stand beside the rows; None takes it away.

    It is solved once here, so that one without an answer, or with something subtracted, is refused where
    it is typed.
    """
    may_write(inventory.organisation_id, actor)
    if system is not None:
        systems.refuse_unknown(system)
        look(system).refuse()
    _put_system(inventory, actor, system)


def type_system(inventory: Inventory, actor: Actor, system: Mapping[str, Any]) -> None:  # JSON
    """As `set_system`, for one that is typed process by process: it may stand unsolved, with what it came to
    before beside it, and the inventory counts as filled when it can be solved again."""
    may_write(inventory.organisation_id, actor)
    systems.refuse_unknown(system)
    _put_system(inventory, actor, system)


def _put_system(inventory: Inventory, actor: Actor, system: Mapping[str, Any] | None) -> None:  # JSON
    fault = look(system).slug if system else ""
    if not fault:
        inventory.system_last = None
    elif inventory.system and not inventory.system_fault:
        inventory.system_last = _last(inventory, inventory.system)
    inventory.system, inventory.system_fault = dict(system) if system else None, fault
    _touch(inventory, actor)


def _last(inventory: Inventory, system: Mapping[str, Any]) -> dict[str, object] | None:  # JSON
    found = figure(system, inventory.gwp)
    if found is None:
        return None
    ways = {way: f"{total:f}" for way, total in found.ways.items()}
    at = inventory.updated_at.isoformat()
    return {"total": f"{found.total:f}", "unit": found.unit, "ways": ways, "at": at}


def copy_inventory(source: Inventory, target: Inventory, actor: Actor) -> None:
    """Fill an empty inventory with what stands in another: head, rows and system, evidence included, but not
    the set of warming potentials, which a rule asks for."""
    may_write(target.organisation_id, actor)
    for name in (
        "output_amount",
        "output_unit",
        "period_from",
        "period_to",
        "system",
        "system_fault",
        "system_last",
    ):
        setattr(target, name, getattr(source, name))
    names = [*(column.key for column in inspect(ActivityRow).column_attrs), "evidence_digest"]
    for row in source.rows:
        values = {name: getattr(row, name) for name in names if name not in ("id", "inventory_id")}
        target.rows.append(ActivityRow(**values, others=list(row.others)))
    _touch(target, actor)


def prove(
    inventory: Inventory,
    actor: Actor,
    digest: str,
    places: set[int],
    months: Mapping[int, Collection[str]],
    expected_version: int,
) -> None:
    """Let a file prove exactly the rows at these places, and of other rows, by their places, these months."""
    may_write(inventory.organisation_id, actor)
    _not_stale(inventory, expected_version)
    for place, row in enumerate(inventory.rows):
        others = [each for each in row.evidence_digest.split() if each != digest]
        row.evidence_digest = " ".join([*others, digest] if place in places else others)
        _assign(row, {"stated": records.linked(row.stated, digest, months.get(place, ()))})
    _touch(inventory, actor)


def _lines(typed: Sequence[reading.Typed]) -> records.Lines:
    return records.lines([row.record for row in typed], records.Around(relied_on=True))


def may_write(organisation_id: int, actor: Actor) -> None:
    own = actor.organisation_id == organisation_id and "applicant" in actor.roles
    if not own and "system" not in actor.roles:
        raise NotPermitted("inventory-of-others")


def _not_stale(inventory: Inventory, expected_version: int) -> None:
    if inventory.version != expected_version:
        raise OutOfOrder("page-is-stale")


def _read_head(facts: Mapping[str, object]) -> reading.Head:
    complaints = reading.Complaints()
    read = reading.head(facts, complaints)
    complaints.refuse()
    return read


def _check_period(inventory: Inventory, head: reading.Head, complaints: reading.Complaints) -> None:
    start = head.get("period_from", inventory.period_from)
    end = head.get("period_to", inventory.period_to)
    if start and end and end < start:
        complaints.fields["period_to"] = "period-backwards"


def _assign(row: Inventory | ActivityRow, values: Mapping[str, object]) -> None:
    """Touch only what differs, so that saving what stands writes nothing."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _replace_rows(
    inventory: Inventory, typed: Sequence[reading.Typed], library: Mapping[str, Factor]
) -> None:
    """A row that is known stays the row it is, wherever it stands now; another gets the key it came with, if
    that is free."""
    stands = list(inventory.rows)
    known = {number: stands[place] for number, place in keys.pair(stands, typed).items()}
    taken = {row.key for row in known.values()}
    rows = []
    for place, new in enumerate(typed):
        row = known.get(place) or ActivityRow(key=_free(new.key, taken), stage="")
        taken.add(row.key)
        values = {name: getattr(new, name) for name in reading.COLUMNS}
        values |= {"position": place, "stated": {**new.stated}, "factor": library.get(new.factor_code)}
        values |= {"others": _inside(new, library)}
        _assign(row, values)
        rows.append(row)
    if rows != stands:
        inventory.rows = rows


def _inside(typed: reading.Typed, library: Mapping[str, Factor]) -> list[Factor]:
    """What it is reckoned with besides its own, in order, so that what stands is not taken for another."""
    return [library[code] for code in records.codes_in(typed) if code in library]


def _free(key: str, taken: set[str]) -> str:
    return key if key and key not in taken else keys.new()


def _touch(inventory: Inventory, actor: Actor) -> None:
    """Every save is a version, whichever part of the inventory it changed."""
    inventory.updated_at, inventory.updated_by = now(), actor.label
    try:
        db.session.flush()
    except StaleDataError as error:
        raise OutOfOrder("page-is-stale") from error
