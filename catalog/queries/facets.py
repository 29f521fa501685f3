"""The choices beside a result: in fixed order, with counts that hold, none hidden because it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from accounts.words.regions import PROVINCES, inside
from carbon.footprint import BOUNDARIES
from catalog.queries.products import Listing
from catalog.search import GROUPS, STATUSES, Criteria
from core.words import known, word
from schemes.vocabulary import FAMILIES

BELOW = ("30", "20", "10", "0", "none")


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    group: str
    options: list[Option]
    name: str = ""  # where no word has it

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]


def facets(listing: Listing, criteria: Criteria, names: dict[str, str]) -> list[Facet]:
    """Every group with all its options, in their fixed order; `names` are those of the categories."""
    named = {
        "category": names,
        "below": _words("below", BELOW),
        "status": _words("certificate.state", STATUSES),
        "family": _words("family", (*FAMILIES, "none")),
        "boundary": _words("boundary", BOUNDARIES),
        "region": _regions(listing.regions),
    }
    return [_facet(group, named[group], listing.counts[group], criteria) for group in GROUPS]


def _words(prefix: str, slugs: tuple[str, ...]) -> dict[str, str]:
    return {slug: str(word(f"{prefix}.{slug}")) for slug in slugs}


def _regions(present: frozenset[str]) -> dict[str, str]:
    """The places of this province always, other provinces where a product comes from there."""
    elsewhere = {code: str(name) for code, name in PROVINCES.items() if code in present}
    return inside(current_app.config["REGION"]) | elsewhere | {"none": str(word("product.region.none"))}


def _facet(group: str, names: dict[str, str], counts: Mapping[str, int], criteria: Criteria) -> Facet:
    """What was chosen is always shown, also when nothing bears that name."""
    chosen = criteria.chosen.get(group, ())
    unknown = {slug: _plain(group, slug) for slug in chosen if slug not in names}
    return Facet(
        group,
        [Option(slug, text, counts.get(slug, 0), slug in chosen) for slug, text in (names | unknown).items()],
    )


def _plain(group: str, slug: str) -> str:
    key = f"{group}.{slug}"
    return str(word(key)) if known(key) else slug
