"""The shape of published fees and of what is entered about money."""

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import Optional

from certification.fees.models import FeeEntry, FeeRule
from core.fields import DateField, ExactField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.machine import Facts
from core.step.fields import MayBeEmpty
from core.step.forms import SavedForm


class PublishForm(SavedForm):
    version = None  # type: ignore[assignment]  # WTForms leaves such a box out

    scheme_code = SelectField(_l("认证规则"))
    effective_from = DateField(_l("施行日期"), [MayBeEmpty()])
    application_fee = ExactField(_l("申请费（元）"))
    person_day = ExactField(_l("现场核查，每人日（元）"))
    test_item = ExactField(_l("检测，每项（元）"))
    model = ExactField(_l("第二个起每个型号（元）"))
    certificate_fee = ExactField(_l("批准与证书费（元）"))
    source = StringField(_l("依据"), [Fits(FeeRule.source)])


class EntryForm(SavedForm):
    # Entries only add to one another.
    version = None  # type: ignore[assignment]  # WTForms leaves such a box out

    amount = ExactField(_l("金额（元）"))
    on = DateField(_l("日期"), [Optional()])
    number = StringField(_l("票据或转账号码"), [Optional(), Fits(FeeEntry.number)])
    note = TextAreaField(_l("说明"), [Optional(), Fits(FeeEntry.note)])
    upload = FileField(_l("文件"), [Optional()])

    def facts(self) -> Facts:
        upload = self.upload.data if self.upload.data and self.upload.data.filename else None
        return {
            "amount": self.amount.data,
            "on": self.on.data,
            "number": self.number.data or "",
            "note": self.note.data or "",
            "upload": upload,
        }
