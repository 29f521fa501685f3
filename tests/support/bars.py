"""Makers that are suspended from the list, in the world of everything."""

from datetime import timedelta

from core import lifecycle
from core.clock import today
from procurement.suspensions import operations


def barred(world) -> dict[str, int]:
    """One that is proposed, and one that stands; of a maker that the world has no certificate of."""
    said = {"uscc": "91000000000000772Q", "maker": "某厂", "valid_from": today(), "ground": "以次充好",
            "valid_to": today() + timedelta(days=200), "basis": "测试文号", "demo": True}  # fmt: skip
    found = [operations.propose(world.actor("list_editor"), said) for _ in range(2)]
    lifecycle.take(found[1], "approve", world.actor("regulator"))
    return {"barred": found[0].id, "banned": found[1].id}
