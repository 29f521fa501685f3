"""What a place of an application is called."""

from core.i18n import _
from core.words import known, word


def anchor_text(anchor: str) -> str:
    """What a point or a finding hangs on: a section, a check of the visit, a file, or a row of the data."""
    kind, _colon, rest = anchor.partition(":")
    if kind == "inventory.row":
        return _("活动数据第 %(number)s 行", number=int(rest) + 1)
    if kind == "row":
        return f"{word('anchor.inventory')} · {rest}"
    keys = (f"file.{rest}",) if kind == "file" else (f"anchor.{anchor}", f"check.{anchor}")
    return next((str(word(key)) for key in keys if known(key)), anchor)
