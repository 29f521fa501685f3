"""How an appeal is filed, and how what is handed in with its steps is asked."""

from flask_wtf.file import FileField
from wtforms.validators import Optional

from certification.acts import shapes
from certification.acts.models import Appeal
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.step.forms import ReasonForm, SavedForm, SignForm, StepForm, box


class FileAppealForm(SavedForm):
    version = None  # type: ignore[assignment]  # nothing stands yet that could have changed

    grounds = TextAreaField(_l("申诉的事实和理由"), [Fits(Appeal.grounds)])
    upload = FileField(_l("证明材料"), [Optional()])


class RejectForm(StepForm):
    asks = shapes.Rejection
    reason = box(_l("理由"))


class InvestigateForm(StepForm):
    asks = shapes.Investigation
    findings = box(_l("调查情况"))


class DecideAppealForm(StepForm):
    asks = shapes.AppealDecision
    outcome = box(_l("决定"), words="outcome")
    reason = box(_l("决定理由"))
    signed = SignForm.signed


FORMS = {
    "accept": StepForm,
    "reject": RejectForm,
    "investigate": InvestigateForm,
    "decide": DecideAppealForm,
    "escalate": ReasonForm,
}
