"""The versions of an application, for those who may see the case."""

from accounts.actor import Actor
from accounts.words import region_name
from carbon import records
from carbon.queries import quantity_name, stated_said
from certification.application import differences
from certification.application.models import Application, CorrectionPoint, Submission
from certification.application.operations.submissions import LINKS, MONTH_LINKS, snapshot
from certification.application.queries.applications import application
from certification.application.words import parameters
from certification.application.words.anchors import anchor_text, column_text, parameter_text
from certification.workflow.correction import PARAMETERS, ROW, places
from core.errors import NotFound
from core.i18n import _
from core.words import known, unit_text, word

UNITS = ("unit", "own_unit", "output_unit", "declared_unit")


def versions(actor: Actor, case_id: int) -> tuple[Application, list[Submission]]:
    """The case and all its versions, the first first; a regulator reads where that is written down."""
    if actor.kind == "regulator":
        raise NotFound("application-not-found")
    case = application(actor, case_id)
    return case, case.submissions


def version(case: Application, number: int) -> Submission:
    found = next((kept for kept in case.submissions if kept.number == number), None)
    if found is None:
        raise NotFound("submission-not-found")
    return found


def since_return(case: Application) -> differences.Difference | None:
    """What changed since the reviewer returned it; None while it was handed in only once."""
    if len(case.submissions) < 2:
        return None
    return differences.between(case.submissions[-2].content, case.submissions[-1].content)


def not_handed_in(case: Application) -> differences.Difference | None:
    """What the applicant has changed in an open correction so far."""
    if not case.is_correcting or not case.submissions:
        return None
    return differences.between(case.submissions[-1].content, snapshot(case))


def place_choices(case: Application) -> dict[str, list[tuple[str, str]]]:
    """Where a point may hang, by section, in words; rows are named."""
    return {
        section: [(place, place_text(case, place)) for place in found]
        for section, found in places(case).items()
    }


def place_text(case: Application, place: str) -> str:
    """A place in words; a row of the activity data with the name it was handed in under."""
    if not place.startswith(ROW):
        return anchor_text(case, place)
    number = int(place.removeprefix(ROW))
    rows = case.submissions[-1].content["inventory"]["rows"] if case.submissions else []
    name, text = rows[number]["name"] if number < len(rows) else "", anchor_text(case, place)
    return _("%(place)s：%(name)s", place=text, name=name) if name else text


def spoken(column: str, value: str, case: Application | None = None) -> str:
    """A value as people read it: slugs by their words, an empty one as nothing."""
    if not value:
        return _("（空）")
    above, _dot, slug = column.partition(".")
    if above == PARAMETERS and case and slug in case.scheme.rules.fields:
        return parameters.spoken(case.scheme.rules.fields[slug], value)
    if column == LINKS:
        return _("、").join(f"sha256 {digest[:8]}" for digest in value.split())
    if column == MONTH_LINKS:
        held = (entry.partition(" ") for entry in value.split("; "))
        return _("；").join(f"{month} {spoken(LINKS, digests)}" for month, _blank, digests in held)
    if column in UNITS:
        return unit_text(value)
    if column in ("stage", "boundary"):
        return str(word(f"{column}.{value}"))
    if column.endswith("region"):
        return region_name(value)
    return stated_said(column, value) if column in records.FIELDS else value


def called(column: str, case: Application | None = None) -> str:
    """What a field or a column is called; a parameter as the rule of the case calls it."""
    above, _dot, slug = column.partition(".")
    if above == PARAMETERS and case:
        return parameter_text(case, above, slug)
    if known(f"cell.{column}"):
        return str(word(f"cell.{column}"))
    return quantity_name(column) or column_text(column)


def round_of(case: Application, number: int) -> list[CorrectionPoint]:
    """The points of one request for correction."""
    return [point for point in case.points if point.round == number]
