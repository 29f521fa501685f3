"""The shape of what moves a clock: an extension, a correction of the calendar, an outage."""

from datetime import UTC, datetime
from typing import Any

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from certification.clocks.models import ClockEntry, Outage
from core.calendar.book import CalendarVersion
from core.clock import SHANGHAI
from core.fields import Fits, HandedField, IntegerField, MomentField, StringField, TextAreaField
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm

LONGEST = 60_000  # signs of a correction that is pasted; a longer one comes as a file, by command
A_MOMENT = _l("日期和时间写成 2026-11-25 08:30 的样子")


class ExtendForm(BlamedForm):
    days = IntegerField(_l("延长多少"), [MayBeEmpty()])
    reason = TextAreaField(_l("理由"), [Fits(ClockEntry.reason)])


class CalendarForm(BlamedForm):
    """A correction is typed or pasted as lines of CSV, and agreed to on the page that shows what follows."""

    entries = TextAreaField(
        _l("更正内容（CSV）"), [InputRequired(_l("粘贴要更正的日子")), Length(max=LONGEST)]
    )
    reason = StringField(
        _l("依据或理由"), [InputRequired(_l("写明依据，例如放假通知的文号")), Fits(CalendarVersion.reason)]
    )
    version = HandedField("")
    agreed = BooleanField(_l("已看过下面的影响"))


class OutageForm(BlamedForm):
    begins = MomentField(_l("中断开始"), [InputRequired(A_MOMENT)])
    ends = MomentField(_l("恢复时间"), [InputRequired(A_MOMENT)])
    reason = StringField(_l("原因"), [InputRequired(_l("写明原因")), Fits(Outage.reason)])

    def facts(self) -> dict[str, Any]:  # by the names of `record_outage`
        moments = {name: in_shanghai(self[name].data) for name in ("begins", "ends")}
        return moments | {"reason": self.reason.data}


def in_shanghai(moment: datetime) -> datetime:
    """What was typed is the time on a clock in Shanghai."""
    return moment.replace(tzinfo=SHANGHAI).astimezone(UTC)
