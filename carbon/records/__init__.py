"""What may be stated: records of every kind with their own quantities, and the one registry of these.

A record comes to plain rows of a footprint (amount × factor), so the arithmetic knows no kinds.
"""

from carbon.records.book import book
from carbon.records.conditions import unit_of
from carbon.records.fields import Choice, Day, Emission, Faults, Field, Many, Measured
from carbon.records.folding import Lines, lines
from carbon.records.ledger import amounts, lacking, months_of, outside, total, within
from carbon.records.record import Around, Kind, Record, codes_in
from carbon.records.registry import (
    ACTIVITY,
    BESIDE,
    CONDITIONS,
    FIELDS,
    KINDS,
    LEDGER,
    SPREAD,
    as_texts,
    bare,
    boxes,
    clashes,
    every_field,
    expand,
    is_whole,
    named,
    of_boxes,
    read,
    schema,
    schemas,
    too_long,
    uncountable,
)
from carbon.records.spread import gsd, unsourced

__all__ = [
    "ACTIVITY",
    "BESIDE",
    "CONDITIONS",
    "FIELDS",
    "KINDS",
    "LEDGER",
    "SPREAD",
    "Around",
    "Choice",
    "Day",
    "Emission",
    "Faults",
    "Field",
    "Kind",
    "Lines",
    "Many",
    "Measured",
    "Record",
    "amounts",
    "bare",
    "book",
    "boxes",
    "clashes",
    "codes_in",
    "every_field",
    "expand",
    "gsd",
    "is_whole",
    "lacking",
    "lines",
    "months_of",
    "named",
    "of_boxes",
    "outside",
    "read",
    "schema",
    "schemas",
    "as_texts",
    "too_long",
    "total",
    "uncountable",
    "unit_of",
    "unsourced",
    "within",
]
