"""What is typed to have the goods of a purchase looked at."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from core import asked
from core.fields import DateField, StringField
from core.i18n import _l
from core.readers import numbers
from core.step.forms import BlamedForm
from procurement.bids.forms import PastedField
from procurement.bids.reading import MOST

LOOK, XLSX, TEXT = DOES = ("look", "xlsx", "text")


class TenderForm(BlamedForm):
    """`do` is the button that was pressed: one of DOES, or the place of a line and the code it belongs to."""

    on = DateField(_l("按哪一天"), [InputRequired("date-missing")])
    file = FileField(_l("表格文件"), [Optional()])
    pasted = PastedField(_l("货物清单"), [Optional()])
    do = StringField("", [Length(max=asked.LONGEST)], widget=HiddenInput())

    @property
    def confirmed(self) -> tuple[int | None, str] | None:
        """Which line is said to belong to which code; Invalid where that is no number."""
        place, _space, code = (self.do.data or "").partition(" ")
        return (numbers.whole(place, 0, MOST), code) if code else None
