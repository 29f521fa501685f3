"""What is typed of a suspension."""

from wtforms import BooleanField
from wtforms.validators import Optional

from core.fields import DateField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import ReasonForm, SavedForm, StepForm, box
from procurement.suspensions.models import EnterpriseSuspension
from procurement.suspensions.operations import SAID


class SuspensionForm(SavedForm):
    uscc = StringField(_l("统一社会信用代码"), [Fits(EnterpriseSuspension.uscc)])
    maker = StringField(_l("企业名称"), [Fits(EnterpriseSuspension.maker)])
    valid_from = DateField(_l("开始"), [Optional()])
    valid_to = DateField(_l("结束"), [Optional()])
    ground = TextAreaField(_l("事由"), [Fits(EnterpriseSuspension.ground)])
    basis = StringField(_l("处理决定的文号"), [Fits(EnterpriseSuspension.basis)])
    demo = BooleanField(_l("这是演示数据"))


class DropForm(ReasonForm):
    reason = box(_l("原因"))


class LiftForm(ReasonForm):
    reason = box(_l("提前解除的理由"))


STEPS: dict[str, type[StepForm]] = {"approve": StepForm, "drop": DropForm, "lift": LiftForm}


def filled(suspension: EnterpriseSuspension) -> SuspensionForm:
    said = {name: getattr(suspension, name) for name in SAID}
    return SuspensionForm(formdata=None, data={"version": suspension.version} | said)


def step_form(suspension: EnterpriseSuspension, step: str) -> StepForm:
    return STEPS[step](formdata=None, data={"version": suspension.version})
