"""How a day that is typed late is shown to have been."""

from flask_wtf.file import FileField

from certification.late.models import LateEntry
from core.fields import DateField, Fits, TextAreaField
from core.i18n import _l
from core.machine import Facts
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm, SavedForm


class LateForm(BlamedForm):
    first = DateField(_l("第一天"), [MayBeEmpty()])
    last = DateField(_l("最后一天"), [MayBeEmpty()])
    reason = TextAreaField(_l("为什么现在才录入"), [Fits(LateEntry.reason)])
    document = FileField(_l("当天形成的文件"))

    def facts(self) -> Facts:
        sent = self.document.data
        days = {"first": self.first.data, "last": self.last.data}
        return days | {
            "reason": self.reason.data or "",
            "document": sent if sent and sent.filename else None,
        }


class LateAnswerForm(SavedForm):
    """What the second person says of one document, made for the version that was seen."""

    answer = TextAreaField(_l("确认意见"), [Fits(LateEntry.answer)])
