"""The shape of what the testing body hands in with each step of a sample."""

from flask_wtf.file import FileField
from wtforms import FieldList, Form, FormField, RadioField, SelectField
from wtforms.validators import Optional

from certification.laboratory.forms.orders import HandOverForm
from certification.laboratory.models import Sample, TestReport, TestResult
from certification.workflow.judgement import RULES
from certification.workflow.sample import SEALS
from core.fields import DateField, ExactField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import ReasonForm, StepForm, words_of


class AcceptOrderForm(StepForm):
    expected_on = DateField(_l("预计出报告"), [MayBeEmpty()])


class ReceiveForm(StepForm):
    received_on = DateField(_l("收样日期"), [MayBeEmpty()])
    condition = TextAreaField(
        _l("样品状态"), [Fits(Sample.condition)], description=_l("封条、包装、数量、外观是否与委托一致")
    )
    seal = RadioField(_l("封条"), [MayBeEmpty()], choices=words_of("seal", SEALS))
    mismatch = StringField(
        _l("与委托不符之处"),
        [Optional(), Fits(Sample.mismatch)],
        description=_l("型号、数量、标识不一致时写明，没有就留空"),
    )


class ResultForm(Form):
    """One test item of the scheme; the unit and the requirement are the scheme's."""

    value = ExactField(_l("结果"))
    uncertainty = ExactField(_l("扩展不确定度"), [Optional()])
    performed_on = DateField(_l("检测日期"), [MayBeEmpty()])
    external = StringField(_l("外部提供者"), [Optional(), Fits(TestResult.external)])

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
        """One line for each test item of the order; what was entered before stands in it."""
        self.tests = sample.tests
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
            "external": (line.external.data or "").strip(),
        }


class SaidForm(StepForm):
    """The texts a report must have; what is known already stands in them."""

    title = StringField(_l("报告名称"), [Fits(TestReport.title)])
    customer = StringField(_l("客户"), [Fits(TestReport.customer)])
    item_description = StringField(_l("样品描述和标识"), [Fits(TestReport.item_description)])
    condition = TextAreaField(_l("样品状态"), [Fits(TestReport.condition)])
    sampling = StringField(_l("抽样方案和方法"), [Fits(TestReport.sampling)])
    deviations = StringField(_l("对方法的偏离"), [Fits(TestReport.deviations)])
    statement = StringField(_l("声明"), [Fits(TestReport.statement)])
    upload = FileField(_l("报告原件（PDF）"), [Optional()])


class ReportForm(SaidForm):
    number = StringField(_l("报告编号"), [Fits(TestReport.number)])
    place = StringField(_l("检测地点"), [Fits(TestReport.place)])
    issued_on = DateField(_l("签发日期"), [MayBeEmpty()])
    decision_rule = SelectField(_l("判定规则"), choices=words_of("rule", RULES))


class RetainForm(StepForm):
    retained_until = DateField(_l("留样到"), [MayBeEmpty()])
    retained_at = StringField(_l("留样地点"), [Fits(Sample.retained_at)])


class DisposeForm(StepForm):
    disposal = StringField(_l("处置方式"), [Fits(Sample.disposal)])
    witness = StringField(_l("见证人"), [Fits(Sample.witness)])


class AmendForm(RecordForm, ReportForm):
    """The whole report once more; what is not changed stays as it was."""

    reason = TextAreaField(_l("修订理由"), [Fits(TestReport.amendment)])

    def facts(self) -> dict:
        results = RecordForm.facts(self)
        said = {name: value for name, value in StepForm.facts(self).items() if name != "results"}
        return said | results


FORMS = {
    "accept_order": AcceptOrderForm,
    "decline_order": ReasonForm,
    "hand_over": HandOverForm,
    "receive": ReceiveForm,
    "doubt": ReasonForm,
    "record": RecordForm,
    "report": ReportForm,
    "retain": RetainForm,
    "dispose": DisposeForm,
}
REPORT_FORMS = {"amend": AmendForm, "retract": ReasonForm}
