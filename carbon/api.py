"""The calculator and the factor library, open to everybody; nothing that is sent here is kept."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from accounts.session import public
from carbon import operations, queries, records, shapes, systems
from carbon.footprint import GASES, SETS, Result, gases
from carbon.operations import spreads
from carbon.operations.reading import MOST_ROWS
from core import api as handed
from core.api import Answered, asked_in, described
from core.db import only_reading
from core.errors import Invalid
from core.members import at_most
from core.readers import pointer, pointer_of
from core.web import json_response

if TYPE_CHECKING:
    from carbon.models import Factor as Stored

bp = Blueprint("carbon_api", __name__, url_prefix="/api/v1")

# The calculator's members, and the fields of an inventory they are; a member may hold further ones.
Members = Mapping[str, "str | Members"]

HEAD: Members = {
    "declared_unit": {"amount": "declared_amount", "unit": "declared_unit"},
    "output": {"amount": "output_amount", "unit": "output_unit"},
    "gwp": "gwp",
}
ROW: Members = {
    "name": "name",
    "stage": "stage",
    "amount": "quantity",
    "unit": "unit",
    "factor": {"value": "own_value", "unit": "own_unit"},
    "factor_code": "factor_code",
    "kind": "kind",
}
PARTS = ("rows", "system", "restate", *spreads.MEMBERS)
CELL = re.compile(r"rows-(\d+)-(\w+)(.*)")


class Amount(BaseModel):
    amount: str
    unit: str


class Factor(BaseModel):
    value: str
    unit: str = Field(examples=["kgCO2e/kWh", "tCO2/t"])


class Row(BaseModel):
    """A record; `kind` says what it states besides.  An activity has a factor, or the code of one."""

    model_config = ConfigDict(json_schema_extra={"anyOf": records.schemas()})

    kind: str | None = Field(None, examples=list(records.KINDS))
    name: str = ""
    stage: str = Field(examples=["raw_material", "manufacturing", "distribution", "use", "end_of_life"])
    amount: str | None = Field(None, description="not declared without it, but for a ledger")
    unit: str = "1"
    factor: Factor | None = None
    factor_code: str | None = None


class Activity(BaseModel):
    """Rows, a system of processes, or both together."""

    declared_unit: Amount | None = Field(None, description="needed beside rows; of a system alone its demand")
    output: Amount | None = Field(None, description="what the rows add up to; the declared unit by default")
    gwp: str = "AR6"
    restate: str | None = Field(None, description="asks for the total under another set", examples=["AR5"])
    rows: Annotated[list[Row], at_most(MOST_ROWS)] = Field(default_factory=list)
    system: systems.Sent | None = None
    limit: str | None = Field(None, description="asks how probable it is that the total does not exceed it")
    seed: int | None = Field(None, description="asks for draws at random; the same seed draws the same")


class Search(BaseModel):
    q: str = Field("", max_length=200)
    unit: str = Field("", max_length=200)
    region: str = Field("", max_length=200)
    stage: str = Field("", max_length=200)
    per_page: int = Field(20, ge=1, le=200)


class Value(Answered):
    value: str
    unit: str


class SourceAnswer(Answered):
    """One row per declared unit; `share` is its part of the total, 0 to 1."""

    name: str
    stage: str
    gas: str
    value: str | None
    unit: str
    share: str | None


class Warned(Answered):
    """`row` is the place of the row it concerns, from 0; what is only said has no question."""

    slug: str
    row: int | None
    severity: str = Field(examples=["red", "amber", "note"])
    message: str
    question: str


class Footprint(Answered):
    """With a system, `scaling` is how often each process runs for the demand, and `contributions` what each
    of them adds to the total; without, both are null."""

    total: Value | None
    at_grid: Value | None = Field(description="With all electricity from the grid, where that is another")
    stages: dict[str, Value]
    gases: dict[str, Value]
    apart: dict[str, Value]
    thereof: dict[str, Value] = Field(description="What rows were said to be told apart as; in the total")
    pact: shapes.PactAnswer | None = Field(
        description="null where the footprint goes beyond the gate, or subtracts an avoided product"
    )
    rows: list[SourceAnswer]
    scaling: dict[str, str] | None
    contributions: dict[str, Value] | None
    allocations: dict[str, Value] | None = Field(
        description="the total by every other way of dividing joint processes for which enough is stored"
    )
    uncertainty: shapes.UncertaintyAnswer | None = Field(
        description="null unless a row states how far off it may be"
    )
    restated: shapes.RestatedAnswer | None = Field(description="null unless `restate` asks for it")
    warnings: list[Warned]


class FactorAnswer(Answered):
    """`units` are those a quantity may be given in beside it."""

    code: str
    version: int
    name: str
    name_en: str
    category: str
    value: str
    unit: str
    gas_basis: str
    units: list[str]
    region: str
    source: str
    source_en: str
    source_year: int
    valid_from: date
    confidence: str
    gwp: str = Field(description="the set its CO2e was made with; empty where its source does not say")


class Factors(Answered):
    total: int
    items: list[FactorAnswer]


class Asked(BaseModel):
    set: str = Field("AR6", max_length=200, examples=["AR5", "AR6"])
    gas: str = Field("", max_length=200, examples=["CH4-fossil", "R410A"], description="all by default")


@bp.post("/footprints/preview")
@described("carbon", json=Activity, answer=Footprint)
@public
def preview() -> ResponseReturnValue:
    """What activity data come to: total, stages and rows per declared unit, with warnings."""
    body = _body()
    facts, rows = _read(body)
    asked = spreads.read(body)
    try:
        with only_reading():
            solved = _solved(body.get("system"))
            result, complaints = operations.preview(facts, rows, solved)
            otherwise = operations.divided_otherwise(facts, rows, solved)
            again = _restated(body.get("restate"), facts, rows, solved)
        if complaints:
            raise Invalid("inventory-invalid", complaints, count=len(complaints))
    except Invalid as error:
        error.fields = {_pointer(name): slug for name, slug in error.fields.items()}
        error.details = {_pointer(name): detail for name, detail in error.details.items()}
        raise
    doubt = spreads.spread(result, body["rows"], asked)
    answer = _answer(result, solved, otherwise, facts.get("gwp") or "AR6")
    told = {"uncertainty": shapes.uncertainty(doubt, result.unit), "restated": again}
    return json_response(answer | told)


@bp.get("/factors")
@described("carbon", query=Search, answer=Factors)
@public
def factors() -> ResponseReturnValue:
    """Search the factor library; `unit` is one the quantity is in, `stage` puts likely ones first."""
    asked = asked_in(Search)
    total, found = queries.search_factors(asked.q, asked.unit, asked.region, asked.stage, asked.per_page)
    return json_response({"total": total, "items": [_factor(row) for row in found]})


@bp.get("/gwp")
@described("carbon", query=Asked, answer=shapes.Potentials)
@public
def gwp() -> ResponseReturnValue:
    """How strongly gases warm, by the report of the IPCC and by where their carbon comes from."""
    asked = asked_in(Asked)
    named = [asked.gas] if asked.gas else GASES
    return json_response({"items": [_potential(asked.set, gas) for gas in named]})


def _body() -> dict[str, Any]:  # JSON
    """The body; only beside a system the rows may be left out."""
    body = handed.body()
    if isinstance(body, dict) and body.get("rows") is None and body.get("system") is not None:
        body = {**body, "rows": []}
    if not isinstance(body, dict) or not isinstance(body.get("rows"), list):
        raise Invalid("body-shape", {"/rows": "body-shape"})
    return body


def _restated(
    gwp: object, facts: dict[str, str], rows: list[Mapping[str, object]], solved: systems.Solution | None
) -> dict[str, object] | None:
    if gwp is None:
        return None
    if gwp not in SETS:
        raise Invalid("gwp-unknown", {"/restate": "gwp-unknown"}, known="、".join(SETS))
    return shapes.restated(operations.restated_preview(facts, rows, solved, str(gwp)))


def _solved(system: Any) -> systems.Solution | None:  # JSON, read by carbon.systems
    if system is None:
        return None
    systems.refuse_unknown(system)
    return operations.solve_system(system)


def _read(body: dict[str, Any]) -> tuple[dict[str, str], list[Mapping[str, object]]]:  # JSON
    """The body as an inventory that was typed: a flat head and flat rows."""
    rows = [_record(row, f"/rows/{place}") for place, row in enumerate(body["rows"])]
    head = {member: value for member, value in body.items() if member not in PARTS}
    return _flat(head, HEAD, ""), rows


def _record(body: object, where: str) -> Mapping[str, object]:
    """The members that every row has, flat; the quantities of a record as they were sent."""
    if not isinstance(body, dict):
        raise Invalid("body-shape", {where: "body-shape"})
    if records.FIELDS.keys().isdisjoint(body):
        return _flat(body, ROW, where, unit="1")
    own = {member: value for member, value in body.items() if member in records.FIELDS}
    rest = {member: value for member, value in body.items() if member not in own}
    return {**_flat(rest, ROW, where, unit="1"), **own}


def _flat(body: object, members: Members, where: str, **found: str) -> dict[str, str]:
    """The known members by their fields, as text; what is null or not there is left out, or is what was
    `found` before."""
    _flatten(body, members, where, found)
    return found


def _flatten(body: object, members: Members, where: str, found: dict[str, str]) -> None:
    if not isinstance(body, dict):
        raise Invalid("body-shape", {where: "body-shape"})
    for member, value in body.items():
        field = members.get(member)
        if type(value) is str and type(field) is str:  # nearly always
            found[field] = value
            continue
        if field is None:
            unknown = {where + pointer_of([member]): "body-member-unknown"}
            raise Invalid("body-invalid", unknown, members=[member])
        if value is None:
            continue
        if not isinstance(field, str):
            _flatten(value, field, f"{where}/{member}", found)
        elif isinstance(value, (dict, list)):
            raise Invalid("body-shape", {f"{where}/{member}": "body-shape"})
        else:
            found[field] = str(value)


def _pointer(name: str) -> str:
    """The JSON pointer of a field, `/rows/3/amount` for `rows-3-quantity`; a system's fields are pointers."""
    if name.startswith("/"):
        return name
    if found := CELL.fullmatch(name):
        member = _place(found[2], ROW) or f"/{found[2]}"
        return f"/rows/{found[1]}{member}{pointer(found[3].removeprefix('-')) if found[3] else ''}"
    return _place(name, HEAD) or f"/{name}"


