"""How a message is typed."""

from collections.abc import Sequence
from typing import IO

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stub is of an older one

from certification.messages.models import Message, Opening
from certification.messages.queries import Thread
from core.fields import Fits, TextAreaField
from core.i18n import _, _l
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm, SavedForm
from core.words import word


class MessageForm(BlamedForm):
    to = RadioField(_l("写给谁"), [MayBeEmpty()], validate_choice=False)
    text = TextAreaField(_l("消息"), [Fits(Message.text)])
    files = MultipleFileField(_l("附文件"))

    def offer(self, threads: Sequence[Thread], to_body: bool) -> "MessageForm":
        """Whoever has one thread is not asked."""
        names = [(each.key, word("thread.body") if to_body else each.name) for each in threads]
        self.to.choices = [(key, str(name)) for key, name in names]
        return self

    def uploads(self) -> list[tuple[IO[bytes], str]]:
        return [(sent.stream, sent.filename) for sent in self.files.data or () if sent and sent.filename]


class OpeningForm(BlamedForm):
    """What is asked to be opened, and why."""

    place = SelectField(_l("哪一项"), [MayBeEmpty()], validate_choice=False)
    reason = TextAreaField(_l("为什么要开放"), [Fits(Opening.reason)])
    splits = BooleanField(_l("要把这一行拆开，加行"))

    def offer(self, places: dict[str, list[tuple[str, str]]]) -> "OpeningForm":
        """`places` are those that are shut, by section, each with its words."""
        grouped = [
            SelectChoice(place, text, optgroup=str(word(f"section.{section}")))
            for section, found in places.items()
            for place, text in found
        ]
        self.place.choices = [SelectChoice("", str(_("选择位置"))), *grouped]
        return self


class OpeningAnswerForm(SavedForm):
    """The answer to one request, made for the version that was seen."""

    answer = TextAreaField(_l("答复"), [Fits(Opening.answer)])
