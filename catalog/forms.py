"""What can be typed and ticked beside the catalogue; it is sent by GET, so an address can be passed on."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import Length, Optional, ValidationError

from catalog.queries import Looked
from catalog.search import GROUPS, SORTS, Criteria
from catalog.search.ask import Range
from core import asked
from core.fields import ExactField, FlaskForm, StringField
from core.i18n import _, _l

SIZES = ("12", "24", "48", "96")


def ticked() -> SelectMultipleField:
    """Any slug may stand in an address; one nobody bears finds nothing."""
    return SelectMultipleField(choices=[], validate_choice=False)


class FilterForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField(_l("产品名称、型号、企业或证书编号"), [Length(max=asked.LONGEST)])
    category, below, status, family, boundary, region = (ticked() for _group in GROUPS)
    carbon_from = ExactField(_l("不低于"), [Optional()])
    carbon_to = ExactField(_l("不高于"), [Optional()])
    sort = StringField()
    view = StringField()

    def validate_carbon_to(self, field: ExactField) -> None:
        if field.data is not None and (self.carbon_from.data or field.data) > field.data:
            raise ValidationError("carbon-range-backwards")

    @property
    def usual_order(self) -> str:
        """What is meant when no order is named, so that an address need not name it."""
        return "relevance" if (self.q.data or "").strip() else "newest"

    @property
    def order(self) -> str:
        return self.sort.data if self.sort.data in SORTS else self.usual_order

    @property
    def as_table(self) -> bool:
        return self.view.data == "table"

    def criteria(self, about: "ParameterForm | None" = None) -> Criteria:
        """What was asked for, without what could not be read: that is said at its field."""
        sound = not self.errors
        return Criteria(
            text=(self.q.data or "")[:200],
            chosen={group: tuple(self[group].data) for group in GROUPS if self[group].data},
            carbon_from=self.carbon_from.data if sound else None,
            carbon_to=self.carbon_to.data if sound else None,
            sort=self.order,
            parameters=about.chosen() if about else {},
            ranges=about.ranges() if about else {},
        )


class ParameterForm(FlaskForm):
    """What rules of one category ask; the fields are made of them, see `parameter_form`."""

    class Meta:
        csrf = False

    looked: tuple[Looked, ...] = ()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:  # as WTForms has it
        sound = super().validate(extra_validators)
        for low, high in (self.ends(each) for each in self.looked if not each.options):
            if low.data is not None and high.data is not None and low.data > high.data:
                high.errors = [*high.errors, "parameter-range-backwards"]
                sound = False
        return bool(sound)

    def ends(self, each: Looked) -> tuple[ExactField, ExactField]:
        return self[f"{each.argument}.from"], self[f"{each.argument}.to"]

    def chosen(self) -> dict[str, tuple[str, ...]]:
        return {
            each.slug: tuple(self[each.argument].data)
            for each in self.looked
            if each.options and self[each.argument].data
        }

    def ranges(self) -> dict[str, Range]:
        """Without what could not be read."""
        found = {each.slug: self.ends(each) for each in self.looked if not each.options}
        return {
            slug: (low.data, high.data)
            for slug, (low, high) in found.items()
            if not (low.errors or high.errors) and (low.data is not None or high.data is not None)
        }


def parameter_form(looked: Sequence[Looked]) -> type[ParameterForm]:
    fields: dict[str, Any] = {"looked": tuple(looked)}  # fields as WTForms binds them
    for each in looked:
        if each.options:
            fields[each.argument] = ticked()
        else:
            fields[f"{each.argument}.from"] = ExactField(_("%(name)s：不低于", name=each.name), [Optional()])
            fields[f"{each.argument}.to"] = ExactField(_("%(name)s：不高于", name=each.name), [Optional()])
    return type("AboutForm", (ParameterForm,), fields)