def _place(field: str, members: Members) -> str:
    for member, inside in members.items():
        if inside == field:
            return f"/{member}"
        if isinstance(inside, Mapping) and (deeper := _place(field, inside)):
            return f"/{member}{deeper}"
    return ""


def _answer(
    result: Result, solved: systems.Solution | None, otherwise: Mapping[str, Decimal], gwp: str
) -> dict[str, object]:
    return {
        "total": _value(result.total, result.unit),
        "at_grid": _value(result.at_grid, result.unit),
        "stages": {stage: _value(value, result.unit) for stage, value in result.stages.items()},
        "gases": {gas: _value(value, result.unit) for gas, value in result.gases.items()},
        "apart": {part: _value(value, result.unit) for part, value in result.apart.items()},
        "thereof": {part: _value(value, result.unit) for part, value in result.thereof.items()},
        "pact": shapes.pact(result.pact, gwp),
        "rows": [
            {
                "name": row.name,
                "stage": row.stage,
                "gas": row.gas,
                **(_value(row.value, result.unit) or {"value": None, "unit": result.unit}),
                "share": None if row.share is None else f"{row.share:.6f}",
            }
            for row in result.rows
        ],
        "scaling": solved and {name: f"{runs.normalize():f}" for name, runs in solved.scaling.items()},
        "contributions": solved and _contributions(result, solved),
        "allocations": solved and {way: _value(total, result.unit) for way, total in otherwise.items()},
        "warnings": queries.spoken(result.cautions),
    }


