"""What is typed on the pages of procurement: its shape."""

from datetime import date

from flask import current_app
from wtforms.validators import InputRequired, Length, Optional, Regexp

from core import asked
from core.calendar import book
from core.calendar.count import DAY
from core.clock import today
from core.fields import DateField, Fits, FlaskForm, IntegerField, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, ReasonForm, StepForm, box
from procurement import queries, shapes
from procurement.models import Edition

NUMBER = Regexp(r"^\d{4}-[1-9]\d?$", message="edition-number-shape")
DATE = InputRequired("date-missing")


class LookForm(FlaskForm):
    """Sent by GET: what to look for in an edition, and for which day its status is told."""

    class Meta:
        csrf = False

    q = StringField(_l("产品名称、型号、企业或证书编号"), [Length(max=asked.LONGEST)])
    category = StringField(_l("品目"), [Length(max=asked.LONGEST)])
    treatment = StringField(_l("采购方式"), [Length(max=asked.LONGEST)])
    on = DateField(_l("状态日期"), [Optional()], invalid_value_message="date-missing")  # type: ignore[call-arg]  # its stub is of an older one

    @property
    def day(self) -> date:
        return self.on.data or today()

    def asked(self) -> queries.Asked:
        return queries.Asked(self.q.data or "", self.category.data or "", self.treatment.data or "")


class DraftForm(BlamedForm):
    number = StringField(_l("期号"), [InputRequired("edition-number-shape"), NUMBER, Fits(Edition.number)])
    title = StringField(_l("清单名称"), [InputRequired("title-missing"), Fits(Edition.title)])
    cutoff = DateField(_l("证书截止日"), [DATE])
    policy_date = DateField(_l("适用政策的日期"), [DATE])
    valid_days = IntegerField(_l("生效以后至少还有效（天）"), [Optional()])
    grace = TextAreaField(_l("对已经开始的采购"), [Fits(Edition.grace)])


class RedraftForm(StepForm):
    asks = shapes.Redraft
    cutoff = box(_l("证书截止日"))
    policy_date = box(_l("适用政策的日期"))
    valid_days = box(_l("生效以后至少还有效（天）"), optional=True)
    grace = box(_l("对已经开始的采购"), optional=True)


class NoticeForm(StepForm):
    asks = shapes.PublicNotice
    notice_from = box(_l("公示开始"))
    notice_to = box(_l("公示截止"))


class TakeBackForm(ReasonForm):
    reason = box(_l("原因"))


class PublishForm(StepForm):
    asks = shapes.Publication
    document_number = box(_l("文号"))


STEPS: dict[str, type[StepForm]] = {
    "redraft": RedraftForm,
    "open_notice": NoticeForm,
    "take_back": TakeBackForm,
    "approve": StepForm,
    "publish": PublishForm,
}


def proposals(edition: Edition) -> dict[str, dict[str, object]]:
    """What each step's form shows at first; a notice lasts whole working days, from tomorrow on."""
    start = today() + DAY
    last = book.current().term(start, current_app.config["NOTICE_WORKING_DAYS"], "working", "same")
    return {
        "redraft": {name: getattr(edition, name) for name in shapes.Redraft.model_fields},
        "open_notice": {"notice_from": start, "notice_to": last},
    }


def step_form(edition: Edition, step: str) -> StepForm:
    """A fresh form of a step, filled with what is proposed."""
    return STEPS[step](formdata=None, data={"version": edition.version} | proposals(edition).get(step, {}))
