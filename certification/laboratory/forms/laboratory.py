"""How what the testing body hands in with each step of a sample is asked."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask_wtf.file import FileField
from wtforms import Field
from wtforms.validators import Optional

from certification.laboratory import shapes
from certification.laboratory.forms.orders import HandOverForm
from certification.laboratory.models import Sample
from core.i18n import _l
from core.step.fields import StringField
from core.step.forms import LateForm, ReasonForm, RowForm, StepForm, box, rows
from core.step.shapes import Facts

BETWEEN = re.compile(r"[\s、;；]+")  # one reading and the next


class AcceptOrderForm(StepForm):
    asks = shapes.OrderAccepted
    expected_on = box(_l("预计出报告"))


class ReceiveForm(LateForm):
    asks = shapes.Receipt
    received_on = box(_l("收样日期"))
    condition = box(_l("样品状态"), description=_l("封条、包装、数量、外观是否与委托一致"))
    seal = box(_l("封条"), words="seal")
    mismatch = box(
        _l("与委托不符之处"),
        StringField,
        optional=True,
        description=_l("型号、数量、标识不一致时写明，没有就留空"),
    )


class ResultForm(RowForm):
    """One test item of the scheme; the unit and the requirement are the scheme's."""

    asks = shapes.Result
    unasked = {
        "item": "the place of the row says which test it is",
        "unit": "the scheme's, which stands beside the box",
    }
    value = box(_l("结果"))
    readings = box(_l("各试样的读数"), StringField)
    uncertainty = box(_l("扩展不确定度"), optional=True)
    performed_on = box(_l("检测日期"))
    external = box(_l("外部提供者"), optional=True)
    edition = box(_l("方法版本"), optional=True)
    equipment = box(_l("仪器设备"), optional=True)
    environment = box(_l("环境条件"), optional=True)
    reason = box(_l("更改理由"), optional=True)

    def given(self) -> dict[str, Any]:  # as it came from the page
        """Readings stand in one box, one beside the other."""
        said = super().given()
        listed = said.pop("readings", "")
        return said | {"readings": [each for each in BETWEEN.split(listed) if each]}


class RecordForm(LateForm):
    asks: ClassVar[type[Facts]] = shapes.Results
    results = rows(ResultForm)

    def offer(self, sample: Sample) -> None:
        """One line for each test item of the order; what was entered before stands in it."""
        self.tests, self.sent = sample.tests, len(self.results)
        entered = {result.item: result for result in sample.results}
        for item in self.tests[len(self.results) :]:
            former = entered.get(item["slug"])
            self.results.append_entry(former)
            self.results[-1].form.readings.data = " ".join(former.readings) if former else ""
            self.results[-1].form.reason.data = ""  # that of the value before is no reason for another

    def given(self) -> dict[str, Any]:  # as it came from the page
        return super().given() | {"results": self._results()}

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """All readings of a line stand in one box."""
        way = place.split(".")
        return super().box_of(".".join(way[:3]) if way[2:3] == ["readings"] else place, slug, detail)

    def _results(self) -> list[dict[str, Any]]:  # as it came from the page
        places = {
            id(line): item["slug"]
            for item, line in zip(self.tests, self.results.entries[: self.sent], strict=False)
        }
        filled = [line for line in self.results.filled if id(line) in places]
        return [{"item": places[id(line)], **line.form.given()} for line in filled]


class ReportForm(LateForm):
    """The texts a report must have; what is known already stands in them."""

    asks = shapes.Report
    beside = {"upload": "the signed paper of the laboratory, which JSON cannot carry"}
    unasked = {"decision_rule": "it follows from the rule of the scheme"}

    title = box(_l("报告名称"))
    customer = box(_l("客户"))
    item_description = box(_l("样品描述和标识"))
    condition = box(_l("样品状态"))
    sampling = box(_l("抽样方案和方法"))
    deviations = box(_l("对方法的偏离"))
    statement = box(_l("声明"))
    upload = FileField(_l("报告原件（PDF）"), [Optional()])
    number = box(_l("报告编号"))
    place = box(_l("检测地点"))
    issued_on = box(_l("签发日期"))


class RetainForm(StepForm):
    asks = shapes.Retention
    retained_until = box(_l("留样到"))
    retained_at = box(_l("留样地点"))


class DisposeForm(StepForm):
    asks = shapes.Disposal
    disposal = box(_l("处置方式"))
    witness = box(_l("见证人"))


class AmendForm(RecordForm, ReportForm):
    """The whole report once more; what is not changed stays as it was."""

    asks = shapes.Amendment
    reason = box(_l("修订理由"))


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
