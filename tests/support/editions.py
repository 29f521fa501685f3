"""What two others say to an edition before it is published."""

from core import lifecycle
from tests import factories


def approve(edition) -> None:
    for _time in range(2):
        other = factories.actor("regulator", "list_editor", of=edition.owner)
        lifecycle.take(edition, "approve", other)
