"""The shape of what is typed to change what a certificate is worth, and to look one up."""

from wtforms.validators import Length, Optional

from certification.certificate import shapes
from certification.certificate.models import CertificateModel
from certification.workflow.certificate import CAUSES
from core import asked
from core.fields import DateField, Fits, FlaskForm, StringField
from core.i18n import _l
from core.step.fields import SelectField
from core.step.forms import StepForm, box, words_of


class ActForm(StepForm):
    """One act; the causes to choose from are those of its kind."""

    asks = shapes.StatusChange
    cause = box(_l("原因"), SelectField)
    reason = box(_l("事实与理由"))

    def offer(self, step: str) -> "ActForm":
        self.cause.choices = [("", _l("请选择")), *words_of("cause", CAUSES[step])()]
        return self


class SuspendForm(ActForm):
    asks = shapes.Suspension
    until = box(_l("暂停截止日期"))


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
