"""The shape of what is typed to change what a certificate is worth, and to look one up."""

from wtforms import SelectField
from wtforms.validators import Length, Optional

from certification.certificate.models import CertificateModel, StatusAct
from certification.workflow.certificate import CAUSES
from core import asked
from core.fields import DateField, Fits, FlaskForm, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import StepForm, words_of


class ActForm(StepForm):
    """One act; the causes to choose from are those of its kind."""

    cause = SelectField(_l("原因"), [Optional()])
    reason = TextAreaField(_l("事实与理由"), [Fits(StatusAct.reason)])

    def offer(self, step: str) -> "ActForm":
        self.cause.choices = [("", _l("请选择")), *words_of("cause", CAUSES[step])()]
        for name in {"cause", "until"} & self._fields.keys():  # left empty here, the law says what is missing
            self[name].flags.optional = False
        return self


class SuspendForm(ActForm):
    until = DateField(_l("暂停截止日期"), [Optional()])


FORMS = {"suspend": SuspendForm, "restore": ActForm, "withdraw": ActForm, "cancel": ActForm}


class LookUpForm(FlaskForm):
    """Read from the address, so it carries no token."""

    class Meta:
        csrf = False

    q = StringField(_l("证书编号或核验码"), [Length(max=asked.LONGEST)])


class CheckForm(FlaskForm):
    """Which model, and which day, a visitor of the verification page asks about."""

    class Meta:
        csrf = False

    model = StringField(_l("产品型号"), [Fits(CertificateModel.code)])
    on = DateField(_l("日期"), [Optional()])
