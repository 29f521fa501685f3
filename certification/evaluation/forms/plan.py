"""The plan of an evaluation, as it is typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, FieldList
from wtforms.validators import Optional

from accounts.models import Organisation
from certification.application.models import Application
from certification.evaluation import shapes
from certification.evaluation.forms.site import PlaceForm, all_sites
from certification.evaluation.forms.team import Staff, TeamForm, people
from certification.workflow.purpose import PARTS
from core.i18n import _, _l
from core.readers import ids
from core.step.fields import ChecksField, RadioField, SelectField
from core.step.forms import box, rows, words_of
from core.words import sentence

Laboratories = Sequence[tuple[Organisation, Sequence[str]]]  # each with the methods it lacks

PLACES = 3  # further production sites a plan can name on the page; the API knows no limit


class PlanForm(TeamForm):
    """Each test goes to the main laboratory unless another is named beside it."""

    asks = shapes.Plan
    FUNCTIONS = {
        "document_reviewers": "document_reviewer",
        "lead_verifiers": "lead_verifier",
        "verifiers": "verifier",
    }
    together = {"team": tuple(FUNCTIONS)}

    parts = box(_l("要评审的部分"), ChecksField, optional=True, choices=words_of("plan_part", PARTS))
    parts_reason = box(_l("其余部分不做的理由"), optional=True)
    document_reviewers = people(_l("文件评审员"))
    lead_verifiers = people(_l("核查组长"))
    verifiers = people(_l("核查员"), (Optional(),))
    laboratory_id = box(_l("检测机构"), RadioField)
    headcount = box(_l("生产企业人数"))
    person_days = box(_l("现场人日数"))
    site_from = box(_l("现场核查开始"))
    site_to = box(_l("现场核查结束"))
    allotments = FieldList(SelectField(coerce=str, validate_choice=False))
    sites = rows(PlaceForm, min_entries=PLACES, max_entries=PLACES)
    overlap_reason = box(_l("同一天另有核查的理由"), optional=True)

    def offer(self, staff: Staff, laboratories: Laboratories) -> None:
        """`staff`: function -> [(membership, slugs of why not)]; `laboratories`: [(laboratory, methods)].

        Whoever may not be chosen is shown too, with the reason in `hindrances`.
        """
        self.offer_people(staff)
        laboratory = self.laboratory_id
        laboratory.choices = [(found.id, found.name) for found, _ in laboratories]
        laboratory.hindrances = {
            found.id: sentence("methods-not-covered", {"methods": methods})
            for found, methods in laboratories
            if methods
        }

    def allot(self, case: Application, laboratories: Laboratories) -> None:
        """`laboratories` is [(laboratory, the methods it lacks)]; one that lacks some may do the others."""
        self.case, self.tests = case, case.scheme.tests
        visitors = {
            each[0]: each[1] for box in (self.lead_verifiers, self.verifiers) for each in box.choices or ()
        }
        for entry in self.sites:
            entry.people.choices = list(visitors.items())
        while len(self.allotments) < len(self.tests):
            self.allotments.append_entry()
        for item, place in zip(self.tests, self.allotments, strict=False):
            able = [(str(lab.id), lab.name) for lab, lacks in laboratories if item["method"] not in lacks]
            place.choices = [("", _("主检机构")), *able]
        every = {item["method"] for item in self.tests}
        lab = self.laboratory_id
        lab.remarks = {
            found.id: sentence("methods-not-covered", {"methods": lacks})
            for found, lacks in laboratories
            if lacks and set(lacks) != every
        }
        lab.hindrances = {each: why for each, why in lab.hindrances.items() if each not in lab.remarks}

    def given(self) -> dict[str, Any]:  # as it came from the page
        said = super().given()
        places = said["sites"]
        named = zip(self.tests, said["allotments"], strict=False)
        return said | {
            "sites": all_sites(self.case, said, places) if places else [],
            "allotments": {item["slug"]: laboratory for item, laboratory in named if laboratory},
        }

    def box_of(self, place: str, slug: str, detail: Mapping[str, object]) -> Field | None:
        """The factory stands before the other places, and has no boxes of its own."""
        name, _dot, rest = place.partition(".")
        number, _dot, member = rest.partition(".")
        if name == "sites" and member:
            before = ids.number(number)
            place = f"sites.{before - 1}.{member}" if before else ""
        return super().box_of(place, slug, detail)


class ReplanForm(PlanForm):
    asks = shapes.ChangedPlan
    reason = box(_l("变更理由"))
