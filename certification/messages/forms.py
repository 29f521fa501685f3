"""How a message is typed."""

from collections.abc import Sequence
from typing import IO

from flask_wtf.file import MultipleFileField
from wtforms import RadioField

from certification.messages.models import Message
from certification.messages.queries import Thread
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.step.fields import MayBeEmpty
from core.step.forms import BlamedForm
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
