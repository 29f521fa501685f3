"""The activity data of a case as its pages show them: what is being typed, or what was handed in."""

from certification.application.forms.inventory import InventoryForm
from certification.application.queries import inventories


def activity_of(case) -> inventories.Activity:
    if case.is_editable or case.footprint is None:
        return typed_activity(case, InventoryForm.of_inventory(case.inventory))
    return inventories.frozen(case)


def typed_activity(case, form: InventoryForm) -> inventories.Activity:
    return inventories.typed(case, form.facts(), form.activity({}))
