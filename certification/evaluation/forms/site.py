"""How the places of a visit are asked."""

from decimal import Decimal
from typing import Any

from certification.application.models import Application
from certification.evaluation import shapes
from core.errors import Invalid
from core.i18n import _l
from core.readers import numbers
from core.step.fields import ChecksField
from core.step.forms import RowForm, box


class PlaceForm(RowForm):
    """One more production site beside the factory of the application."""

    asks = shapes.Place
    name = box(_l("场所名称"))
    address = box(_l("地址"))
    person_days = box(_l("人日数"))
    people = box(_l("到场人员"), ChecksField)


def all_sites(
    case: Application,
    said: dict[str, Any],  # as it came from the page
    places: list[dict[str, object]],
) -> list[dict[str, object]]:
    """The factory, with what the other places leave of the person-days, and the other places."""
    visitors = sorted(
        {member["user_id"] for member in said["team"] if member["function"] != "document_reviewer"}
    )
    days, *others = (_read(each.get("person_days")) for each in (said, *places))
    rest = None if days is None else days - sum(other or 0 for other in others)
    factory = {"name": case.factory["name"], "address": case.factory["address"]}
    return [factory | {"person_days": rest, "people": visitors}, *places]


def _read(typed: str | None) -> Decimal | None:
    """What cannot be read is refused at its own box."""
    try:
        return numbers.number(typed)
    except Invalid:
        return None
