"""The shape of what is handed in after issue: cases, requests, follow-up checks, label uses."""

from flask_wtf.file import FileField
from wtforms import FieldList, FormField, RadioField, SelectField
from wtforms.validators import Optional

from certification.aftercare.models import StatusProposal, Surveillance
from certification.application.models import Application
from certification.evaluation.forms.reviews import SiteCheckForm
from certification.label.models import MEDIA, LabelUse
from certification.workflow.proposal import ASKED_BY_HOLDER, POSSIBLE
from certification.workflow.surveillance import CHECKS
from core.fields import DateField, ExactField, Fits, StringField, TextAreaField, row
from core.i18n import _l
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import ReasonForm, StepForm, words_of
from core.words import sentence


class CaseForm(StepForm):
    """Which kind of case about a certificate is opened; each is a button of its own."""

    purpose = StringField("", [Fits(Application.purpose)])


class RequestForm(StepForm):
    kind = RadioField(_l("申请办理"), [MayBeEmpty()])
    reason = TextAreaField(_l("事由"), [Fits(StatusProposal.reason)])
    until = DateField(_l("希望暂停到"), [Optional()])

    def offer(self, certificate) -> "RequestForm":
        kinds = [kind for kind in ASKED_BY_HOLDER if kind in POSSIBLE.get(certificate.state, ())]
        self.kind.choices = words_of("certificate.step", kinds)()
        return self


class UseForm(StepForm):
    medium = SelectField(_l("用在"), [MayBeEmpty()], choices=words_of("medium", MEDIA))
    place = StringField(_l("具体位置"), [Fits(LabelUse.place)])
    since = DateField(_l("开始使用"), [MayBeEmpty()])
    quantity = ExactField(_l("数量"))
    upload = FileField(_l("照片或图样"), [Optional()])


class EndForm(StepForm):
    until = DateField(_l("停用日期"), [MayBeEmpty()])


class NotifyForm(StepForm):
    on = DateField(_l("检查日期"), [MayBeEmpty()])
    person_days = ExactField(_l("人日数"))
    lead_verifiers = ChecksField(_l("检查组长"), coerce=row)
    verifiers = ChecksField(_l("检查组员"), [Optional()], coerce=row)

    FUNCTIONS = {"lead_verifiers": "lead_verifier", "verifiers": "verifier"}

    def offer(self, people: dict[str, list]) -> None:
        """`people`: function -> [(membership, slugs of why not)], as for the plan of a case."""
        for name, function in self.FUNCTIONS.items():
            self[name].choices = [(seat.user_id, seat.user.name) for seat, _ in people[function]]
            self[name].hindrances = {
                seat.user_id: "".join(map(sentence, why)) for seat, why in people[function] if why
            }

    def facts(self) -> dict:
        facts = super().facts()
        team = [
            (user_id, function)
            for name, function in self.FUNCTIONS.items()
            for user_id in facts.pop(name) or ()
        ]
        return facts | {"team": team}


class ConductForm(StepForm):
    items = FieldList(FormField(SiteCheckForm), min_entries=len(CHECKS), max_entries=len(CHECKS))
    conducted_on = DateField(_l("检查日期"), [MayBeEmpty()])
    person_days = ExactField(_l("实际人日数"))
    summary = TextAreaField(_l("综述"), [Optional(), Fits(Surveillance.summary)])

    def facts(self) -> dict:
        items = [
            {"slug": slug, "finding": entry.finding.data or "", "note": (entry.note.data or "").strip()}
            for slug, entry in zip(CHECKS, self.items, strict=False)
        ]
        return super().facts() | {"items": items}


class RequireForm(ReasonForm):
    due = DateField(_l("整改期限"), [MayBeEmpty()])


class AnswerForm(StepForm):
    answer = TextAreaField(_l("整改情况"), [Fits(Surveillance.answer)])
    upload = FileField(_l("整改证据"))


SURVEILLANCE = {
    "notify": NotifyForm,
    "conduct": ConductForm,
    "require": RequireForm,
    "answer": AnswerForm,
    "pass": ReasonForm,
    "fail": ReasonForm,
}


class BatchForm(ReasonForm):
    until = DateField(_l("暂停到"), [MayBeEmpty()])
