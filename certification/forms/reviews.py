"""The shape of what the certification body hands in with each step."""

from wtforms import BooleanField, FieldList, Form, FormField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from certification.forms.fields import ChecksField, MayBeEmpty
from certification.models import (
    CorrectionPoint,
    Decision,
    DocumentReview,
    EvaluationPlan,
    Nonconformity,
    Review,
    Sample,
    SiteVerification,
)
from certification.workflow.application import CONDITIONS
from certification.workflow.evaluation import RECOMMENDATIONS, RESULTS
from certification.workflow.nonconformity import GRADES
from certification.workflow.purpose import PARTS
from certification.workflow.sample import METHODS
from certification.workflow.site import CONCLUSIONS, SITE_CHECKS
from certification.workflow.surveillance import FINDINGS
from core.errors import Refused
from core.fields import (
    DateField,
    ExactField,
    Fits,
    FlaskForm,
    HandedField,
    IntegerField,
    StringField,
    TextAreaField,
    row,
)
from core.i18n import _, _l
from core.lifecycle import MOST_LISTED, StepTaken
from core.words import sentence, word

# Beside which field a refusal is shown; one that stands nowhere here is shown above the form.
PLACES = {
    "reason-missing": "reason",
    "second-list-unexplained": "reason",
    "reason-names-consulting": "not_for_consulting",
    "points-missing": "points",
    "conditions-unconfirmed": "conditions",
    "team-incomplete": "document_reviewers",
    "verifier-not-registered": "document_reviewers",
    "conflict-of-interest": "document_reviewers",
    "body-tied-to-client": "document_reviewers",
    "registered-elsewhere": "document_reviewers",
    "laboratory-out-of-scope": "laboratory_id",
    "person-days-too-few": "person_days",
    "parts-reason-missing": "parts_reason",
    "part-omitted": "parts",
    "parts-unknown": "parts",
    "sample-not-of-the-unit": "model",
    "due-in-the-past": "due",
    "site-conclusion-hides-findings": "conclusion",
    "site-conclusion-missing": "conclusion",
    "site-not-covered": "sites",
    "site-unnamed": "sites",
    "site-without-team": "sites",
    "signature-missing": "signed",
    "declaration-missing": "declared",
    "answer-missing": "answer",
    "evidence-missing": "upload",
    "sample-date-missing": "drawn_on",
    "seal-number-missing": "seal_number",
    "report-number-twice": "number",
    "date-in-the-future": "issued_on",
    "items-not-of-this-laboratory": "items",
    "nothing-to-retest": "items",
    "retest-reason-missing": "reason",
    "sample-place-missing": "drawn_at",
    "expected-day-missing": "expected_on",
    "seal-not-checked": "seal",
    "report-title-missing": "title",
    "report-customer-missing": "customer",
    "report-item-missing": "item_description",
    "report-condition-missing": "condition",
    "report-sampling-missing": "sampling",
    "report-deviations-missing": "deviations",
    "report-statement-missing": "statement",
    "retention-in-the-past": "retained_until",
    "suspension-end-missing": "until",
    "suspension-too-long": "until",
    "value-not-measurable": "results",
}


def words_of(kind: str, slugs):
    """Choices for a field, spoken in the language of the page."""
    return lambda: [(slug, str(word(f"{kind}.{slug}"))) for slug in slugs]


class StepForm(FlaskForm):
    """What is handed in with one step; `version` is that of the page it was typed on."""

    version = HandedField("")

    def facts(self) -> dict:
        """The facts of the step, as core.lifecycle.take is told them."""
        return {
            name: _given(field)
            for name, field in self._fields.items()
            if name not in ("version", "csrf_token")
        }

    def blame(self, refused: Refused) -> list[str]:
        """Put each reason of a refusal beside its field; return the sentences that belong to none."""
        named = getattr(refused, "fields", {}) or {}
        slugs = refused.detail.get("unmet") or [refused.slug]
        places = {slug: name for name, slug in named.items()}
        return [said for slug in dict.fromkeys(slugs) if (said := self._place(slug, places, refused.detail))]

    def _place(self, slug: str, places: dict[str, str], detail: dict) -> str | None:
        said = sentence(slug, detail)
        field = self._fields.get(places.get(slug, "")) or self._fields.get(PLACES.get(slug, ""))
        if field is None or isinstance(field, FieldList):
            return said
        field.errors = [*field.errors, said]
        return None


