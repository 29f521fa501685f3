"""What is typed on the pages of drafts: its shape."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from flask import current_app
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from core import asked
from core.calendar import book
from core.calendar.count import DAY
from core.clock import today
from core.errors import Refused
from core.fields import DateField, Fits, StringField, TextAreaField, row
from core.i18n import _, _l
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm, ReasonForm, SavedForm, StepForm, box
from core.words import sentence
from schemes import queries as rules
from schemes.drafts import retirements, shapes
from schemes.drafts.models import DraftComment, Retirement, RuleDraft
from schemes.drafts.sections import SECTIONS
from schemes.drafts.telling import Change

MOST_FAULTS = 100  # of a file that are told at once


class SubmitForm(StepForm):
    asks = shapes.Submission
    summary = box(_l("改了什么，为什么改"))


class PeriodForm(StepForm):
    asks = shapes.CommentPeriod
    comment_from = box(_l("征求意见开始"))
    comment_to = box(_l("征求意见截止"))


class PublishForm(StepForm):
    asks = shapes.Publication
    convert_by = box(_l("换版截止日"), optional=True)


class AnswerForm(StepForm):
    asks = shapes.Answer
    adopted = box(_l("是否采纳"), words="adopted")
    answer = box(_l("公开的答复"))


STEPS: dict[str, type[StepForm]] = {
    "submit": SubmitForm,
    "send_back": ReasonForm,
    "open_comment": PeriodForm,
    "close_comment": StepForm,
    "ask_approval": StepForm,
    "return": ReasonForm,
    "approve": StepForm,
    "publish": PublishForm,
    "withdraw": ReasonForm,
}
COMMENT_STEPS: dict[str, type[StepForm]] = {"show": StepForm, "hide": ReasonForm, "answer": AnswerForm}


class BeginForm(BlamedForm):
    """What a draft begins with: nothing, a copy, or the version it is to take over from."""

    from_version = SelectField(_l("从哪里开始"), [Optional()], coerce=row)
    next_version = BooleanField(_l("作为这条规则的下一个版本"))

    def __init__(self, **how: Any) -> None:  # as FlaskForm takes them
        super().__init__(**how)
        versions = [
            SelectChoice(str(each.id), f"{each.said_name} {each.version}") for each in rules.every_scheme()
        ]
        self.from_version.choices = [SelectChoice("", str(_l("空白规则"))), *versions]


class RetireForm(BlamedForm):
    """Which rule is to take no new case, from which day on and why."""

    code = SelectField(_l("规则"), [DataRequired()])
    day = DateField(_l("从哪天起不再受理"), [MayBeEmpty()])
    reason = TextAreaField(_l("理由"), [Fits(Retirement.reason)])

    def __init__(self, **how: Any) -> None:  # as FlaskForm takes them
        super().__init__(**how)
        self.code.choices = [SelectChoice(each.code, each.said_name) for each in retirements.retirable()]


RETIREMENT_STEPS: dict[str, type[StepForm]] = {"confirm": StepForm, "drop": ReasonForm}


class WriteForm(SavedForm):
    """A section of the document; its boxes are read by the editor.  `do` is the button that was pressed."""

    do = StringField("", [Length(max=asked.LONGEST)], widget=HiddenInput())


class BlankForm(SavedForm):
    """A file that is the form for a kind of file."""

    kind = StringField(_l("文件种类"), widget=HiddenInput())
    upload = FileField(_l("空白表"), [FileRequired(_l("先选择文件，再上传"))])


class DocumentForm(SavedForm):
    """A whole document as a file."""

    upload = FileField(_l("规则文件（JSON）"), [FileRequired(_l("先选择文件，再上传"))])

    def blame(self, refused: Refused) -> list[str]:
        """Each fault of the document by its place in the file."""
        found = {at: slug for at, slug in getattr(refused, "fields", {}).items() if at.startswith("/")}
        told = [f"{at}：{sentence(slug, refused.detail_of(at))}" for at, slug in found.items()]
        return told[:MOST_FAULTS] or super().blame(refused)


class CommentForm(BlamedForm):
    """What anybody says about a draft."""

    place = SelectField(_l("针对哪一处"), choices=[], default="")
    text = TextAreaField(_l("意见和理由"), [Fits(DraftComment.text)])
    name = StringField(_l("姓名或单位"), [Fits(DraftComment.name)])
    anonymous = BooleanField(_l("公开时隐去姓名"))

    @classmethod
    def about(cls, changes: Iterable[Change], **given: Any) -> Self:  # as wtforms takes it
        """With the changes and, of what is not changed, the parts of the document to choose from."""
        form = cls(**given)
        parts = [(f"/{section.members[0]}", str(section.title)) for section in SECTIONS]
        form.place.choices = [("", _("整份草案")), *((each.pointer, each.name) for each in changes), *parts]
        return form

    def facts(self) -> dict[str, Any]:  # as the operation takes them
        texts = {name: self[name].data or "" for name in ("place", "text", "name")}
        return texts | {"anonymous": bool(self.anonymous.data)}


def proposals(draft: RuleDraft) -> dict[str, dict[str, object]]:
    """What each step's form shows at first."""
    start: date = today() + DAY
    last = book.current().term(start, current_app.config["COMMENT_DAYS"], "calendar", "same")
    return {
        "publish": {"convert_by": draft.convert_from},
        "submit": {"summary": draft.summary},
        "open_comment": {"comment_from": start, "comment_to": last},
    }


def retirement_form(retirement: Retirement, step: str) -> StepForm:
    return RETIREMENT_STEPS[step](formdata=None, data={"version": retirement.version})


def step_form(draft: RuleDraft, step: str) -> StepForm:
    """A fresh form of a step, filled with what is proposed."""
    return STEPS[step](formdata=None, data={"version": draft.version} | proposals(draft).get(step, {}))


def comment_form(comment: DraftComment, step: str) -> StepForm:
    return COMMENT_STEPS[step](formdata=None, data={"version": comment.version})
