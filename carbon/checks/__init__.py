"""Is it plausible?  What an experienced reader would ask about an inventory, asked before they do.

`CHECKS` is the one table: each slug, how much it weighs, who finds it, and to whom it is said.  The sentence
and the question of a slug stand in carbon.words.
"""

from carbon.checks.demands import Demands
from carbon.checks.seen import Around, Library, Seen
from carbon.checks.table import (
    AMBER,
    CHECKS,
    NOTE,
    RED,
    SEVERITIES,
    Check,
    asked,
    check_of,
    doubts,
    for_applicant,
)
from carbon.checks.tolerances import Tolerances
from carbon.records.grounds import NOT_ACCEPTED

__all__ = [
    "AMBER",
    "CHECKS",
    "NOTE",
    "NOT_ACCEPTED",
    "RED",
    "SEVERITIES",
    "Around",
    "Check",
    "Demands",
    "Library",
    "Seen",
    "Tolerances",
    "asked",
    "check_of",
    "doubts",
    "for_applicant",
]
