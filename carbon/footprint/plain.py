"""A computed sheet as JSON and back: what is frozen with a footprint, so that it can be computed again."""

from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from carbon.footprint.sheet import FactorCopy, Fuel, Result, Row

Plain = dict[str, Any]  # JSON, a row as it is stored


def rows_to_plain(rows: tuple[Row, ...], result: Result) -> list[Plain]:
    """Each row with its factor and what came out; numbers are strings, digit for digit."""
    return [
        _to_plain(row) | {"value": _number(done.value), "share": _number(done.share), "gas": done.gas}
        for row, done in zip(rows, result.rows, strict=True)
    ]


def rows_from_plain(plain: list[Plain]) -> tuple[Row, ...]:
    return tuple(_from_plain(row) for row in plain)


def _to_plain(row: Row) -> Plain:
    """Decimals as text; what is None stays None.  What is told apart of a row is kept where there is any."""
    told = asdict(row)
    thereof = list(told.pop("thereof"))
    plain = {
        key: {k: _number(v) for k, v in value.items()} if isinstance(value, dict) else _number(value)
        for key, value in told.items()
    }
    return plain | ({"thereof": thereof} if thereof else {})


def _from_plain(plain: Plain) -> Row:
    known = {field.name: plain[field.name] for field in fields(Row) if field.name in plain}
    factor, fuel = known.pop("factor", None), known.pop("fuel", None)
    quantity, thereof = known.pop("quantity"), tuple(known.pop("thereof", ()))
    return Row(
        **known,
        thereof=thereof,
        quantity=None if quantity is None else Decimal(quantity),
        factor=FactorCopy(**factor | {"value": Decimal(factor["value"])}) if factor else None,
        fuel=_fuel(fuel) if fuel else None,
    )


def _fuel(plain: Plain) -> Fuel:
    exact: Plain = {key: value if key == "ncv_unit" else Decimal(value) for key, value in plain.items()}
    return Fuel(**exact)


def _number(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else value
