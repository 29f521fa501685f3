"""What is typed of an assignment."""

from typing import Any

from wtforms import SelectField

from core.fields import Fits, StringField, TextAreaField
from core.i18n import _l
from core.step.fields import ChecksField
from core.step.forms import BlamedForm, ReasonForm, StepForm, box
from procurement.assignments.models import AssignedProduct, CategoryAssignment
from procurement.categories.forms import editions


class AssignForm(BlamedForm):
    """The boxes of `numbers` stand in the table of the products."""

    numbers = ChecksField(_l("产品"), choices=[], validate_choice=False)
    category_edition = SelectField(_l("目录版本"), choices=editions, default="2022", validate_choice=False)
    category_code = StringField(_l("品目编码"), [Fits(AssignedProduct.category_code)])
    note = TextAreaField(_l("依据"), [Fits(CategoryAssignment.note)])

    def values(self) -> dict[str, Any]:  # as the operation takes them
        return {
            "numbers": list(self.numbers.data or ()),
            "category_edition": self.category_edition.data or "",
            "category_code": self.category_code.data or "",
            "note": self.note.data or "",
        }


class DropForm(ReasonForm):
    reason = box(_l("原因"))


STEPS: dict[str, type[StepForm]] = {"confirm": StepForm, "drop": DropForm}


def step_form(assignment: CategoryAssignment, step: str) -> StepForm:
    return STEPS[step](formdata=None, data={"version": assignment.version})
