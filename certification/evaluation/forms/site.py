"""The shape of what is said of places and photographs of a visit."""

from wtforms import Form

from certification.evaluation.models import PlannedSite
from core.fields import ExactField, Fits, StringField, row
from core.i18n import _l
from core.step.fields import ChecksField, MayBeEmpty


class PlaceForm(Form):
    """One more production site beside the factory of the application."""

    name = StringField(_l("场所名称"), [Fits(PlannedSite.name)])
    address = StringField(_l("地址"), [Fits(PlannedSite.address)])
    person_days = ExactField(_l("人日数"))
    people = ChecksField(_l("到场人员"), [MayBeEmpty()], coerce=row)


def further(entries) -> list[dict]:
    """The places that were filled in at all."""
    said = [{name: field.data for name, field in entry.form._fields.items()} for entry in entries]
    return [place for place in said if place["name"] or place["address"]]


def all_sites(case, facts: dict, places: list[dict]) -> list[dict]:
    """The factory, with what the other places leave of the person-days, and the other places."""
    visitors = sorted({person for person, function in facts["team"] if function != "document_reviewer"})
    others = sum(place["person_days"] or 0 for place in places)
    rest = None if facts["person_days"] is None else facts["person_days"] - others
    factory = {"name": case.factory["name"], "address": case.factory["address"]}
    return [factory | {"person_days": rest, "people": visitors}, *places]
