"""How a question is answered, and how it is settled."""

from certification.application.models import Application
from certification.questions import shapes
from certification.questions.models import Question
from core.i18n import _, _l
from core.step.door import at
from core.step.fields import SelectField
from core.step.forms import ReasonForm, StepForm, box


class AnswerForm(StepForm):
    asks = shapes.Answer
    answer = box(_l("答复"))
    file = box(_l("证明文件"), SelectField, optional=True)

    def offer(self, case: Application) -> "AnswerForm":
        self.file.choices = [("", _("不附文件")), *((str(file.id), file.name) for file in case.current_files)]
        return self


class RaiseForm(StepForm):
    asks = shapes.Raised
    grade = box(_l("等级"), words="grade")
    fact = box(_l("事实"))
    clause = box(_l("依据"), optional=True)


def answer_form(question: Question) -> AnswerForm:
    """With what was answered before, and ids of its own: many stand on one page."""
    stands = {"version": question.version, "answer": question.answer, "file": str(question.file_id or "")}
    return at(AnswerForm(data=stands, formdata=None).offer(question.application), f"question-{question.id}")


FORMS: dict[str, type[StepForm]] = {
    "accept_answer": ReasonForm,
    "accept_ground": ReasonForm,
    "withdraw_ground": ReasonForm,
    "raise_finding": RaiseForm,
}
