"""By what products of a category are looked for: parameters and figures its rules show as a filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.queries.facets import Facet, Option
from catalog.queries.products import Listing
from catalog.search import Criteria
from catalog.search.ask import PARAMETER
from core.i18n import _
from core.words import unit_text
from schemes.called import called
from schemes.document import Criterion, Parameter
from schemes.document.parameters import NUMBERS, WORDS, values_of
from schemes.queries import schemes

BEGINS = "p."  # how the name of a parameter begins in an address


@dataclass(frozen=True)
class Looked:
    """`options` are what it may be, with their names; a number has none, and is looked for by a range."""

    slug: str
    name: str
    options: Mapping[str, str]

    @property
    def argument(self) -> str:
        return f"{BEGINS}{self.slug}"


def parameters(categories: tuple[str, ...]) -> list[Looked]:
    """Of the rules in force for the one chosen category: what one says of it means nothing of another."""
    rules = [each.rules for each in schemes() if (each.category,) == categories]
    found: dict[str, Looked] = {}
    for parameter in (each for document in rules for each in document.parameters if "filter" in each.shown):
        if parameter.kind in NUMBERS or values_of(parameter):
            found.setdefault(parameter.slug, _looked(parameter))
    for criterion in (each for document in rules for each in document.criteria if "filter" in each.shown):
        found.setdefault(criterion.slug, _ranged(criterion))
    return list(found.values())


def _looked(parameter: Parameter) -> Looked:
    if parameter.kind in NUMBERS:
        return _ranged(parameter)
    named = {choice.slug: called(choice.names) for choice in parameter.choices}
    if parameter.kind in WORDS:
        named = {"yes": str(_("是")), "no": str(_("否"))}
    return Looked(parameter.slug, called(parameter.names), named)


def _ranged(asked: Parameter | Criterion) -> Looked:
    unit = unit_text(asked.unit)
    return Looked(asked.slug, str(_("，")).join(filter(None, (called(asked.names), unit))), {})


def facets_of(looked: list[Looked], listing: Listing, criteria: Criteria) -> list[Facet]:
    """The choices, with counts that hold."""
    counts = listing.counts[PARAMETER]
    return [
        Facet(
            each.argument,
            [
                Option(
                    slug,
                    text,
                    counts.get(f"{each.slug}={slug}", 0),
                    slug in criteria.parameters.get(each.slug, ()),
                )
                for slug, text in each.options.items()
            ],
            each.name,
        )
        for each in looked
        if each.options
    ]
