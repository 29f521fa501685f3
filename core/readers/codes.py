"""Codes as they are kept: half width, upper case, without the blanks and unseen signs pasted along."""

from core.readers import texts
from core.readers.widths import half

LONGEST = 100


def letters(value: object) -> str:
    """What the code then must be, such as a valid 统一社会信用代码, the caller checks."""
    return "".join(half(texts.line(value, LONGEST)).split()).upper()
