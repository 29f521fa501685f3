"""The verbs of carbon.  Each is told its actor, checks first, and never commits."""

from carbon.operations.factors import Imported, import_factors, load_factors
from carbon.operations.footprints import (
    compute,
    divided_otherwise,
    freeze,
    preview,
    recompute,
    solve_system,
    weights,
)
from carbon.operations.inventories import copy_inventory, create_inventory, prove, save_inventory, set_system

__all__ = [
    "Imported",
    "compute",
    "copy_inventory",
    "create_inventory",
    "divided_otherwise",
    "freeze",
    "import_factors",
    "load_factors",
    "preview",
    "prove",
    "recompute",
    "save_inventory",
    "set_system",
    "solve_system",
    "weights",
]
