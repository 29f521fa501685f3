"""The shape of what the body hands in about orders and samples: plan, order, drawing, doubts, a batch."""

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from certification.laboratory.models import CustodyEntry, Sample
from certification.workflow.sample import METHODS
from core.fields import DateField, Fits, IntegerField, StringField, TextAreaField, row
from core.i18n import _l
from core.readers import ids
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import ReasonForm, StepForm, words_of


class OrderForm(StepForm):
    method = RadioField(_l("抽样方式"), [MayBeEmpty()], choices=words_of("sampling", METHODS))
    model = SelectField(_l("型号"), [MayBeEmpty()])
    quantity = IntegerField(
        _l("数量"),
        [MayBeEmpty(), NumberRange(min=1, max=10_000, message=_l("数量应在 1 到 10000 之间"))],
        invalid_value_message=_l("数量写整数"),
    )
    laboratory_id = SelectField(_l("检测机构"), [MayBeEmpty()], coerce=row)
    items = ChecksField(_l("检测项目"), [Optional()], description=_l("不勾选就是方案分给这家机构的全部项目"))
    retest_of = HiddenField()
    reason = TextAreaField(
        _l("下达理由"), [Optional(), Fits(Sample.order_reason)], description=_l("复检要写明理由")
    )

    def offer(self, case) -> None:
        self.model.choices = [(model.code, model.code) for model in case.models]
        rows = case.plan.laboratories if case.plan else []
        self.laboratory_id.choices = [(row.laboratory_id, row.laboratory.name) for row in rows]
        self.items.choices = [(item["slug"], item["name"]) for item in case.scheme.tests]

    def facts(self) -> dict:
        facts = super().facts()
        return facts | {"retest_of": ids.number(facts["retest_of"])}


class DispatchForm(StepForm):
    drawn_on = DateField(_l("抽样或寄送日期"), [MayBeEmpty()])
    seal_number = StringField(
        _l("封条号"), [Fits(Sample.seal_number)], description=_l("现场抽样、封样时填写")
    )


class DrawForm(StepForm):
    drawn_on = DateField(_l("抽样日期"), [MayBeEmpty()])
    drawn_at = StringField(_l("抽样地点"), [Fits(Sample.drawn_at)])
    seal_number = StringField(
        _l("封条号"), [Fits(Sample.seal_number)], description=_l("现场抽样、封样时填写")
    )


class SendForm(StepForm):
    sent_on = DateField(_l("寄送日期"), [MayBeEmpty()])
    carrier = StringField(_l("承运方"), [Fits(CustodyEntry.taker)])


class HandOverForm(StepForm):
    on = DateField(_l("交接日期"), [MayBeEmpty()])
    taker = StringField(_l("接收人"), [Fits(CustodyEntry.taker)])
    place = StringField(_l("地点"), [Fits(CustodyEntry.place)])
    note = StringField(_l("说明"), [Optional(), Fits(CustodyEntry.note)])


# What the body, and a client who submits a sample, do with a sample.
FORMS = {
    "draw": DrawForm,
    "dispatch": DispatchForm,
    "send": SendForm,
    "hand_over": HandOverForm,
    "resume": ReasonForm,
    "replace": ReasonForm,
}
