"""What is typed to have the lines of a bid checked."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired, Optional

from core.fields import DateField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm
from procurement.bids.models import BidCheck
from procurement.bids.reading import MOST_BYTES


class PastedField(TextAreaField):
    """As much as a file may hold; what is read from it is bounded cell by cell."""

    most = MOST_BYTES


class BidForm(BlamedForm):
    title = StringField(_l("项目或包的名称"), [InputRequired("check-title-missing"), Fits(BidCheck.title)])
    on = DateField(_l("投标截止日"), [InputRequired("date-missing")])
    file = FileField(_l("表格文件"), [Optional()])
    pasted = PastedField(_l("粘贴或逐行填写"), [Optional()])
