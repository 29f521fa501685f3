"""The shape of asking for a label, and of the answer."""

from certification.forms.reviews import LONG, ReasonForm, StepForm
from core.fields import TextAreaField
from core.i18n import _l


class RequestForm(StepForm):
    uses = TextAreaField(_l("用在哪里"), [LONG])


FORMS = {"license": StepForm, "refuse": ReasonForm}
