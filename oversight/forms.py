"""The shape of a complaint, a report, and what the regulator hands in with a step."""

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.validators import Length, Optional

from certification.acts.shapes import AppealConclusion
from certification.aftercare.shapes import Order
from core import asked
from core.fields import Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, StepForm, box, words_of
from oversight import shapes
from oversight.models import Complaint, Reporter, ViolationReport
from oversight.workflow import SUBJECTS


class ReportForm(BlamedForm):
    about_kind = SelectField(_l("反映谁"), choices=words_of("about", SUBJECTS))
    about = StringField(_l("名称、证书编号或产品型号"), [Fits(ViolationReport.about)])
    text = TextAreaField(_l("事实和线索"), [Fits(ViolationReport.text)])
    upload = FileField(_l("证据"), [Optional()])
    name = StringField(_l("您的姓名"), [Optional(), Fits(Reporter.name)])
    contact = StringField(_l("联系方式"), [Optional(), Fits(Reporter.contact)])

    def facts(self) -> dict[str, object]:
        typed = {name: (self[name].data or "") for name in ("about_kind", "about", "text", "name", "contact")}
        upload = self.upload.data if self.upload.data and self.upload.data.filename else None
        return typed | {"upload": upload}


class ComplaintForm(ReportForm):
    text = TextAreaField(_l("经过和要求"), [Fits(Complaint.text)])
    name = StringField(_l("您的姓名"), [Fits(Reporter.name)])
    contact = StringField(_l("联系方式"), [Fits(Reporter.contact)])
    consumer = BooleanField(_l("我为生活消费购买了该产品，与经营者有争议"))

    def facts(self) -> dict[str, object]:
        return super().facts() | {"consumer": bool(self.consumer.data)}


class FollowUpForm(BlamedForm):
    number = StringField(_l("编号"), [Fits(Complaint.number)])
    code = StringField(_l("查询码"), [Length(max=asked.LONGEST)])


class OrderForm(StepForm):
    """What is ordered of a body about one certificate."""

    asks = Order
    kind = box(_l("要求的事项"), words="order")
    reason = box(_l("理由和依据"))
    due = box(_l("办结期限"), optional=True)


class FoundForm(StepForm):
    asks = shapes.Found
    reason = box(_l("理由"))


class ConcludeForm(StepForm):
    asks = AppealConclusion
    conclusion = box(_l("处理结论"), words="conclusion")
    reason = box(_l("理由"))


class AnswerForm(StepForm):
    asks = shapes.Told
    answer = box(_l("告知内容"))


FORMS: dict[str, type[StepForm]] = {
    "take_on": StepForm,
    "accept": StepForm,
    "decline": FoundForm,
    "refer": FoundForm,
    "settle": FoundForm,
    "end": FoundForm,
    "extend": FoundForm,
    "open_case": FoundForm,
    "open_no_case": FoundForm,
    "tell": AnswerForm,
}
