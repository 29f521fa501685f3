"""Which member of what was handed in a refusal is about: it is shown beside its box, and named by the API."""

from collections.abc import Collection, Iterable, Mapping

_places: dict[str, str] = {}  # what stands nowhere is about the thing, not about what was handed in


def connect(*tables: Mapping[str, str]) -> None:
    """Take every office's table; the same slug at two members is an error."""
    _places.clear()
    for table in tables:
        if twice := {slug for slug in _places.keys() & table.keys() if _places[slug] != table[slug]}:
            raise ValueError(f"shown at two places: {sorted(twice)}")
        _places.update(table)


def of(slug: str) -> str:
    """The member, or nothing."""
    return _places.get(slug, "")


def among(members: Collection[str], slugs: Iterable[str]) -> dict[str, str]:
    """What is wrong, by the member it is wrong with, as far as it is one of these; the first thing said."""
    found: dict[str, str] = {}
    for slug in slugs:
        if of(slug) in members:
            found.setdefault(of(slug), slug)
    return found
