"""What people read when the database itself says no: a lost race, or a rule that was checked too early.

Every office names its constraints in a room of this name: `REFUSALS` maps a constraint to the slug and
the field it is about, `UNREACHABLE` gives the reason why nobody can meet one.  Inside a request the
error becomes that refusal at once, so that a form shows it where any other no stands.
"""

import re
from typing import Any, Protocol

from flask import has_request_context
from sqlalchemy import (
    CheckConstraint,
    Constraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    event,
)
from sqlalchemy.engine import Dialect, Engine, ExceptionContext
from sqlalchemy.exc import IntegrityError

from core.db import db
from core.errors import Invalid, OutOfOrder, Raced, Refused

# Two at once, of whom PostgreSQL lets one go on: serialization_failure and deadlock_detected.
LOST = frozenset({"40001", "40P01"})

NOT_NULL = "23502"

REFUSALS = {
    "uq_deed_name": ("said-already", ""),
    "uq_audit_entry_digest": ("lost-race", ""),
    "uq_audit_entry_previous": ("lost-race", ""),
    "uq_number_series_body_id_series_year": ("lost-race", ""),
}
UNREACHABLE = {
    "ck_audit_head_single_row": "the one row is written by the record itself",
}
# What holds for every constraint so named, so that no office need write it again.
REFUSED_BY_KIND = {"fk_": ("reference-gone", ""), "pk_": ("lost-race", "")}
UNREACHABLE_BY_NAME = {"_known": "a closed enumeration: no form, step or reader lets another slug through"}


class Room(Protocol):
    """The constraints room of an office."""

    REFUSALS: dict[str, tuple[str, str]]
    UNREACHABLE: dict[str, str]


_refusals: dict[str, tuple[str, str]] = {}
_unreachable: dict[str, str] = {}


def connect(*rooms: Room) -> None:
    """Take what every office says of its constraints."""
    _refusals.clear()
    _unreachable.clear()
    for room in rooms:
        _refusals.update(room.REFUSALS)
        _unreachable.update(room.UNREACHABLE)


def named() -> dict[str, Constraint | Index]:
    """Every constraint of every table that can refuse a row, by its name."""
    kinds = (PrimaryKeyConstraint, UniqueConstraint, CheckConstraint, ForeignKeyConstraint)
    found: list[Constraint | Index] = [
        c for table in db.metadata.tables.values() for c in table.constraints if isinstance(c, kinds)
    ]
    found += [index for table in db.metadata.tables.values() for index in table.indexes if index.unique]
    return {str(each.name): each for each in found}


def refusal_of(name: str) -> tuple[str, str] | None:
    """The slug and the field of a constraint; None when it is none of ours, or unreachable."""
    kinds = (found for prefix, found in REFUSED_BY_KIND.items() if name.startswith(prefix))
    return _refusals.get(name) or next(kinds, None)


def unreachable(name: str) -> str | None:
    """Why nobody can meet this constraint; None when somebody can."""
    endings = (why for ending, why in UNREACHABLE_BY_NAME.items() if name.endswith(ending))
    return _unreachable.get(name) or next(endings, None)


# From an error to a refusal


@event.listens_for(Engine, "handle_error")
def _say_no(context: ExceptionContext) -> None:
    if not has_request_context():
        return
    if getattr(context.original_exception, "sqlstate", None) in LOST:
        raise OutOfOrder("lost-race") from context.original_exception
    if isinstance(context.sqlalchemy_exception, IntegrityError):
        if column := missing(context.original_exception):
            raise Invalid("value-missing", {column: "value-missing"}) from context.original_exception
        refused = refusal(broken(context.original_exception, context.dialect))
        if refused is not None:
            raise refused from context.original_exception


def refusal(name: str) -> Refused | None:
    """The no for a broken constraint; None for one that should have been unreachable, which is a fault."""
    found = refusal_of(name)
    if found is None:
        return None
    slug, field = found
    if name.startswith("ck_"):
        return Invalid(slug, {field: slug} if field else None)
    return Raced(slug, {field: slug}) if field else OutOfOrder(slug)


def missing(error: Any) -> str:  # of either driver, or none
    """The column that was given nothing and needs something; "" when the error is about something else."""
    if getattr(error, "sqlstate", None) == NOT_NULL:
        return str(error.diag.column_name)
    kind, _words, column = str(error).partition(" constraint failed: ")
    return column.partition(".")[2] if kind == "NOT NULL" else ""


def broken(error: BaseException | None, dialect: Dialect) -> str:
    """The name of the constraint: PostgreSQL tells it, SQLite tells columns, or nothing for a reference."""
    if diagnosis := getattr(error, "diag", None):
        return _spelt(dialect).get(diagnosis.constraint_name, "")
    kind, _words, about = str(error).partition(" constraint failed")
    if kind == "FOREIGN KEY":
        return "fk_"
    if kind == "UNIQUE":
        return _by_columns().get(frozenset(re.findall(r"\w+\.\w+", about)), "")
    return about.removeprefix(": ")


def _spelt(dialect: Dialect) -> dict[str, str]:
    """A name as the database spells it, which is shorter where it allows no more letters."""
    spell = dialect.identifier_preparer
    return {(spell.format_constraint(each) or "").strip('"'): name for name, each in named().items()}


def _by_columns() -> dict[frozenset[str], str]:
    unique = [each for each in named().values() if isinstance(each, UniqueConstraint | Index)]
    return {frozenset(f"{c.table.name}.{c.name}" for c in each.columns): str(each.name) for each in unique}
