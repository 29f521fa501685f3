"""What is typed on the pages of adoptions: its shape."""

from typing import IO, Any

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import Optional

from core.fields import ExactField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm, ReasonForm, SavedForm, StepForm
from registers.adoption.models import Adoption
from registers.adoption.operations import LISTS
from schemes.models import SchemeVersion

STEPS: dict[str, type[StepForm]] = {
    "propose": StepForm,
    "send_back": ReasonForm,
    "approve": StepForm,
    "end": ReasonForm,
    "withdraw": ReasonForm,
}


class BeginForm(BlamedForm):
    scheme_code = SelectField(_l("认证规则"))

    def offer(self, schemes: list[SchemeVersion]) -> None:
        self.scheme_code.choices = [(each.code, each.said_name) for each in schemes]


class TermsForm(SavedForm):
    """What the body adds; a box that is empty leaves it to the rule or the house."""

    person_days = ExactField(_l("每件至少的人日"), [MayBeEmpty()])
    pattern = StringField(_l("证书编号样式"), [Optional(), Fits(Adoption.pattern)])
    acceptance = TextAreaField(_l("受理检查：增加的项目"), [Optional()])
    documents = TextAreaField(_l("文件评审：增加的项目"), [Optional()])
    site = TextAreaField(_l("现场核查：增加的项目"), [Optional()])
    review = TextAreaField(_l("技术复核：增加的项目"), [Optional()])
    logo = FileField(_l("机构标志"), [Optional()])
    seal = FileField(_l("机构印章"), [Optional()])

    def facts(self) -> dict[str, Any]:  # as the operation takes them
        return {
            "person_days": self.person_days.data,
            "pattern": self.pattern.data or "",
            "checklists": {name: _lines(self[name].data) for name in LISTS},
            "logo": _sent(self.logo),
            "seal": _sent(self.seal),
        }


class PaperForm(SavedForm):
    text = TextAreaField(_l("行文"), [Optional(), Fits(Adoption.papers)])


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _sent(box: FileField) -> tuple[IO[bytes], str] | None:
    sent = box.data
    return (sent.stream, sent.filename) if sent and sent.filename else None


def terms_form(adoption: Adoption) -> TermsForm:
    """What stands."""
    lists = {name: "\n".join(adoption.checklists.get(name, ())) for name in LISTS}
    stands = {"version": adoption.version, "person_days": adoption.person_days, "pattern": adoption.pattern}
    return TermsForm(formdata=None, data=stands | lists)


def paper_form(adoption: Adoption, kind: str) -> PaperForm:
    return PaperForm(formdata=None, data={"version": adoption.version, "text": adoption.papers.get(kind, "")})


def step_form(adoption: Adoption, step: str) -> StepForm:
    return STEPS[step](formdata=None, data={"version": adoption.version})
