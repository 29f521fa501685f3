"""How what the body hands in about orders and samples is asked: order, drawing, sending, doubts."""

from certification.application.models import Application
from certification.laboratory import shapes
from core.i18n import _l
from core.step.fields import ChecksField, HiddenField, SelectField, StringField
from core.step.forms import LateForm, ReasonForm, StepForm, box


class OrderForm(StepForm):
    asks = shapes.SampleOrder
    method = box(_l("抽样方式"), words="sampling")
    model = box(_l("型号"), SelectField)
    quantity = box(_l("数量"))
    laboratory_id = box(_l("检测机构"), SelectField)
    items = box(
        _l("检测项目"), ChecksField, optional=True, description=_l("不勾选就是方案分给这家机构的全部项目")
    )
    retest_of = box("", HiddenField)
    reason = box(_l("下达理由"), optional=True, description=_l("复检要写明理由"))

    def offer(self, case: Application) -> None:
        self.model.choices = [(model.code, model.code) for model in case.models]
        planned = case.plan.laboratories if case.plan else []
        self.laboratory_id.choices = [(row.laboratory_id, row.laboratory.name) for row in planned]
        self.items.choices = [(item["slug"], item["name"]) for item in case.scheme.tests]


class DispatchForm(LateForm):
    asks = shapes.Dispatch
    drawn_on = box(_l("抽样或寄送日期"))
    seal_number = box(_l("封条号"), description=_l("现场抽样、封样时填写"))


class DrawForm(LateForm):
    asks = shapes.Drawing
    drawn_on = box(_l("抽样日期"))
    drawn_at = box(_l("抽样地点"))
    seal_number = box(_l("封条号"), description=_l("现场抽样、封样时填写"))


class SendForm(LateForm):
    asks = shapes.Sending
    sent_on = box(_l("寄送日期"))
    carrier = box(_l("承运方"))


class HandOverForm(LateForm):
    asks = shapes.HandOver
    on = box(_l("交接日期"))
    taker = box(_l("接收人"))
    place = box(_l("地点"))
    note = box(_l("说明"), StringField, optional=True)


# What the body, and a client who submits a sample, do with a sample.
FORMS = {
    "draw": DrawForm,
    "dispatch": DispatchForm,
    "send": SendForm,
    "hand_over": HandOverForm,
    "resume": ReasonForm,
    "replace": ReasonForm,
}
