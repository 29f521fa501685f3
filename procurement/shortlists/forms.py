"""What is typed of a shortlist."""

from collections.abc import Sequence
from datetime import date

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from core.fields import DateField, Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.forms import BlamedForm, SavedForm, StepForm, box, words_of
from procurement.bids.forms import PastedField
from procurement.shortlists import shapes
from procurement.shortlists.models import Shortlist, ShortlistLine
from procurement.shortlists.workflow import DECISIONS


class ShortlistForm(BlamedForm):
    title = StringField(_l("项目名称"), [Fits(Shortlist.title)])
    query = StringField(_l("所找的条件"), [Fits(Shortlist.query)])
    on = DateField(_l("按哪一天回答"), [InputRequired("date-missing")])

    def said(self) -> tuple[str, str, date]:
        """Title, query and day, once it is validated."""
        assert self.on.data
        return (self.title.data or "").strip(), (self.query.data or "").strip(), self.on.data


class AddForm(BlamedForm):
    """A product that stands on a page, and the shortlist it is put on: the one written last, unless another
    is chosen."""

    number = StringField("", [Fits(ShortlistLine.number)], widget=HiddenInput())
    model = SelectField(_l("型号"), [Fits(ShortlistLine.model)], validate_choice=False)
    shortlist = SelectField(_l("选品清单"), validate_choice=False)

    def offer(self, number: str, models: Sequence[str], to: Sequence[Shortlist]) -> "AddForm":
        self.number.data = number
        self.model.choices = [(model, model) for model in models]
        self.shortlist.choices = [(str(each.id), each.title) for each in to]
        return self


class LinesForm(SavedForm):
    pasted = PastedField(_l("加入产品"))


class DecideForm(SavedForm):
    decision = RadioField(_l("取舍"), choices=words_of("shortlist_decision", DECISIONS))
    reason = TextAreaField(_l("理由"), [Fits(ShortlistLine.reason)])


class AwardForm(StepForm):
    asks = shapes.Award
    reason = box(_l("结果：定了谁，为什么"))
    until = box(_l("合同到期日"))


STEPS: dict[str, type[StepForm]] = {"award": AwardForm}


def lines_form(of: Shortlist) -> LinesForm:
    return LinesForm(formdata=None, data={"version": of.version})


def decide_form(line: ShortlistLine) -> DecideForm:
    said = {"version": line.shortlist.version, "decision": line.decision, "reason": line.reason}
    return DecideForm(formdata=None, data=said)


def step_form(of: Shortlist, step: str) -> StepForm:
    return STEPS[step](formdata=None, data={"version": of.version})
