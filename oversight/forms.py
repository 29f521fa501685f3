"""The shape of a complaint, a report, and what the regulator hands in with a step."""

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Length, Optional

from certification.workflow.appeal import CONCLUSIONS
from core import asked
from core.errors import Refused
from core.fields import Fits, FlaskForm, HandedField, StringField, TextAreaField
from core.i18n import _l
from core.words import sentence, word
from oversight.models import Complaint, Reporter, ViolationReport
from oversight.workflow import SUBJECTS

# Beside which field a refusal is shown; one that stands nowhere here is shown above the form.
PLACES = {
    "reason-missing": "reason",
    "answer-missing": "answer",
    "outcome-missing": "conclusion",
    "complaint-not-of-a-consumer": "consumer",
}


def words_of(kind: str, slugs):
    return lambda: [(slug, str(word(f"{kind}.{slug}"))) for slug in slugs]


class Blamed(FlaskForm):
    def blame(self, refused: Refused) -> None:
        """Put each reason of a refusal beside its field, or above the form when it has none."""
        named = getattr(refused, "fields", {}) or {}
        for slug in dict.fromkeys(refused.detail.get("unmet") or [refused.slug]):
            places = [name for name, said in named.items() if said == slug]
            field = self._fields.get(places[0] if places else PLACES.get(slug, ""))
            if field is None:
                self.form_errors.append(sentence(slug, refused.detail))
            else:
                field.errors = [*field.errors, sentence(slug, refused.detail)]


class ReportForm(Blamed):
    about_kind = SelectField(_l("反映谁"), choices=words_of("about", SUBJECTS))
    about = StringField(_l("名称、证书编号或产品型号"), [Fits(ViolationReport.about)])
    text = TextAreaField(_l("事实和线索"), [Fits(ViolationReport.text)])
    upload = FileField(_l("证据"), [Optional()])
    name = StringField(_l("您的姓名"), [Optional(), Fits(Reporter.name)])
    contact = StringField(_l("联系方式"), [Optional(), Fits(Reporter.contact)])

    def facts(self) -> dict:
        typed = {name: (self[name].data or "") for name in ("about_kind", "about", "text", "name", "contact")}
        upload = self.upload.data if self.upload.data and self.upload.data.filename else None
        return typed | {"upload": upload}


class ComplaintForm(ReportForm):
    text = TextAreaField(_l("经过和要求"), [Fits(Complaint.text)])
    name = StringField(_l("您的姓名"), [Fits(Reporter.name)])
    contact = StringField(_l("联系方式"), [Fits(Reporter.contact)])
    consumer = BooleanField(_l("我为生活消费购买了该产品，与经营者有争议"))

    def facts(self) -> dict:
        return super().facts() | {"consumer": bool(self.consumer.data)}


class FollowUpForm(Blamed):
    number = StringField(_l("编号"), [Fits(Complaint.number)])
    code = StringField(_l("查询码"), [Length(max=asked.LONGEST)])


class StepForm(Blamed):
    version = HandedField("")

    def facts(self) -> dict:
        names = self._fields.keys() - {"version", "csrf_token"}
        return {name: (self[name].data or "") for name in names}


class ReasonForm(StepForm):
    reason = TextAreaField(_l("理由"), [Fits(Complaint.outcome)])


class ConcludeForm(ReasonForm):
    conclusion = RadioField(_l("处理结论"), [Optional()], choices=words_of("conclusion", CONCLUSIONS))


class AnswerForm(StepForm):
    answer = TextAreaField(_l("告知内容"), [Fits(Complaint.answer)])


FORMS = {
    "take_on": StepForm,
    "accept": StepForm,
    "decline": ReasonForm,
    "settle": ReasonForm,
    "end": ReasonForm,
    "extend": ReasonForm,
    "open_case": ReasonForm,
    "open_no_case": ReasonForm,
    "tell": AnswerForm,
}
