"""How much of a footprint must be proved by files before it is handed in."""

from collections.abc import Sequence
from decimal import Decimal


def unproved(weights: Sequence[Decimal], proved: Sequence[bool], share: Decimal) -> list[int]:
    """The fewest rows, by place and the heaviest first, that still need a file so that those which have one
    make up `share` of the sum of what every row adds or takes away."""
    missing = share * sum(weights) - sum(each for each, has in zip(weights, proved, strict=True) if has)
    bare = [place for place, has in enumerate(proved) if not has]
    found = []
    for place in sorted(bare, key=lambda place: -weights[place]):
        if missing <= 0:
            break
        missing -= weights[place]
        found.append(place)
    return found
