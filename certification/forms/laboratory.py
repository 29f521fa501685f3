"""The shape of what the testing body hands in with each step of a sample."""

from wtforms import DateField, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from certification.forms.fields import ExactField, MayBeEmpty
from certification.forms.reviews import A_DAY, LONG, SHORT, ReasonForm, StepForm, words_of
from core.i18n import _l


class ReceiveForm(StepForm):
    received_on = DateField(_l("收样日期"), [MayBeEmpty()], invalid_value_message=A_DAY)
    condition = TextAreaField(_l("样品状态"), [LONG], description=_l("封条、包装、数量、外观是否与委托一致"))


class ResultForm(Form):
    """One test item of the scheme; the unit and the requirement are the scheme's."""

    value = ExactField(_l("结果"))
    uncertainty = ExactField(_l("扩展不确定度"), [Optional()])
    performed_on = DateField(_l("检测日期"), [MayBeEmpty()], invalid_value_message=A_DAY)

    def validate(self, extra_validators=None) -> bool:
        """A value and the day it was measured belong together."""
        sound = super().validate(extra_validators)
        if self.value.data is not None and self.performed_on.data is None and not self.performed_on.errors:
            self.performed_on.errors = [_l("填写检测日期")]
            sound = False
        if self.uncertainty.data is not None and self.uncertainty.data < 0:
            self.uncertainty.errors = [_l("不确定度不能是负数")]
            sound = False
        return sound


class RecordForm(StepForm):
    results = FieldList(FormField(ResultForm))

    def offer(self, sample) -> None:
        """One line for each test item of the scheme; what was entered before stands in it."""
        self.tests = sample.application.scheme.tests
        entered = {result.item: result for result in sample.results}
        for item in self.tests[len(self.results) :]:
            self.results.append_entry(entered.get(item["slug"]))

    def facts(self) -> dict:
        lines = zip(self.tests, self.results, strict=False)
        return {"results": [self._result(item, line) for item, line in lines if line.value.data is not None]}

    @staticmethod
    def _result(item: dict, line) -> dict:
        return {
            "item": item["slug"],
            "value": line.value.data,
            "uncertainty": line.uncertainty.data,
            "performed_on": line.performed_on.data,
        }


class ReportForm(StepForm):
    number = StringField(_l("报告编号"), [SHORT])
    place = StringField(_l("检测地点"), [SHORT])
    issued_on = DateField(_l("签发日期"), [MayBeEmpty()], invalid_value_message=A_DAY)
    decision_rule = SelectField(_l("判定规则"), choices=words_of("rule", ("simple", "guard_band")))


FORMS = {"receive": ReceiveForm, "doubt": ReasonForm, "record": RecordForm, "report": ReportForm}
