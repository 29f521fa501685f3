"""What differs between two documents, member by member.

Lists of things with a slug are compared by slug, so that one that moved is not another; others as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.readers import pointer_of

Plain = Any  # JSON


@dataclass(frozen=True)
class Difference:
    """`before` is None where the member is new, `after` where it is gone."""

    pointer: str
    before: Plain
    after: Plain


def differences(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> list[Difference]:
    return list(_between(before, after, ""))


def _between(before: Plain, after: Plain, pointer: str) -> Iterator[Difference]:
    if before == after:
        return
    one, other = _members(before), _members(after)
    if one is None or other is None:
        yield Difference(pointer, before, after)
        return
    for name in dict.fromkeys([*one, *other]):
        yield from _between(one.get(name), other.get(name), pointer + pointer_of([name]))


def _members(value: Plain) -> Mapping[str, Plain] | None:
    """By name, or by slug; None for what is compared as a whole."""
    if isinstance(value, Mapping):
        return value
    if (
        isinstance(value, list)
        and value
        and all(isinstance(each, Mapping) and "slug" in each for each in value)
    ):
        return {each["slug"]: each for each in value}
    return None
