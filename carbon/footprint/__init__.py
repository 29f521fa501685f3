"""How many kilograms: pure arithmetic over plain values."""

from carbon.footprint.arithmetic import LATEST, VERSIONS, compute, exact, own_factor, takes_away
from carbon.footprint.gases import GASES, SETS, gwp
from carbon.footprint.plain import rows_from_plain, rows_to_plain
from carbon.footprint.published import share_sum, stage_sum
from carbon.footprint.rounding import rounded
from carbon.footprint.sheet import (
    BOUNDARIES,
    CONFIDENCES,
    OF_PRODUCTS,
    QUALITIES,
    STAGES,
    Caution,
    FactorCopy,
    Fuel,
    Quantity,
    Result,
    Row,
    RowResult,
    Sheet,
)

__all__ = [
    "BOUNDARIES",
    "CONFIDENCES",
    "GASES",
    "LATEST",
    "OF_PRODUCTS",
    "QUALITIES",
    "SETS",
    "STAGES",
    "VERSIONS",
    "Caution",
    "FactorCopy",
    "Fuel",
    "Quantity",
    "Result",
    "Row",
    "RowResult",
    "Sheet",
    "compute",
    "exact",
    "gwp",
    "own_factor",
    "rounded",
    "rows_from_plain",
    "rows_to_plain",
    "share_sum",
    "stage_sum",
    "takes_away",
]
