"""What is answered to a nonconformity, or to a demand for correction, with its evidence."""

from certification.evaluation import shapes
from core.i18n import _l
from core.step.forms import StepForm, box


class AnswerForm(StepForm):
    asks = shapes.Answer
    answer = box(_l("整改情况"))
    evidence = box(_l("整改证据"))
