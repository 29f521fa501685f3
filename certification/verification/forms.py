"""How a verifier says what was found of one thing, and the lead what follows for the whole."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import Field, FieldList, FormField

from carbon import records
from certification.application.models import Application
from certification.verification import queries, shapes
from certification.workflow.verification import OUTPUT, ROW
from core.i18n import _, _l
from core.step.fields import ChecksField, HiddenField, SelectField, StringField
from core.step.forms import RowForm, StepForm, box
from core.words import word

UNITS = {"quantity": "unit", "own_value": "own_unit"}
VALUE = ("member", "value", "unit")


class ItemForm(RowForm):
    """One thing; of a row, one of its quantities, which `member` names."""

    asks = shapes.Item
    together = {"values": VALUE}
    subject = box("", HiddenField)
    outcome = box(_l("核查结论"), words="data_outcome")
    member = SelectField(_l("更正哪一项"), validate_choice=False)
    value = StringField(_l("核实值"))
    unit = StringField(_l("单位"))
    samples = box(_l("看了几份"), optional=True)
    evidence = box(_l("依据的文件"), ChecksField)
    reason = box(_l("依据和理由"))

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        member, value, unit = (str(said.pop(name, "") or "").strip() for name in VALUE)
        values: dict[str, object] = {}
        if value:
            values = _values(str(said.get("subject") or ""), member, value, unit)
        return said | {"values": values}


def _values(subject: str, member: str, value: str, unit: str) -> dict[str, object]:
    if subject == OUTPUT:
        return {"amount": value, "unit": unit}
    if not subject.startswith(f"{ROW}:"):
        return {"value": value}
    if member in UNITS:
        return {member: value, UNITS[member]: unit}
    return {member: {"amount": value, "unit": unit}}


class VerifyForm(StepForm):
    asks = shapes.Verified
    beside = {"upload": "a program names files that lie in the case"}
    items = FieldList(FormField(ItemForm), min_entries=1)
    upload = FileField(_l("上传依据"))

    def given(self) -> dict[str, Any]:  # as it came from the page
        """A page that names nothing says nothing of it."""
        said = super().given()
        return said | {"items": [item for item in said.get("items", ()) if any(item.values())]}

    def offer(self, case: Application, line: queries.Line) -> "VerifyForm":
        row = next((row for row in case.inventory.rows if f"{ROW}:{row.key}" == line.subject), None)
        item = self.items[0].form
        item.subject.data = line.subject
        item.member.choices = _members(row.kind, row.own_value is not None) if row else []
        item.evidence.choices = list(queries.files(case).items())
        return self

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """What is wrong with a value stands at its box, or at that of its unit."""
        if place == "items":
            return super().box_of("items.0.outcome", slug, detail)
        head, _dot, rest = place.partition(".values")
        if rest or place.endswith(".values"):
            name = "unit" if rest.endswith("unit") else "value"
            return super().box_of(f"{head}.{name}", slug, detail)
        return super().box_of(place, slug, detail)


def _members(kind: str, own: bool) -> list[tuple[str, str]]:
    """The quantities of a row that a box can hold."""
    measured = [each.name for each in records.KINDS[kind].fields if each.form == "measured"]
    found = [("quantity", str(_("活动量")))] + ([("own_value", str(_("企业自测因子")))] if own else [])
    return found + [(name, str(word(f"quantity.{name}"))) for name in measured]


class OpinionForm(StepForm):
    asks = shapes.OpinionGiven
    opinion = box(_l("核查意见"), words="opinion")
    text = box(_l("意见的依据"))


FORMS: dict[str, type[StepForm]] = {"verify_data": VerifyForm, "give_opinion": OpinionForm}
