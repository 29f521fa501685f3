"""The plan of an evaluation, as it is typed."""

from wtforms import FieldList, FormField, RadioField, SelectField
from wtforms.validators import Optional

from certification.evaluation.forms.site import PlaceForm, all_sites, further
from certification.evaluation.models import EvaluationPlan
from certification.workflow.purpose import PARTS
from core.fields import DateField, ExactField, Fits, TextAreaField, row
from core.i18n import _, _l
from core.readers import ids
from core.step.fields import ChecksField, MayBeEmpty
from core.step.forms import StepForm, words_of
from core.words import sentence

PLACES = 3  # further production sites a plan can name on the page; the API knows no limit


class PlanForm(StepForm):
    """Each test goes to the main laboratory unless another is named beside it."""

    parts = ChecksField(_l("要评审的部分"), [Optional()], choices=words_of("plan_part", PARTS))
    parts_reason = TextAreaField(_l("其余部分不做的理由"), [Optional(), Fits(EvaluationPlan.parts_reason)])
    document_reviewers = ChecksField(_l("文件评审员"), coerce=row)
    lead_verifiers = ChecksField(_l("核查组长"), coerce=row)
    verifiers = ChecksField(_l("核查员"), [Optional()], coerce=row)
    laboratory_id = RadioField(_l("检测机构"), [MayBeEmpty()], coerce=row)
    person_days = ExactField(_l("现场人日数"))
    site_from = DateField(_l("现场核查开始"), [MayBeEmpty()])
    site_to = DateField(_l("现场核查结束"), [MayBeEmpty()])
    allotments = FieldList(SelectField(validators=[Optional()]))
    sites = FieldList(FormField(PlaceForm), min_entries=PLACES, max_entries=PLACES)

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
        team = [
            (user_id, function)
            for name, function in self.FUNCTIONS.items()
            for user_id in facts.pop(name) or ()
        ]
        del facts["allotments"]  # told by item, below
        facts |= {"team": team}
        places = further(self.sites)
        facts["sites"] = all_sites(self.case, facts, places) if places else []
        named = zip(self.tests, self.allotments, strict=False)
        return facts | {"allotments": {item["slug"]: ids.number(box.data) for item, box in named if box.data}}
