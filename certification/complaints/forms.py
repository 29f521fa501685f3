"""How a complaint is brought, and how what is handed in with its steps is asked."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import Optional

from certification.complaints import shapes
from certification.complaints.models import BodyComplaint, Complainant
from certification.workflow.complaint import SUBJECTS
from core.fields import Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, StepForm, box, words_of


class ComplainForm(BlamedForm):
    subject = SelectField(_l("反映什么"), choices=words_of("complaint_about", SUBJECTS))
    text = TextAreaField(_l("事实"), [Fits(BodyComplaint.text)])
    upload = FileField(_l("证据"), [Optional()])
    name = StringField(_l("您的姓名"), [Optional(), Fits(Complainant.name)])
    contact = StringField(_l("联系方式"), [Optional(), Fits(Complainant.contact)])

    def facts(self) -> dict[str, Any]:  # as `operations.bring` names them
        typed = {name: (self[name].data or "") for name in ("subject", "text", "name", "contact")}
        upload = self.upload.data if self.upload.data and self.upload.data.filename else None
        return typed | {"upload": upload}


class SetAsideForm(StepForm):
    asks = shapes.SetAside
    reason = box(_l("理由"))


class InvestigateForm(StepForm):
    asks = shapes.Investigated
    findings = box(_l("调查情况"))


class AnswerForm(StepForm):
    asks = shapes.ComplaintAnswer
    outcome = box(_l("结论"), words="complaint_outcome")
    measure = box(_l("提请处理"), words="complaint_measure", optional=True)
    answer = box(_l("答复内容"))


FORMS: dict[str, type[StepForm]] = {
    "acknowledge": StepForm,
    "set_aside": SetAsideForm,
    "investigate": InvestigateForm,
    "answer": AnswerForm,
}
