"""The activity data of a case as its pages show them: what is being typed, or what was handed in."""

from typing import TYPE_CHECKING

from certification.application.forms.inventory import InventoryForm
from certification.application.queries import inventories

if TYPE_CHECKING:
    from certification.application.models import Application


def activity_of(case: "Application") -> inventories.Activity:
    if case.is_editable or case.footprint is None:
        return typed_activity(case, InventoryForm.of_inventory(case.inventory))
    return inventories.frozen(case)


def typed_activity(case: "Application", form: InventoryForm) -> inventories.Activity:
    return inventories.typed(case, form.facts(), form.activity({}))
