"""The shape of what the certification body hands in with each step."""

from wtforms import BooleanField, FieldList, Form, FormField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from certification.application.models import CorrectionPoint
from certification.evaluation.models import Decision, DocumentReview, Nonconformity, Review, SiteVerification
from certification.workflow.application import CONDITIONS
from certification.workflow.evaluation import RECOMMENDATIONS, RESULTS
from certification.workflow.nonconformity import GRADES
from certification.workflow.site import CONCLUSIONS, SITE_CHECKS
from certification.workflow.surveillance import FINDINGS
from core.fields import (
    DateField,
    ExactField,
    Fits,
    StringField,
    TextAreaField,
)
from core.i18n import _, _l
from core.lifecycle import MOST_LISTED, StepTaken
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import ReasonForm, SignForm, StepForm, _given, words_of
from core.words import word


class PointForm(Form):
    """One point: where, and what is to be corrected there."""

    anchor = SelectField(_l("位置"), [MayBeEmpty()])
    text = TextAreaField(_l("要补正什么"), [Fits(CorrectionPoint.text)])


class CorrectForm(StepForm):
    """One complete list; lines left empty are none.  `reason` is asked for when there was a list before."""

    points = FieldList(FormField(PointForm), max_entries=MOST_LISTED)
    due = DateField(
        _l("答复期限"),
        [Optional()],
        description=_l("留空时按规则的补正时限计算"),
    )
    reason = TextAreaField(_l("为什么以前没有一次告知"), [Optional(), Fits(StepTaken.reason)])

    def offer(self, places: dict[str, list[tuple[str, str]]]) -> None:
        """`places` are those of the case, by section; two empty lines wait to be filled."""
        grouped = [
            SelectChoice(place, text, optgroup=str(word(f"section.{section}")))
            for section, found in places.items()
            for place, text in found
        ]
        filled = len([line for line in self.points if line.form.text.data])
        while len(self.points) < min(filled + 2, MOST_LISTED):
            self.points.append_entry()
        for line in self.points:
            line.form.anchor.choices = [SelectChoice("", str(_("选择位置"))), *grouped]

    def facts(self) -> dict:
        lines = [(line.form.anchor.data or "", _given(line.form.text)) for line in self.points]
        points = [{"anchor": anchor, "text": text} for anchor, text in lines if anchor or text]
        return super().facts() | {"points": points}


class DeclineForm(ReasonForm):
    not_for_consulting = BooleanField(_l("理由与是否接受咨询或培训无关"))


class AcceptForm(StepForm):
    conditions = ChecksField(_l("受理条件"), choices=words_of("condition", CONDITIONS))


class DocumentReviewForm(StepForm):
    result = RadioField(_l("结论"), [MayBeEmpty()], choices=words_of("result", RESULTS))
    findings = TextAreaField(_l("评审意见"), [Fits(DocumentReview.findings)])


class RaiseForm(StepForm):
    anchor = SelectField(_l("位置"), [MayBeEmpty()])
    grade = RadioField(_l("等级"), [MayBeEmpty()], choices=words_of("grade", GRADES))
    fact = TextAreaField(
        _l("看到的事实"), [Fits(Nonconformity.fact)], description=_l("写看到的事实、位置、数量，不写判断")
    )
    clause = StringField(_l("依据"), [Optional(), Fits(Nonconformity.clause)])

    def offer(self, anchors: list[tuple[str, str]]) -> None:
        self.anchor.choices = anchors


class SiteCheckForm(Form):
    """One of the seven checks."""

    finding = RadioField(_l("结论"), [MayBeEmpty()], choices=words_of("finding", FINDINGS))
    note = TextAreaField(_l("看到的事实"), [Fits(SiteVerification.items)])


class MeetingForm(Form):
    on = DateField(_l("日期"), [MayBeEmpty()])
    participants = StringField(_l("参加人"), [Fits(SiteVerification.meetings)])
    confirmed_by = StringField(_l("确认人"), [Fits(SiteVerification.meetings)])


class SiteForm(StepForm):
    """Seven checks for each site of the plan, one site after the other."""

    items = FieldList(FormField(SiteCheckForm), min_entries=len(SITE_CHECKS))
    opening = FormField(MeetingForm)
    closing = FormField(MeetingForm)
    started_on = DateField(_l("核查开始"), [MayBeEmpty()])
    ended_on = DateField(_l("核查结束"), [MayBeEmpty()])
    person_days = ExactField(_l("实际人日数"))
    conclusion = RadioField(
        _l("现场核查结论"),
        [MayBeEmpty()],
        choices=words_of("conclusion", CONCLUSIONS),
    )
    summary = TextAreaField(_l("综述"), [Optional(), Fits(SiteVerification.summary)])

    def visit(self, sites: int) -> None:
        """As many checks as the sites ask for."""
        while len(self.items) < sites * len(SITE_CHECKS):
            self.items.append_entry()

    @property
    def checks(self) -> list[tuple]:
        """(site, check, its form), in the order they stand on the page."""
        places = [divmod(place, len(SITE_CHECKS)) for place in range(len(self.items))]
        return [
            (site, SITE_CHECKS[check], entry) for (site, check), entry in zip(places, self.items, strict=True)
        ]

    def facts(self) -> dict:
        items = [
            {"site": site, "slug": slug, "finding": entry.finding.data or "", "note": _given(entry.note)}
            for site, slug, entry in self.checks
        ]
        meetings = [{"kind": kind, **self[kind].data} for kind in ("opening", "closing")]
        return super().facts() | {"items": items, "meetings": meetings}


class RecommendForm(StepForm):
    recommendation = RadioField(
        _l("建议"), [MayBeEmpty()], choices=words_of("recommendation", RECOMMENDATIONS)
    )
    text = TextAreaField(_l("复核意见"), [Fits(Review.text)])


class DecideForm(SignForm):
    reason = TextAreaField(_l("决定理由"), [Fits(Decision.reasons)])


FORMS = {
    "correct": CorrectForm,
    "decline": DeclineForm,
    "accept": AcceptForm,
    "offer": StepForm,
    "review_documents": DocumentReviewForm,
    "raise": RaiseForm,
    "verify_site": SiteForm,
    "finish": StepForm,
    "report_failure": ReasonForm,
    "return": ReasonForm,
    "recommend": RecommendForm,
    "grant": DecideForm,
    "refuse": DecideForm,
    "countersign": SignForm,
}
