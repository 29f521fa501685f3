"""What the applicant answers to a nonconformity."""

from flask_wtf.file import FileField

from certification.evaluation.models import NonconformityAnswer
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.step.forms import StepForm


class AnswerForm(StepForm):
    """The answer to a nonconformity, with the evidence that it was mended."""

    answer = TextAreaField(_l("整改情况"), [Fits(NonconformityAnswer.text)])
    upload = FileField(_l("整改证据"))