def _given(field):
    if isinstance(field, StringField):
        return (field.data or "").strip()
    return field.data


class ReasonForm(StepForm):
    reason = TextAreaField(_l("理由"), [Fits(StepTaken.reason)])


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


class PlanForm(StepForm):
    parts = ChecksField(_l("要评审的部分"), [Optional()], choices=words_of("plan_part", PARTS))
    parts_reason = TextAreaField(_l("其余部分不做的理由"), [Optional(), Fits(EvaluationPlan.parts_reason)])
    document_reviewers = ChecksField(_l("文件评审员"), coerce=row)
    lead_verifiers = ChecksField(_l("核查组长"), coerce=row)
    verifiers = ChecksField(_l("核查员"), [Optional()], coerce=row)
    laboratory_id = RadioField(_l("检测机构"), [MayBeEmpty()], coerce=row)
    person_days = ExactField(_l("现场人日数"))
    site_from = DateField(_l("现场核查开始"), [MayBeEmpty()])
    site_to = DateField(_l("现场核查结束"), [MayBeEmpty()])

    FUNCTIONS = {
        "document_reviewers": "document_reviewer",
        "lead_verifiers": "lead_verifier",
        "verifiers": "verifier",
    }

    def offer(self, people: dict[str, list], laboratories: list) -> None:
        """`people`: function -> [(membership, slugs of why not)]; `laboratories`: [(laboratory, methods)].

        Whoever may not be chosen is shown too, with the reason in `hindrances`.
        """
        for name, function in self.FUNCTIONS.items():
            self[name].choices = [(seat.user_id, seat.user.name) for seat, _ in people[function]]
            self[name].hindrances = {
                seat.user_id: "".join(map(sentence, why)) for seat, why in people[function] if why
            }
        laboratory = self.laboratory_id
        laboratory.choices = [(found.id, found.name) for found, _ in laboratories]
        laboratory.hindrances = {
            found.id: sentence("methods-not-covered", {"methods": methods})
            for found, methods in laboratories
            if methods
        }

    def facts(self) -> dict:
        facts = super().facts()
        team = [
            (user_id, function)
            for name, function in self.FUNCTIONS.items()
            for user_id in facts.pop(name) or ()
        ]
        return facts | {"team": team}


class DocumentReviewForm(StepForm):
    result = RadioField(_l("结论"), [MayBeEmpty()], choices=words_of("result", RESULTS))
    findings = TextAreaField(_l("评审意见"), [Fits(DocumentReview.findings)])


class OrderSampleForm(StepForm):
    method = RadioField(_l("抽样方式"), [MayBeEmpty()], choices=words_of("sampling", METHODS))
    model = SelectField(_l("型号"), [MayBeEmpty()])
    quantity = IntegerField(
        _l("数量"),
        [MayBeEmpty(), NumberRange(min=1, max=10_000, message=_l("数量应在 1 到 10000 之间"))],
        invalid_value_message=_l("数量写整数"),
    )

    def offer(self, case) -> None:
        self.model.choices = [(model.code, model.code) for model in case.models]


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


class SignForm(StepForm):
    signed = BooleanField(_l("我已阅读卷宗，独立作出本决定，并对其负责"))


class DecideForm(SignForm):
    reason = TextAreaField(_l("决定理由"), [Fits(Decision.reasons)])


class DispatchForm(StepForm):
    drawn_on = DateField(_l("抽样或寄送日期"), [MayBeEmpty()])
    seal_number = StringField(
        _l("封条号"), [Fits(Sample.seal_number)], description=_l("现场抽样、封样时填写")
    )


FORMS = {
    "correct": CorrectForm,
    "decline": DeclineForm,
    "accept": AcceptForm,
    "offer": StepForm,
    "plan": PlanForm,
    "review_documents": DocumentReviewForm,
    "order_sample": OrderSampleForm,
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
