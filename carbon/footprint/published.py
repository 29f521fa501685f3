"""Do published parts give the published whole?  Parts that do not are reported, never mended."""

from collections.abc import Mapping
from decimal import Decimal

from carbon.footprint.sheet import Caution

TOLERANCE = Decimal("0.005")


def stage_sum(
    stages: Mapping[str, Decimal | None], published: Decimal | None
) -> tuple[Decimal | None, tuple[Caution, ...]]:
    """The sum of declared stages beside the published total; the modules may be negative.

    Stages that are all zero beside a total that is not were not declared one by one:
    then there is no sum, and the published total stands alone.
    """
    declared = [value for value in stages.values() if value is not None]
    if published and declared and not any(declared):
        return None, (Caution("zero-means-not-declared", detail={"published": _plain(published)}),)
    if not declared:
        return None, ()
    total = sum(declared, Decimal(0))
    if published is None or agree(total, published):
        return total, ()
    detail = {"sum": _plain(total), "published": _plain(published)}
    return total, (Caution("stages-do-not-add-up", detail=detail),)


def share_sum(shares: Mapping[str, Decimal | None]) -> tuple[Decimal, tuple[Caution, ...]]:
    """Shares of a whole, as fractions; they should make one."""
    total = sum((share for share in shares.values() if share is not None), Decimal(0))
    if agree(total, Decimal(1)):
        return total, ()
    return total, (Caution("shares-do-not-add-up", detail={"sum": _plain(total)}),)


def agree(value: Decimal, published: Decimal) -> bool:
    """As far as what is published is rounded."""
    return abs(value - published) <= TOLERANCE * abs(published)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
