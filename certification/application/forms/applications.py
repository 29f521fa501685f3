"""The shape of what an applicant types about a case; the activity data have a room of their own."""

from collections.abc import Mapping, Sequence
from typing import IO, Any

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import Field, FieldList, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Optional

from accounts.models import Organisation
from accounts.words import region_groups
from certification.application import shapes
from certification.application.models import Application, ProductModel
from certification.application.operations.filling import MOST_MODELS
from core.errors import Invalid
from core.fields import Fits, FlaskForm, StringField, row
from core.i18n import _l
from core.readers import ids
from core.step.forms import BlamedForm, ReasonForm, SavedForm, StepForm, box
from core.words import sentence
from schemes.models import SchemeVersion


class NewForm(FlaskForm):
    """Which rules, and which body."""

    scheme = RadioField(_l("认证规则"), [InputRequired(_l("选择认证规则"))])
    body = RadioField(_l("认证机构"), [InputRequired(_l("选择认证机构"))], coerce=row)

    def offer(self, schemes: Sequence[SchemeVersion], bodies: Mapping[str, Sequence[Organisation]]) -> None:
        """`bodies` maps a scheme's code to the bodies approved for it today."""
        self.scheme.choices = [(scheme.code, scheme.category_name) for scheme in schemes]
        named = {body.id: body.name for approved in bodies.values() for body in approved}
        self.body.choices = sorted(named.items(), key=lambda choice: choice[1])


class ProducerForm(Form):
    name = StringField(_l("生产者名称"), [Fits(Application.producer)])
    uscc = StringField(_l("生产者统一社会信用代码"), [Fits(Application.producer)])
    address = StringField(_l("生产者地址"), [Fits(Application.producer)])


class FactoryForm(Form):
    name = StringField(_l("生产企业名称"), [Fits(Application.factory)])
    uscc = StringField(_l("生产企业统一社会信用代码"), [Fits(Application.factory)])
    address = StringField(_l("生产企业地址"), [Fits(Application.factory)])
    region = SelectField(_l("生产企业所在地"), choices=lambda: _regions())


def _regions() -> list[SelectChoice]:
    groups = region_groups().items()
    named = [
        SelectChoice(code, name, optgroup=group) for group, names in groups for code, name in names.items()
    ]
    return [SelectChoice("", _l("请选择")), *named]


class PartiesForm(SavedForm):
    """Places a correction does not name stand in `shut`, and are not handed in."""

    shut: frozenset[str] = frozenset()
    producer = FormField(ProducerForm, _l("生产者"))
    factory = FormField(FactoryForm, _l("生产企业"))

    def facts(self) -> dict[str, object]:
        return {
            party: {name: text for name, text in box.items() if f"{party}.{name}" not in self.shut}
            for party, box in super().facts().items()
        }

    def copy(self, party: str, client: Organisation) -> None:
        """Write the client's own facts into one of the parties."""
        box = self[party].form
        box.name.data, box.uscc.data, box.address.data = client.name, client.uscc, client.address
        if party == "factory":
            box.region.data = client.region

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        party, _dash, name = place.partition("-")
        return self[party].form[name] if name else super().box_of(place, slug, detail)


class ModelForm(Form):
    code = StringField(_l("规格型号"), [Fits(ProductModel.code)])
    specification = StringField(_l("规格说明"), [Optional(), Fits(ProductModel.specification)])


class ProductForm(SavedForm):
    """The product and its models; `shut` as with the parties."""

    shut: frozenset[str] = frozenset()

    product_name = StringField(
        _l("产品名称"), [DataRequired(_l("填写产品名称")), Fits(Application.product_name)]
    )
    product_name_en = StringField(_l("英文名称"), [Optional(), Fits(Application.product_name_en)])
    trademark = StringField(_l("商标"), [Optional(), Fits(Application.trademark)])
    series = StringField(_l("系列"), [Optional(), Fits(Application.series)])
    models = FieldList(FormField(ModelForm, ""), _l("规格型号"), max_entries=MOST_MODELS)

    def facts(self) -> dict[str, object]:
        said = dict(super().facts())
        if "parameters" in said:
            said["parameters"] = self._opened("parameters", said["parameters"])
        lines = [self._model(line.data) for line in self.models]
        said["models"] = lines
        some = any(line.get("parameters") for line in lines)
        return {
            name: value
            for name, value in said.items()
            if name not in self.shut or (name == "models" and some)
        }

    def _model(self, line: Mapping[str, Any]) -> dict[str, object]:  # as the boxes of a line say it
        """A model, and what of its parameters may be said now."""
        stated = self._opened("models", line["parameters"]) if "parameters" in line else {}
        return {**{name: line[name] for name in ("code", "specification")}, "parameters": stated}

    def _opened(self, above: str, stated: Mapping[str, str | None]) -> dict[str, str | None]:
        return {slug: text for slug, text in stated.items() if f"{above}.{slug}" not in self.shut}

    def add_line(self) -> None:
        if len(self.models) < MOST_MODELS:
            self.models.append_entry()

    def remove_line(self, place: str) -> None:
        number = ids.number(place)
        if number is not None and number < len(self.models):
            del self.models.entries[number]

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        if slug != "model-twice":
            return super().box_of(place, slug, detail)
        codes = [line.form.code for line in self.models]
        return [code for code in codes if (code.data or "").strip() == detail["code"]][-1]


class FileForm(BlamedForm):
    kind = HiddenField()
    file = MultipleFileField(_l("文件"), [FileRequired(_l("先选择文件，再上传"))])

    def uploads(self) -> list[tuple[IO[bytes], str]]:
        return [(sent.stream, sent.filename or "") for sent in self.file.data]

    def blame_each(self, refused: list[tuple[str, Invalid]]) -> None:
        """Say of each file that was not kept, by its name, why."""
        said = [f"{name}：{sentence(no.slug, no.detail)}" for name, no in refused]
        self.file.errors = [*self.file.errors, *said]

    def box_of(self, _place: str, _slug: str, _detail: Mapping[str, object]) -> Field:
        field: Field = self.file
        return field


class DeclareForm(StepForm):
    asks = shapes.Declared
    declared = box(_l("以上内容真实、完整、准确，证明文件与原件一致，我单位对其负责"))


class AgreeForm(StepForm):
    asks = shapes.Agreed
    agreed = box(_l("我已阅读协议，受本单位委托签署"))


FORMS = {"submit": DeclareForm, "resubmit": StepForm, "sign": AgreeForm, "recall": ReasonForm}
