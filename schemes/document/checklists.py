"""What is looked at in a case: the lists of its scheme, and where that has none, those of the house."""

from functools import cache
from pathlib import Path

from schemes.document.procedure import Checklists, Item
from schemes.document.whole import Document

LISTS = tuple(Checklists.model_fields)
# Acceptance by certification-rules 2.3; the seven checks of a visit by 168号令 art. 17, in its order.
SHIPPED = Path(__file__).parents[1] / "data" / "house" / "checklists.json"


@cache
def house() -> Checklists:
    return Checklists.model_validate_json(SHIPPED.read_text(encoding="utf-8"))


def checklist(document: Document, name: str) -> tuple[Item, ...]:
    """One of LISTS."""
    own: tuple[Item, ...] = getattr(document.checklists, name)
    usual: tuple[Item, ...] = getattr(house(), name)
    return own or usual


def slugs(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(item.slug for item in items)
