"""What the boxes of a record are called and offer: all of it is said by the registry of records."""

import re
from collections.abc import Mapping

from carbon import records
from carbon.queries import choice_name, hint_of, quantity_name
from core.readers import ids

IN_DIALOG = 3  # entries of a list; a row that has more keeps them
SPARE = 1  # an empty entry behind those that are typed


def said() -> dict[str, object]:
    """For the templates of the activity data."""
    return {
        "kinds": records.KINDS,
        "quantity_name": quantity_name,
        "choice_name": choice_name,
        "hint_of": hint_of,
        "entries": entries,
        "shown_entries": IN_DIALOG,
    }


def entries(row: Mapping[str, str], name: str) -> range:
    """The numbers of the entries of a list: those that are typed, and an empty one to type the next."""
    typed = [found[1] for box in row if row[box] and (found := re.match(rf"{name}-(\d+)-", box))]
    numbers = [ids.number(number) or 0 for number in typed]
    return range(max(numbers, default=-1) + 1 + SPARE)
