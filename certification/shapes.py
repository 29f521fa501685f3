"""The shapes of the API for what is no step, and what is answered.  No rules live here."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from carbon import operations as carbon
from carbon import records
from carbon.operations.reading import MOST_ROWS
from carbon.shapes import pact, restated
from carbon.shapes import uncertainty as said_of
from carbon.systems import SystemAsSent
from certification.application.models import Application, ApplicationFile, CorrectionPoint
from certification.application.operations.applications import MOST_PROOFS
from certification.application.operations.filling import MOST_MODELS
from certification.application.queries import inventories
from core.api import PageNumber
from core.members import Amount, Body, Count, Day, File, Reader, Text, at_most
from schemes.called import kind_name
from schemes.models import SchemeVersion


class Upload(Body):
    file: File


class Grounds(Body):
    grounds: Text


class BodiesQuery(BaseModel):
    scheme: Text


class DayQuery(BaseModel):
    on: Day | None = None


class PageQuery(BaseModel):
    q: Text = Field("", max_length=200)
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=100)


class NewApplication(Body):
    scheme: Text
    body: Text = Field(description="统一社会信用代码 of the certification body")
    product_name: Text = ""


class Party(Body):
    name: Text = ""
    uscc: Text = ""
    address: Text = ""
    region: Text = ""


class AsStated(Reader):
    """A value of a parameter, which the rule of the case reads."""

    kinds = (str, int, float)

    def _checked(self, given: object) -> object:
        return given if isinstance(given, bool) else super()._checked(given)

    def read(self, given: object) -> object:
        return given

    def described(self) -> dict[str, object]:
        return {"type": ["string", "number", "boolean"]}


OfRule = Annotated[Any, AsStated()]  # JSON, read by schemes.stated
Parameters = Annotated[
    dict[str, OfRule | None],
    Field(
        description="By slug, as the application schema of the rule says; what is not named stays,"
        " null takes a value away"
    ),
]


class Model(Body):
    code: Text
    specification: Text = ""
    parameters: Parameters = Field(default_factory=dict)


class ApplicationFacts(Body):
    version: Count
    product_name: Text | None = None
    product_name_en: Text | None = None
    trademark: Text | None = None
    series: Text | None = None
    producer: Party | None = None
    factory: Party | None = None
    parameters: Parameters | None = None
    models: Annotated[list[Model], at_most(MOST_MODELS)] | None = None


class AsSent(Reader):
    """A quantity of a record, which is read with its row: a number beside its unit, or a list of such."""

    kinds = (str, int, float, dict, list)

    def read(self, given: object) -> object:
        return given


Stated = Annotated[Any, AsSent()]  # JSON, read by carbon.records


class EveryRow(Body):
    """What every row has.  `kind` says which quantities it may have besides."""

    model_config = ConfigDict(json_schema_extra={"anyOf": records.schemas()})

    stage: Text
    key: Text = Field("", description="What the row is known by whatever its name; given when it has none")
    name: Text
    quantity: Amount | None = None
    unit: Text
    factor_code: Text | None = None
    own_value: Amount | None = None
    own_unit: Text | None = None
    own_source: Text | None = None
    kind: Text | None = None
    evidence: Annotated[list[Text], at_most(MOST_PROOFS)] = Field(default_factory=list)
    note: Text = ""
    quality: Text = ""

    def cells(self) -> dict[str, object]:
        """For carbon: the files that prove it by their digests, and beside them what was written of them."""
        cells = self.model_dump(exclude_unset=True, exclude={"evidence", "note"})
        return cells | {"evidence_digest": " ".join(self.evidence), "evidence": self.note}


# With the quantities of every kind, as their registry reads them; those of another kind are refused by it.
STATED: dict[str, Any] = dict.fromkeys(records.FIELDS, (Stated | None, None))  # as create_model takes them
if TYPE_CHECKING:
    from carbon.queries import ActivityRow

    InventoryRow = EveryRow
else:
    InventoryRow = create_model("InventoryRow", __base__=EveryRow, **STATED)


class InventoryFacts(Body):
    version: Count
    output_amount: Amount | None = None
    output_unit: Text | None = None
    period_from: Day | None = None
    period_to: Day | None = None
    gwp: Text | None = None
    rows: Annotated[list[InventoryRow], at_most(MOST_ROWS)] = Field(default_factory=list)
    system: SystemAsSent | None = Field(
        None, description="left out, the system that stands there stays; null takes it away"
    )


class CaseDeclared(Body):
    free: bool
    reason: Text = ""


class PointAnswer(Body):
    answer: Text
    not_applicable: bool = False


class LabelRequest(Body):
    uses: Text


def scheme(version: SchemeVersion) -> dict[str, object]:
    return {
        "code": version.code,
        "version": version.version,
        "family": version.family,
        "category": version.category,
        "name": version.name,
        "name_en": version.name_en,
        "rule_number": version.rule_number,
        "rule_source": version.rule_source,
        "declared_amount": version.declared_amount,
        "declared_unit": version.declared_unit,
        "boundary": version.boundary,
        "validity_years": version.validity_years,
        "limit": version.limit_value,
        "limit_source": version.limit_source,
        "limit_demo": version.limit_demo,
        "gwp": version.gwp,
        "rounding_digits": version.rounding_digits,
        "comparison": version.comparison,
        "materiality": version.materiality,
        "certificates": version.certificates,
        "required_files": version.required_files,
        "tests": version.tests,
        "demo": version.demo,
    }


def file(case: Application, kept: ApplicationFile) -> dict[str, object]:
    called = kind_name(case.scheme.rules, kept.kind)
    return {
        "id": kept.id,
        "kind": kept.kind,
        "kind_name": called,
        "name": kept.name,
        "sha256": kept.digest,
    }


def application(case: Application) -> dict[str, object]:
    return {
        "id": case.id,
        "number": case.number,
        "version": case.version,
        "state": case.state,
        "demo": case.demo,
        "scheme": case.scheme.code,
        "body": case.body.uscc,
        "applicant": case.applicant.uscc,
        "producer": case.producer,
        "factory": case.factory,
        "product_name": case.product_name,
        "product_name_en": case.product_name_en,
        "trademark": case.trademark,
        "series": case.series,
        "parameters": case.parameters,
        "models": [
            {"code": m.code, "specification": m.specification, "parameters": m.parameters}
            for m in case.models
        ],
        "files": [file(case, each) for each in case.current_files],
        "points": list(map(_point, case.open_points)),
        "inventory": {"id": case.inventory_id, "version": case.inventory.version},
        "footprint": _footprint(case),
        "grade": case.decision.grade if case.decision and case.tells_decision else "",
    }


def _point(point: CorrectionPoint) -> dict[str, object]:
    said = {"id": point.id, "anchor": point.anchor, "text": point.text, "answer": point.answer}
    return said | {"not_applicable": point.not_applicable, "splits": point.splits}


def inventory(case: Application) -> dict[str, object]:
    """As it is sent: whoever has not kept what they sent can read it back."""
    stored = case.inventory
    head = {name: getattr(stored, name) for name in InventoryFacts.model_fields if name != "rows"}
    bare = {str(place): months for place, months in case.bare_months.items()}
    return {
        **head,
        "rows": [_row(row) for row in stored.rows],
        "unproved": case.unproved,
        "bare_months": bare,
    }


def _row(row: "ActivityRow") -> dict[str, object]:
    cells = {name: getattr(row, name) for name in EveryRow.model_fields if name not in ("evidence", "note")}
    return {**cells, **row.stated, "evidence": row.evidence_digest.split(), "note": row.evidence}


def _footprint(case: Application) -> dict[str, object] | None:
    if case.footprint is None:
        return None
    return {
        "total": case.stated_carbon,
        "exact": case.footprint.total,
        "at_grid": case.footprint.at_grid,
        "uncertainty": said_of(inventories.uncertainty_of(case), case.footprint.unit),
        "unit": case.footprint.unit,
        "stages": case.footprint.stages,
        "apart": case.footprint.apart,
        "thereof": case.footprint.thereof,
        "pact": pact(case.footprint.pact, case.footprint.gwp),
        "restated": [restated(each) for each in carbon.restated(case.footprint)],
        "digest": case.footprint.digest,
    }
