"""What is typed of an objection, and to decide it."""

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import Optional

from core.fields import Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, ReasonForm, StepForm, box
from procurement.objections import shapes
from procurement.objections.models import ListObjection, Objector


class ObjectionForm(BlamedForm):
    number = StringField(_l("证书编号"), [Optional(), Fits(ListObjection.number_named)])
    model = StringField(_l("型号"), [Optional(), Fits(ListObjection.model_named)])
    text = TextAreaField(_l("事实和理由"), [Fits(ListObjection.text)])
    upload = FileField(_l("证据"), [Optional()])
    name = StringField(_l("您的姓名或单位"), [Optional(), Fits(Objector.name)])
    contact = StringField(_l("联系方式"), [Optional(), Fits(Objector.contact)])

    def facts(self) -> dict[str, Any]:  # as the operation names them
        typed = {name: self[name].data or "" for name in ("number", "model", "text", "name", "contact")}
        upload = self.upload.data if self.upload.data and self.upload.data.filename else None
        return {**typed, "upload": upload}


class DismissForm(ReasonForm):
    reason = box(_l("理由"))


class UpholdForm(DismissForm):
    asks = shapes.Upheld
    unasked = dict.fromkeys(("remedy", "corrected"), "an upheld objection leaves the line out")


class CorrectForm(DismissForm):
    asks = shapes.Upheld
    remedy = box(_l("怎样更正"), words="remedy")
    corrected = box(_l("更正为"), optional=True)


STEPS: dict[str, type[StepForm]] = {"uphold": CorrectForm, "dismiss": DismissForm}


def of_step(objection: ListObjection, step: str) -> type[StepForm]:
    """An objection is upheld or not; a correction says how."""
    return UpholdForm if step == "uphold" and objection.kind == "objection" else STEPS[step]


def step_form(objection: ListObjection, step: str) -> StepForm:
    return of_step(objection, step)(formdata=None, data={"version": objection.version})
