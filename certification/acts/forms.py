"""The shape of an appeal and of what is handed in with its steps."""

from flask_wtf.file import FileField
from wtforms import RadioField
from wtforms.validators import Optional

from certification.acts.models import Appeal
from certification.workflow.appeal import CONCLUSIONS, OUTCOMES
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import ReasonForm, SignForm, StepForm, words_of


class FileAppealForm(StepForm):
    version = None  # nothing stands yet that could have changed

    grounds = TextAreaField(_l("申诉的事实和理由"), [Fits(Appeal.grounds)])
    upload = FileField(_l("证明材料"), [Optional()])


class InvestigateForm(StepForm):
    findings = TextAreaField(_l("调查情况"), [Fits(Appeal.findings)])


class DecideAppealForm(SignForm):
    outcome = RadioField(_l("决定"), [MayBeEmpty()], choices=words_of("outcome", OUTCOMES))
    reason = TextAreaField(_l("决定理由"), [Fits(Appeal.reasons)])


class ConcludeForm(ReasonForm):
    conclusion = RadioField(_l("处理结论"), [MayBeEmpty()], choices=words_of("conclusion", CONCLUSIONS))


FORMS = {
    "accept": StepForm,
    "reject": ReasonForm,
    "investigate": InvestigateForm,
    "decide": DecideAppealForm,
    "escalate": ReasonForm,
    "conclude": ConcludeForm,
}