def _contributions(result: Result, solved: systems.Solution) -> dict[str, dict[str, str] | None]:
    sums = operations.by_process(result, solved)
    return {name: _value(amount, result.unit) for name, amount in sums.items()}


def _value(value: Decimal | None, unit: str) -> dict[str, str] | None:
    return None if value is None else {"value": f"{value.normalize():f}", "unit": unit}


def _potential(report: str, gas: str) -> dict[str, object]:
    try:
        taken, *others = gases.stated(report, gas)
    except Invalid as error:
        error.fields = {"set" if error.slug == "gwp-unknown" else "gas": error.slug}
        raise
    return {
        "gas": gas,
        "origin": gases.origin(gas),
        "set": report,
        **_said(taken),
        "barred": gases.barred(report, gas),
        "others": [_said(other) for other in others],
        "composition": [
            {"gas": part, "share": f"{share:f}"} for part, share in gases.BLENDS.get(gas, {}).items()
        ],
    }


def _said(potential: gases.Potential) -> dict[str, object]:
    return {"value": f"{potential.value.normalize():f}", "source": potential.source}


def _factor(row: "Stored") -> dict[str, object]:
    return {
        "code": row.code,
        "version": row.version,
        "name": row.name_zh,
        "name_en": row.name_en,
        "category": row.category,
        "value": row.value,
        "unit": row.unit,
        "gas_basis": row.gas_basis,
        "units": queries.unit_choices(row.unit),
        "region": row.region,
        "source": row.source,
        "source_en": row.source_en,
        "source_year": row.source_year,
        "valid_from": row.valid_from,
        "confidence": row.confidence,
        "gwp": row.gwp,
    }
