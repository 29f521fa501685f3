"""How what the certification body hands in with each step is asked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from wtforms import BooleanField, Field, FieldList, FormField, HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stub is of an older one

from certification.application import shapes as of_applications
from certification.evaluation import shapes
from certification.workflow.checks import Check, checks
from certification.workflow.correction import ROW
from certification.workflow.site import MEETINGS
from core.i18n import _, _l
from core.lifecycle import MOST_LISTED
from core.machine import Facts
from core.step.fields import ChecksField, SelectField, StringField, TextAreaField
from core.step.forms import LateForm, ReasonForm, RowForm, SignForm, StepForm, box, rows
from core.words import word

if TYPE_CHECKING:
    from certification.application.models import Application


class PointForm(RowForm):
    """One point: where, and what is to be corrected there."""

    asks = of_applications.Point
    anchor = box(_l("位置"), SelectField)
    text = box(_l("要补正什么"))
    splits = box(_l("请企业拆开这一行，可以加行"))


class CorrectForm(ReasonForm):
    """One complete list; lines left empty are none.  `reason` is asked for when there was a list before."""

    asks = of_applications.Points
    points = rows(PointForm, max_entries=MOST_LISTED)
    due = box(_l("答复期限"), optional=True, description=_l("留空时按规则的补正时限计算"))
    reason = box(_l("为什么以前没有一次告知"), optional=True)

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """That only a row can be split is said at the first point that asks it of something else."""
        if slug != "point-splits-no-row":
            return super().box_of(place, slug, detail)
        asked = [line.form for line in self.points if line.form.splits.data]
        wrong = (line.splits for line in asked if not (line.anchor.data or "").startswith(ROW))
        return next(wrong, None)

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


class DeclineForm(ReasonForm):
    asks = of_applications.Decline
    not_for_consulting = box(_l("理由与是否接受咨询或培训无关"))


class KeptForm(RowForm):
    """A row about one item of a checklist; `about` is what stood at its place when the page was made."""

    unasked = {"slug": "the place of the row says which item it is"}
    beside = {"about": "programs name the item itself"}
    about = HiddenField()

    @classmethod
    def kept(cls) -> set[str]:
        """The boxes whose content stays with the item it was about."""
        return cls.asked()

    def given(self) -> dict[str, Any]:  # as it came from the page
        return {name: said for name, said in super().given().items() if name not in self.beside}


Kept = TypeVar("Kept", bound=KeptForm)


class CheckForm(KeptForm):
    asks: ClassVar[type[shapes.CheckItem]] = shapes.CheckItem
    finding = box(_l("结论"), words="finding")
    note = box(_l("看到的事实"), TextAreaField)


class ConditionForm(KeptForm):
    asks = of_applications.Condition
    confirmed = box(_l("已核对，符合"))
    note = box(_l("核对了什么"), TextAreaField)
    file = box(_l("依据：本案文件"), SelectField, optional=True)
    evidence = box(_l("依据：其他来源"), optional=True)


def lay_out(rows: "FieldList[FormField[Kept]]", abouts: Sequence[str]) -> None:
    """A row for each item.  A body may change its list while a page is open or a draft waits: what was
    answered stays with the item it was about, and a new one waits for its answer."""
    said = {row.form.about.data: {name: row.form[name].data for name in row.form.kept()} for row in rows}
    while len(rows) < len(abouts):
        rows.append_entry()
    for row, about in zip(rows, abouts, strict=False):
        if row.form.about.data not in (None, "", about):
            for name in row.form.kept():
                row.form[name].data = said.get(about, {}).get(name)
        row.form.about.data = about


class ListForm(StepForm):
    """One answer for each item of a checklist of the case, in its order."""

    listed: str

    def look_through(self, case: "Application") -> None:
        self.list = checks(case, self.listed)
        lay_out(self.items, [check.slug for check in self.list])

    @property
    def answers(self) -> "list[tuple[Check, FormField[CheckForm]]]":
        return list(zip(self.list, self.items, strict=False))

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        told = zip(self.list, said["items"], strict=False)
        return said | {"items": [{"slug": check.slug, **item} for check, item in told]}


class AcceptForm(StepForm):
    asks = of_applications.Accept
    conditions = FieldList(FormField(ConditionForm))
    agreed = box(_l("同意不适用的补正项"), ChecksField, optional=True)

    def look_through(self, case: "Application") -> None:
        """The conditions, and the points that the applicant says do not apply, each with the reason."""
        self.list = checks(case, "acceptance")
        lay_out(self.conditions, [check.slug for check in self.list])
        files = [(str(file.id), file.name) for file in case.current_files]
        for row in self.conditions:
            row.form.file.choices = [("", str(_("没有用到文件"))), *files]
        exempt = [point for point in case.open_points if point.not_applicable]
        self.agreed.choices = [(str(point.id), f"{point.text}：{point.answer}") for point in exempt]

    @property
    def answers(self) -> "list[tuple[Check, FormField[ConditionForm]]]":
        return list(zip(self.list, self.conditions, strict=False))

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        told = zip(self.list, said["conditions"], strict=False)
        return said | {"conditions": [{"slug": check.slug, **item} for check, item in told]}

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """What is not confirmed is said at the first that is not."""
        if place != "conditions":
            return super().box_of(place, slug, detail)
        rows = [row.form for row in self.conditions]
        return next((row.confirmed for row in rows if not row.confirmed.data), None)


class DocumentReviewForm(ListForm):
    asks, listed = shapes.DocumentsReviewed, "documents"
    items = FieldList(FormField(CheckForm))
    result = box(_l("结论"), words="result")
    findings = box(_l("评审意见"))


class RaiseForm(StepForm):
    asks = shapes.Finding
    anchor = box(_l("位置"), SelectField)
    grade = box(_l("等级"), words="grade")
    fact = box(_l("看到的事实"), description=_l("写看到的事实、位置、数量，不写判断"))
    clause = box(_l("依据"), optional=True)

    def offer(self, anchors: list[tuple[str, str]]) -> None:
        self.anchor.choices = anchors


class MeetingForm(RowForm):
    asks = shapes.Meeting
    unasked = {"kind": "the place on the page says which meeting it is"}
    on = box(_l("日期"))
    participants = box(_l("参加人"), StringField)
    confirmed_by = box(_l("确认人"), StringField)


class SiteForm(LateForm):
    """Every check of the case for each site of the plan, one site after the other."""

    asks = shapes.SiteVisit
    together = {"meetings": MEETINGS}

    items = FieldList(FormField(CheckForm))
    opening = FormField(MeetingForm)
    closing = FormField(MeetingForm)
    started_on = box(_l("核查开始"))
    ended_on = box(_l("核查结束"))
    person_days = box(_l("实际人日数"))
    conclusion = box(_l("现场核查结论"), words="conclusion")
    summary = box(_l("综述"), optional=True)

    def visit(self, sites: int, case: "Application") -> None:
        """As many checks as the sites ask for."""
        self.list = checks(case, "site")
        self.places = [(site, check) for site in range(sites) for check in self.list]
        lay_out(self.items, [f"{site}.{check.slug}" for site, check in self.places])

    @property
    def checks(self) -> "list[tuple[int, Check, FormField[CheckForm]]]":
        """(site, check, its form), in the order they stand on the page."""
        told = zip(self.places, self.items, strict=False)
        return [(site, item, entry) for (site, item), entry in told]

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        told = zip(self.places, said["items"], strict=False)
        items = [{"site": site, "slug": check.slug, **item} for (site, check), item in told]
        return said | {"items": items, "meetings": [{"kind": kind, **said.pop(kind)} for kind in MEETINGS]}

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """The meetings stand in boxes of their own."""
        name, _dot, rest = place.partition(".")
        number, _dot, member = rest.partition(".")
        if name != "meetings" or not member:
            return super().box_of(place, slug, detail)
        box: Field | None = self[MEETINGS[number != "0"]].form._fields.get(member)
        return box


class RecommendForm(ListForm):
    asks, listed = shapes.Recommendation, "review"
    items = FieldList(FormField(CheckForm))
    recommendation = box(_l("建议"), words="recommendation")
    text = box(_l("复核意见"))


class DecideForm(SignForm):
    asks = shapes.Decided
    reason = box(_l("决定理由"))


class ReturnForm(ReasonForm):
    """Typed on the page of a decision, where every way has the same boxes."""

    beside = {"signed": "what is given back is not signed"}
    signed = BooleanField(_l("我已阅读卷宗，独立作出本决定，并对其负责"))

    def facts(self) -> Facts:
        return {name: said for name, said in super().facts().items() if name not in self.beside}


class CountersignForm(SignForm):
    asks = shapes.Countersigned
    reason = box(_l("理由"))


FORMS: dict[str, type[StepForm]] = {
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
    "return_to_review": ReturnForm,
    "return_to_evaluation": ReturnForm,
    "countersign": CountersignForm,
    "return_decision": ReturnForm,
    "veto": DecideForm,
}
