"""The life of a shortlist: open until it is awarded, and locked from then on.  Pure."""

from typing import TYPE_CHECKING

from core.demands import needs, reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from procurement.shortlists.models import Shortlist

OPEN = ("open",)
AWARDED = ("awarded",)
DECISIONS = ("undecided", "chosen", "excluded")
SOUND = ("buyable", "not-required")  # what may be chosen without a word of why


def all_decided(found: "Shortlist", _actor: Actor) -> str | None:
    return "shortlist-undecided" if any(line.decision == "undecided" for line in found.lines) else None


def one_chosen(found: "Shortlist", _actor: Actor) -> str | None:
    return None if any(line.decision == "chosen" for line in found.lines) else "shortlist-nothing-chosen"


SHORTLIST = Machine(
    "shortlist", "open",
    step("award", "open", "awarded", "procurement_officer|list_editor|regulator", all_decided, one_chosen,
         demands=[reason_given, needs("shortlist-until-missing", "until")]),
)  # fmt: skip
