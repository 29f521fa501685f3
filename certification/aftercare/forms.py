"""How what is handed in after issue is asked: cases, requests, follow-up checks, label uses."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from accounts.models import Membership
from certification.aftercare import shapes
from certification.aftercare.models import StatusProposal, Surveillance
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.evaluation.forms.answers import AnswerForm
from certification.evaluation.forms.reviews import CheckForm
from certification.evaluation.forms.team import TeamForm, people
from certification.label.models import MEDIA, LabelUse
from certification.workflow.proposal import ASKED_BY_HOLDER, POSSIBLE
from certification.workflow.surveillance import CHECKS
from core.fields import DateField, ExactField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.lifecycle import StepTaken
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import LateForm, ReasonForm, SavedForm, StepForm, box, rows, words_of
from core.step.shapes import Facts


class CaseForm(SavedForm):
    """Which kind of case about a certificate is opened; each is a button of its own."""

    purpose = StringField("", [Fits(Application.purpose)])


class RequestForm(SavedForm):
    kind = RadioField(_l("申请办理"), [MayBeEmpty()])
    reason = TextAreaField(_l("事由"), [Fits(StatusProposal.reason)])
    until = DateField(_l("希望暂停到"), [Optional()])

    def offer(self, certificate: Certificate) -> "RequestForm":
        kinds = [kind for kind in ASKED_BY_HOLDER if kind in POSSIBLE.get(certificate.state, ())]
        self.kind.choices = words_of("certificate.step", kinds)()
        return self


class UseForm(SavedForm):
    medium = SelectField(_l("用在"), [MayBeEmpty()], choices=words_of("medium", MEDIA))
    place = StringField(_l("具体位置"), [Fits(LabelUse.place)])
    since = DateField(_l("开始使用"), [MayBeEmpty()])
    quantity = ExactField(_l("数量"))
    upload = FileField(_l("照片或图样"), [Optional()])


class EndForm(SavedForm):
    until = DateField(_l("停用日期"), [MayBeEmpty()])


class SharedForm(StepForm):
    """Beside it stand the checks of other certificates that the same visit serves."""

    asks: ClassVar[type[Facts]] = shapes.Shared
    also = box(_l("同一次检查还包括"), ChecksField, optional=True)

    def offer_checks(self, checks: Sequence[Surveillance]) -> None:
        self.also.choices = [
            (str(each.id), f"{each.certificate.product_name} {each.number}") for each in checks
        ]
        windows = {str(each.id): f"{each.window_from} – {each.due}" for each in checks}
        self.also.remarks = windows


class NotifyForm(TeamForm, SharedForm):
    asks = shapes.CheckNotice
    FUNCTIONS = {"lead_verifiers": "lead_verifier", "verifiers": "verifier"}
    together = {"team": tuple(FUNCTIONS)}

    on = box(_l("检查日期"))
    person_days = box(_l("人日数"))
    lead_verifiers = people(_l("检查组长"))
    verifiers = people(_l("检查组员"), (Optional(),))

    def offer(self, staff: dict[str, list[tuple[Membership, list[str]]]]) -> None:
        """`staff`: function -> [(membership, slugs of why not)], as for the plan of a case."""
        self.offer_people(staff)


class CheckedForm(CheckForm):
    asks = shapes.CheckedItem
    clause = box(_l("依据的条款"), optional=True)


class ConductForm(SharedForm, LateForm):
    asks = shapes.CheckRecord

    items = rows(CheckedForm, min_entries=len(CHECKS), max_entries=len(CHECKS))
    conducted_on = box(_l("检查日期"))
    person_days = box(_l("实际人日数"))
    summary = box(_l("综述"), optional=True)
    footprint_from = box(_l("年度碳足迹的统计期开始"), optional=True)
    footprint_to = box(_l("年度碳足迹的统计期结束"), optional=True)
    footprint_declared = box(_l("企业申报的年度碳足迹"), optional=True)
    footprint_verified = box(_l("核查的年度碳足迹"), optional=True)

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        items = [{"slug": slug, **item} for slug, item in zip(CHECKS, said["items"], strict=False)]
        return said | {"items": items}


class RequireForm(ReasonForm):
    asks = shapes.CheckDemand
    due = box(_l("整改期限"))


SURVEILLANCE = {
    "notify": NotifyForm,
    "conduct": ConductForm,
    "require": RequireForm,
    "pass": ReasonForm,
    "fail": ReasonForm,
    "decline_order": ReasonForm,
}

FINDINGS: dict[str, type[StepForm]] = {"answer": AnswerForm, "reject": ReasonForm, "close": ReasonForm}


class VerifyForm(LateForm):
    asks = shapes.Verification
    verdict = box(_l("核实结论"), words="proof")
    verified_on = box(_l("核实日期"))
    verification = box(_l("看了什么，整改得怎样"))
    evidence = box(_l("核实的证据"))


PROPOSALS: dict[str, type[StepForm]] = {"verify": VerifyForm, "decline": ReasonForm}


class BatchForm(SavedForm):
    reason = TextAreaField(_l("理由"), [Fits(StepTaken.reason)])
    until = DateField(_l("暂停到"), [MayBeEmpty()])
