"""The shape of what the body hands in about orders and samples: plan, order, drawing, doubts, a batch."""

from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms.validators import Optional

from certification.forms import reviews
from certification.forms.fields import ChecksField, MayBeEmpty
from certification.forms.reviews import ReasonForm, StepForm
from certification.forms.site import PlaceForm, all_sites, further
from certification.models import CustodyEntry, Sample
from core.fields import DateField, Fits, StringField, TextAreaField, row
from core.i18n import _, _l
from core.readers import ids
from core.words import sentence

PLACES = 3  # further production sites a plan can name on the page; the API knows no limit


class PlanForm(reviews.PlanForm):
    """Each test goes to the main laboratory unless another is named beside it."""

    allotments = FieldList(SelectField(validators=[Optional()]))
    sites = FieldList(FormField(PlaceForm), min_entries=PLACES, max_entries=PLACES)

    def allot(self, case, laboratories: list) -> None:
        """`laboratories` is [(laboratory, the methods it lacks)]; one that lacks some may do the others."""
        self.case, self.tests = case, case.scheme.tests
        visitors = dict(self.lead_verifiers.choices) | dict(self.verifiers.choices)
        for entry in self.sites:
            entry.people.choices = list(visitors.items())
        while len(self.allotments) < len(self.tests):
            self.allotments.append_entry()
        for item, box in zip(self.tests, self.allotments, strict=False):
            able = [(str(lab.id), lab.name) for lab, lacks in laboratories if item["method"] not in lacks]
            box.choices = [("", _("主检机构")), *able]
        every = {item["method"] for item in self.tests}
        lab = self.laboratory_id
        lab.remarks = {
            found.id: sentence("methods-not-covered", {"methods": lacks})
            for found, lacks in laboratories
            if lacks and set(lacks) != every
        }
        lab.hindrances = {each: why for each, why in lab.hindrances.items() if each not in lab.remarks}

    def facts(self) -> dict:
        facts = super().facts()
        facts.pop("allotments", None)
        places = further(self.sites)
        facts["sites"] = all_sites(self.case, facts, places) if places else []
        named = zip(self.tests, self.allotments, strict=False)
        return facts | {"allotments": {item["slug"]: ids.number(box.data) for item, box in named if box.data}}


class OrderForm(reviews.OrderSampleForm):
    laboratory_id = SelectField(_l("检测机构"), [MayBeEmpty()], coerce=row)
    items = ChecksField(_l("检测项目"), [Optional()], description=_l("不勾选就是方案分给这家机构的全部项目"))
    retest_of = HiddenField()
    reason = TextAreaField(
        _l("下达理由"), [Optional(), Fits(Sample.order_reason)], description=_l("复检要写明理由")
    )

    def offer(self, case) -> None:
        super().offer(case)
        rows = case.plan.laboratories if case.plan else []
        self.laboratory_id.choices = [(row.laboratory_id, row.laboratory.name) for row in rows]
        self.items.choices = [(item["slug"], item["name"]) for item in case.scheme.tests]

    def facts(self) -> dict:
        facts = super().facts()
        return facts | {"retest_of": ids.number(facts["retest_of"])}


class DrawForm(StepForm):
    drawn_on = DateField(_l("抽样日期"), [MayBeEmpty()])
    drawn_at = StringField(_l("抽样地点"), [Fits(Sample.drawn_at)])
    seal_number = StringField(
        _l("封条号"), [Fits(Sample.seal_number)], description=_l("现场抽样、封样时填写")
    )


class SendForm(StepForm):
    sent_on = DateField(_l("寄送日期"), [MayBeEmpty()])
    carrier = StringField(_l("承运方"), [Fits(CustodyEntry.taker)])


class HandOverForm(StepForm):
    on = DateField(_l("交接日期"), [MayBeEmpty()])
    taker = StringField(_l("接收人"), [Fits(CustodyEntry.taker)])
    place = StringField(_l("地点"), [Fits(CustodyEntry.place)])
    note = StringField(_l("说明"), [Optional(), Fits(CustodyEntry.note)])


class BatchForm(ReasonForm):
    until = DateField(_l("暂停到"), [MayBeEmpty()])


# What the body, and a client who submits a sample, do with a sample.
FORMS = {
    "draw": DrawForm,
    "dispatch": reviews.DispatchForm,
    "send": SendForm,
    "hand_over": HandOverForm,
    "resume": ReasonForm,
    "replace": ReasonForm,
}
