"""A day that is typed after a right it rests on had ended: a document of the day and a second person.  Pure.

What was done while the right stood was done lawfully; that it was done then is what somebody has to show who
says so only afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certification.late.models import LateEntry

KINDS = ("visit", "test")
ASKED = "asked"
CONFIRMED = "confirmed"
OUTCOMES = (ASKED, CONFIRMED, "refused")

ENDED_SINCE = "right-ended-since"


@dataclass(frozen=True)
class Hands:
    """Who hands the document in, and who may be the second person."""

    filing: frozenset[str]
    answering: frozenset[str]


# By the kind of organisation: what it dates, and by whose hands.
KIND_OF = {"certification_body": "visit", "testing_body": "test"}
HANDS = {
    "visit": Hands(
        frozenset({"lead_verifier", "verifier"}), frozenset({"case_officer", "application_reviewer"})
    ),
    "test": Hands(
        frozenset({"tester", "authorised_signatory"}), frozenset({"authorised_signatory", "sample_receiver"})
    ),
}


def proved(entries: Iterable["LateEntry"], kind: str, day: date, laboratory_id: int | None = None) -> bool:
    """Whether a document of that day was confirmed; of a test, by its laboratory."""
    return any(
        each.is_confirmed
        and (each.kind, each.laboratory_id) == (kind, laboratory_id)
        and each.first <= day <= each.last
        for each in entries
    )
