"""How a verifier says which rows are traced, and what a working paper is about."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField

from certification.tracing import shapes
from certification.tracing.models import WorkingPaper
from certification.tracing.queries import Traced
from core.fields import Fits, TextAreaField
from core.i18n import _l
from core.machine import Facts
from core.step.fields import ChecksField, StringField
from core.step.forms import BlamedForm, RowForm, StepForm, box, rows


class TraceForm(RowForm):
    asks = shapes.Trace
    unasked = {"subject": "the place of the row says which one it is"}
    samples = box(_l("看几份"), optional=True)
    meter = box(_l("核对哪块表"), optional=True)
    note = box(_l("怎么看"), StringField, optional=True)


class EvidencePlanForm(StepForm):
    """One line for each row of the activity data, what weighs most first."""

    asks = shapes.EvidencePlanned
    traces = rows(TraceForm)
    reason = box(_l("为什么改计划"), optional=True)

    def offer(self, found: list[Traced]) -> "EvidencePlanForm":
        """What is planned stands in it; where nothing is planned yet, what is proposed."""
        self.subjects = [each.line.subject for each in found]
        begun = any(each.planned for each in found)
        for each in found[len(self.traces) :]:
            self.traces.append_entry(each.planned)
            if not begun:
                self.traces[-1].form.samples.data = each.proposed or None
        return self

    def given(self) -> dict[str, Any]:  # as it came from the page
        lines = zip(self.subjects, self.traces.entries, strict=False)
        named = [(subject, line.form.given()) for subject, line in lines]
        said = [{"subject": subject, **line} for subject, line in named if any(line.values())]
        self.told = [subject for subject, line in named if any(line.values())]
        return super().given() | {"traces": said}


class PaperForm(BlamedForm):
    subjects = ChecksField(_l("关于哪几项"))
    note = TextAreaField(_l("说明"), [Fits(WorkingPaper.note)])
    file = FileField(_l("底稿文件"))

    def offer(self, named: Iterable[tuple[str, str]]) -> "PaperForm":
        self.subjects.choices = list(named)
        return self

    def facts(self) -> Facts:
        sent = self.file.data
        said = {"subjects": self.subjects.data or (), "note": self.note.data or ""}
        return said | {"file": sent if sent and sent.filename else None}
