"""What each product category demands, by version: read from a file into the register of schemes.

A file is read whole before any of it is kept: whatever a page or a rule of the law would later stumble
over is named here, with its place.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from sqlalchemy import exists, select
from typing_extensions import TypedDict

from carbon import units
from carbon.footprint import BOUNDARIES, SETS, rounded
from core import audit, columns
from core.calendar.ledger import UNITS
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from core.members import Amount, Day
from schemes.models import SchemeVersion
from schemes.terms import USUAL
from schemes.vocabulary import (
    CERTIFICATES,
    CLOCK_NAMES,
    COMPARATORS,
    COMPARISONS,
    FAMILIES,
    FILE_KINDS,
    TERM_NAMES,
)

SHIPPED = Path(__file__).parent / "data" / "schemes.json"
MEASURED = ("", "%", "MPa")  # units of tests that no footprint is counted in


def _declarable(unit: str) -> str:
    try:
        return units.canonical(unit)
    except Invalid as error:
        raise ValueError(f"no unit is called {unit!r}") from error


def _measurable(unit: str) -> str:
    if unit not in MEASURED:
        for part in unit.split("/"):
            _declarable(part)
    return unit


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]
Positive = Annotated[Amount, Field(gt=0)]
NotNegative = Annotated[Amount, Field(ge=0)]
Count = Annotated[int, Field(gt=0, le=3660)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Test(_Strict):
    __test__ = False  # not a test case, whatever its name
    slug: Slug
    name: Text
    name_en: Text
    method: Text
    unit: Annotated[str, AfterValidator(_measurable)]
    comparator: Literal[COMPARATORS] | None  # type: ignore[valid-type]  # spread at run time
    limit: NotNegative | None
    demo: bool

    @model_validator(mode="after")
    def _compared_with_something(self) -> "Test":
        if (self.comparator is None) != (self.limit is None):
            raise ValueError("comparator and limit stand together, or neither does")
        return self


class Clock(_Strict):
    days: Count
    unit: Literal[UNITS]  # type: ignore[valid-type]  # spread at run time
    source: Text


class Term(_Strict):
    months: Count
    source: Text
    weak: bool = False


class Latest(Term):
    months: Annotated[int, Field(ge=0, le=3660)]  # 0: asking on the last day is still punctual


# Which clocks a scheme may state: in days those the law counts, in months the terms after issue.
Clocks = TypedDict(  # type: ignore[misc]  # its members are those of the law
    "Clocks",
    dict.fromkeys(CLOCK_NAMES, NotRequired[Clock])
    | dict.fromkeys(TERM_NAMES, NotRequired[Term])
    | {"recertification_latest": NotRequired[Latest]},
)
Clocks.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]  # as pydantic reads it


class Scheme(_Strict):
    code: Slug
    version: Text
    family: Literal[FAMILIES]  # type: ignore[valid-type]  # spread at run time
    category: Slug
    name: Text
    name_en: Text
    category_name: Text
    category_name_en: Text
    rule_number: Text
    rule_source: Text
    demo: bool
    mode: Text
    mode_en: Text
    declared_amount: Positive
    declared_unit: Annotated[str, AfterValidator(_declarable)]
    boundary: Literal[BOUNDARIES]  # type: ignore[valid-type]  # spread at run time
    validity_years: Annotated[int, Field(gt=0, le=20)]
    validity_source: Text
    limit_value: Positive | None
    limit_source: str = ""
    limit_demo: bool = False
    comparison: Literal[COMPARISONS] = "full"  # type: ignore[valid-type]  # spread at run time
    rounding_digits: Annotated[int, Field(ge=0, le=10)] = 2
    gwp: Literal[SETS] = "AR6"  # type: ignore[valid-type]  # spread at run time
    person_days: NotNegative
    retests: Annotated[int, Field(ge=0, le=10)] = 1
    materiality: Annotated[Positive, Field(le=1)] | None = None
    certificates: Literal[CERTIFICATES] = "outside"  # type: ignore[valid-type]  # spread at run time
    required_files: list[Literal[FILE_KINDS]]  # type: ignore[valid-type]  # spread at run time
    tests: list[Test]
    clocks: Clocks
    effective_from: Day
    effective_to: Day | None

    @field_validator("*")
    @classmethod
    def _printable(cls, value: object, field: ValidationInfo) -> object:
        """As its column takes it, with all that stands in it: papers print it."""
        plain = value
        if isinstance(value, list | dict):
            plain = TypeAdapter(Any).dump_python(value, mode="json")  # of whatever type
        if faults := columns.faults(SchemeVersion, {str(field.field_name): plain}):
            raise ValueError(*faults.values())
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "Scheme":
        slugs = [test.slug for test in self.tests]
        if len(set(slugs)) < len(slugs):
            raise ValueError("two tests have the same slug")
        if self.limit_value is not None and not self.limit_source:
            raise ValueError("a limit names its source")
        if (
            self.limit_value is not None
            and rounded(self.limit_value, self.rounding_digits) != self.limit_value
        ):
            raise ValueError("a limit has no more digits than the footprints that are held against it")
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to lies before effective_from")
        if self._months("recertification_earliest") < self._months("recertification_latest"):
            raise ValueError("the earliest day to ask for recertification lies after the latest")
        return self

    def _months(self, name: str) -> int:
        stated: Any = self.clocks.get(name)  # a Term, which no checker sees in Clocks
        found: Any = stated.months if stated else USUAL[name]["months"]  # a Count, either way
        return found  # type: ignore[no-any-return]  # as above


FILE = TypeAdapter(list[Scheme])


def load(path: Path, actor: Actor) -> dict[str, int]:
    """Take the scheme versions of a JSON file; return how many were added, changed, kept and unchanged.

    A version is known by code and version.  One that a case already runs under is
    kept as it stands, whatever the file says: what changed needs a version of its own.
    Raises Invalid `scheme-file-wrong`, every fault named, before anything is taken.
    """
    counts = {"added": 0, "changed": 0, "kept": 0, "unchanged": 0}
    for scheme in _read(path):
        counts[_take(_values(scheme), actor)] += 1
    return counts


def _read(path: Path) -> list[Scheme]:
    try:
        return FILE.validate_json(path.read_bytes())
    except ValidationError as error:
        wrong = [f"{_place(each['loc'])}: {each['msg']}" for each in error.errors()]
        raise Invalid("scheme-file-wrong", wrong="\n".join(wrong)) from error


def _place(location: tuple[int | str, ...]) -> str:
    """Such as [0].tests[2].limit."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location) or "file"


