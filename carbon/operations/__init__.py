"""The verbs of carbon.  Each is told its actor, checks first, and never commits."""

from carbon.operations.correcting import cells_of, corrected
from carbon.operations.factors import Imported, import_factors, load_factors
from carbon.operations.footprints import (
    compute,
    divided_otherwise,
    freeze,
    preview,
    recompute,
    weights,
)
from carbon.operations.inventories import (
    copy_inventory,
    create_inventory,
    prove,
    save_inventory,
    set_system,
    type_system,
)
from carbon.operations.restating import Restated, restated, restated_preview
from carbon.operations.solved import Figure, Looked, by_process, figure, look, solve_system

__all__ = [
    "Figure",
    "Imported",
    "Restated",
    "Looked",
    "by_process",
    "cells_of",
    "compute",
    "copy_inventory",
    "corrected",
    "create_inventory",
    "divided_otherwise",
    "figure",
    "freeze",
    "import_factors",
    "load_factors",
    "look",
    "preview",
    "prove",
    "recompute",
    "restated",
    "restated_preview",
    "save_inventory",
    "set_system",
    "solve_system",
    "type_system",
    "weights",
]
