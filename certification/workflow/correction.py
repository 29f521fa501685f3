"""What a point of a request for correction hangs on, and what it opens.

A place is a field or a file of the application: `product_name`, `factory.address`, `parameters.rim` (of the
product), `models`, `models.rim` (of every model), `inventory.head`, `inventory.row:3` (counted from 0, as
handed in), `file:business_licence`.  A point on `factory`, `models` or `inventory` opens all beneath it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from core.machine import Actor, Facts
from schemes.stated import fields_of
from schemes.vocabulary import OTHER_KIND

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.evaluation.models import Nonconformity

TEXTS = ("product_name", "product_name_en", "trademark", "series")
PARTIES = {"producer": ("name", "uscc", "address"), "factory": ("name", "uscc", "address", "region")}
PARAMETERS = "parameters"
HANDED_IN = ("submit", "resubmit", "declare_anew")  # by what a version of the application came to be
ROW = "inventory.row:"
FILE = "file:"


def places(application: "Application") -> dict[str, list[str]]:
    """Every place of this application a point may hang on, by the section its page is."""
    return {section: places_of(application, section) for section in PLACES}


def places_of(application: "Application", section: str) -> list[str]:
    """The places of one section; nothing of the others is looked up for it."""
    return PLACES[section](application)


def _rows(application: "Application") -> list[str]:
    return [f"{ROW}{number}" for number in range(len(application.inventory.rows))]


def _beneath(party: str) -> list[str]:
    return [f"{party}.{field}" for field in PARTIES[party]]


def _stated(application: "Application", per: str) -> list[str]:
    above = PARAMETERS if per == "product" else "models"
    return [f"{above}.{parameter.slug}" for parameter in fields_of(application.scheme.rules, per)]


PLACES: dict[str, Callable[["Application"], list[str]]] = {
    "parties": lambda _case: [place for party in PARTIES for place in (party, *_beneath(party))],
    "product": lambda case: [*TEXTS, *_stated(case, "product"), "models", *_stated(case, "model")],
    "files": lambda case: [f"file:{kind}" for kind in case.scheme.file_kinds],
    "inventory": lambda case: ["inventory", "inventory.head", *_rows(case)],
}


def section_of(anchor: str) -> str:
    """The page on which what the point names is mended."""
    kind = anchor.partition(":")[0].partition(".")[0]
    named = {"producer": "parties", "factory": "parties", "file": "files", "inventory": "inventory"}
    return named.get(kind, "product")


def opens(anchors: Iterable[str], place: str) -> bool:
    """Whether one of the points lets this place be changed."""
    return any(place == anchor or place.startswith(f"{anchor}.") for anchor in anchors)


def open_places(application: "Application") -> list[str]:
    """What the applicant may change of what was handed in: what the points of a correction name; while it is
    evaluated, the rows of the activity data and the kinds of file on which a nonconformity waits."""
    if application.is_correcting:
        return [point.anchor for point in application.open_points]
    if not application.is_evaluating or not application.submissions:
        return []  # what was handed in before versions were kept cannot be compared
    waiting = _waiting(application)
    keys = {key for finding in waiting for key in finding.row_keys}
    rows = [f"{ROW}{place}" for place, row in enumerate(application.inventory.rows) if row.key in keys]
    return rows + [finding.anchor for finding in waiting if finding.anchor.startswith(FILE)]


def _waiting(application: "Application") -> "list[Nonconformity]":
    """The findings that wait for the applicant."""
    found = application.nonconformities if application.is_evaluating else []
    return [finding for finding in found if finding.awaits_client]


def asks_something(application: "Application") -> bool:
    """Whether a correction or a finding waits for the applicant."""
    return application.is_correcting or bool(_waiting(application))


def takes_file(application: "Application", kind: str) -> bool:
    """Whether a file of this kind may be added: beside what points and findings name, other material always
    comes along with what is corrected."""
    if application.is_draft or not asks_something(application):
        return application.is_draft
    return kind == OTHER_KIND or opens(open_places(application), f"{FILE}{kind}")


def splits(application: "Application") -> set[int]:
    """The numbers of the rows, from 0 as handed in, that a point asks to be split: so rows may be added."""
    points = application.open_points if application.is_correcting else []
    return rows_opened(point.anchor for point in points if point.splits)


def row_numbers(application: "Application") -> dict[str, int]:
    """What number points, pages and workbooks have for each row, by its key: that under which it was handed
    in, from 1.  A row that was added since has none, and before the first time none has one."""
    if not application.submissions:
        return {}
    handed_in = [row.get("key") for row in application.submissions[-1].content["inventory"]["rows"]]
    if all(handed_in):
        return {key: number for number, key in enumerate(handed_in, 1)}
    # A version of before rows had keys has them at their places.
    return {row.key: number for number, row in enumerate(application.inventory.rows, 1)}


def rows_opened(anchors: Iterable[str]) -> set[int]:
    """The numbers of the rows that are open one by one."""
    return {int(anchor.removeprefix(ROW)) for anchor in anchors if anchor.startswith(ROW)}


def points_listed(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    points = facts.get("points") or []
    listed = points and all(point.get("anchor") and point.get("text", "").strip() for point in points)
    return None if listed else "points-missing"


def splits_rows(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """Only a row of the activity data can be split."""
    asked = [point.get("anchor") or "" for point in facts.get("points") or [] if point.get("splits")]
    return None if all(anchor.startswith(ROW) for anchor in asked) else "point-splits-no-row"


def points_placed(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    known = {place for found in places(application).values() for place in found}
    named = {point.get("anchor") for point in facts.get("points") or [] if point.get("anchor")}
    return "point-place-unknown" if named - known else None


def second_list_explained(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """行政许可法 art. 32 tells everything at once; a body that asks again says why it did not before."""
    again = bool(application.points) and not (facts.get("reason") or "").strip()
    return "second-list-unexplained" if again else None
