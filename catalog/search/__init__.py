"""Finding products: application bigrams in a tantivy index, statuses from the database (docs/adr/0007)."""

from catalog.search.ask import GROUPS, NOTHING, SORTS, STATUSES, Criteria, Found, Standing, find
from catalog.search.index import BROKEN, current, distrust, heal, rebuild, sound
from catalog.search.text import squash

__all__ = [
    "BROKEN",
    "GROUPS",
    "NOTHING",
    "SORTS",
    "STATUSES",
    "Criteria",
    "Found",
    "Standing",
    "find",
    "current",
    "distrust",
    "heal",
    "rebuild",
    "sound",
    "squash",
]
