"""What a record states, as pages say it."""

from carbon.records import FIELDS, Choice, Many, Measured
from carbon.words import choice_name
from core.words import unit_text


def stated_said(quantity: str, text: str) -> str:
    """What a quantity says in one line (records.as_texts), its unit and what was chosen in their words.

    A list whose entries begin with a choice has that in its word as well.
    """
    asked = FIELDS.get(quantity)
    if isinstance(asked, Measured):
        return unit_text(text)
    if not isinstance(asked, Many):
        return choice_name(quantity, text)
    if not isinstance(asked.of[0], Choice):
        return unit_text(text)
    entries = (entry.partition(" ") for entry in text.split("；"))
    return "；".join(
        f"{choice_name(asked.of[0].name, chosen)} {rest}".strip() for chosen, _blank, rest in entries
    )
