"""What may be asked of the catalogue; all of it is public."""

from catalog.queries.facets import Facet, Option, facets
from catalog.queries.overview import Overview, Peers, latest, overview
from catalog.queries.products import (
    Listing,
    Standing,
    categories,
    certified,
    every_product,
    product,
    products,
    standings,
    technologies,
)

__all__ = [
    "Facet",
    "Listing",
    "Option",
    "Overview",
    "Peers",
    "Standing",
    "categories",
    "certified",
    "every_product",
    "facets",
    "latest",
    "overview",
    "product",
    "products",
    "standings",
    "technologies",
]
