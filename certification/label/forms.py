"""The shape of asking for a label, and of the answer."""

from certification.label.models import LabelLicence
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.step.forms import ReasonForm, SavedForm, StepForm


class RequestForm(SavedForm):
    uses = TextAreaField(_l("用在哪里"), [Fits(LabelLicence.uses)])


FORMS: dict[str, type[StepForm]] = {"license": StepForm, "refuse": ReasonForm}