def _values(scheme: Scheme) -> dict[str, str]:
    """The columns; what is kept as JSON as the file wrote it."""
    written = scheme.model_dump(mode="json", include={"tests", "clocks"}, exclude_unset=True)
    return scheme.model_dump(exclude={"tests", "clocks"}) | written


def _take(values: dict[str, str], actor: Actor) -> str:
    scheme = db.session.scalar(
        select(SchemeVersion).where(
            SchemeVersion.code == values["code"], SchemeVersion.version == values["version"]
        )
    )
    if scheme is None:
        scheme = SchemeVersion(**values)
        db.session.add(scheme)
        outcome = "added"
    else:
        outcome = _change(scheme, values)
    db.session.flush()
    if outcome in ("added", "changed"):
        audit.record(actor, f"scheme.{outcome}", f"scheme/{scheme.code}/{scheme.version}")
    return outcome


def _change(scheme: SchemeVersion, values: dict[str, str]) -> str:
    differing = {name: value for name, value in values.items() if getattr(scheme, name) != value}
    if not differing:
        return "unchanged"
    if _rested_on(scheme):
        return "kept"
    for name, value in differing.items():
        setattr(scheme, name, value)
    return "changed"


def _rested_on(scheme: SchemeVersion) -> bool:
    """Whether a row of any table points at the version, whichever office keeps that table."""
    key = SchemeVersion.__table__.c.id
    pointers = [
        column
        for table in SchemeVersion.metadata.tables.values()
        for column in table.columns
        if column.references(key)  # type: ignore[arg-type]  # of a table, it is a Column
    ]
    return any(db.session.scalar(select(exists().where(column == scheme.id))) for column in pointers)
