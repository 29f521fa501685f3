"""What a place of an application is called."""

from typing import TYPE_CHECKING

from certification.workflow.checks import check_of
from certification.workflow.correction import PARAMETERS
from core.i18n import _
from core.words import known, word
from schemes.called import called, kind_name

if TYPE_CHECKING:
    from certification.application.models import Application


def anchor_text(case: "Application", anchor: str) -> str:
    """What a point or a finding hangs on: a section, a check of the visit, a file, or a row of the data."""
    kind, _colon, rest = anchor.partition(":")
    above, _dot, slug = anchor.partition(".")
    if above in (PARAMETERS, "models") and slug:
        return parameter_text(case, above, slug)
    if kind == "file":
        return kind_name(case.scheme.rules, rest)
    if kind == "inventory.row":
        return _("活动数据第 %(number)s 行", number=int(rest) + 1)
    if kind == "row":
        return f"{word('anchor.inventory')} · {rest}"
    if known(f"anchor.{anchor}"):
        return column_text(anchor)
    found = check_of(case, anchor)
    return called(found.names) if found else anchor


def parameter_text(case: "Application", above: str, slug: str) -> str:
    """A parameter of the product, or of every model."""
    asked = case.scheme.rules.fields.get(slug)
    name = called(asked.names) if asked else slug
    return name if above == PARAMETERS else _("各型号的%(name)s", name=name)


def column_text(column: str) -> str:
    """What a field of an application is called."""
    key = f"anchor.{column}"
    return str(word(key)) if known(key) else column
