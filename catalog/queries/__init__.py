"""What may be asked of the catalogue; all of it is public."""

from catalog.models import Entry
from catalog.queries.facets import Facet, Option, facets
from catalog.queries.integrity import differing, differing_by_id, differs
from catalog.queries.overview import Overview, Peers, latest, latest_acts, overview
from catalog.queries.parameters import BEGINS, Looked, facets_of, parameters
from catalog.queries.products import (
    Listing,
    Standing,
    by_number,
    categories,
    certified,
    certified_by_parts,
    certified_page,
    every_product,
    held_by,
    holders_of,
    numbers_by_model,
    product,
    products,
    standings,
    statement,
    technologies,
)
from schemes.queries import schemes

__all__ = [
    "BEGINS",
    "Entry",
    "Facet",
    "Listing",
    "Looked",
    "Option",
    "Overview",
    "Peers",
    "Standing",
    "by_number",
    "categories",
    "certified",
    "certified_by_parts",
    "certified_page",
    "differing",
    "differing_by_id",
    "differs",
    "every_product",
    "facets",
    "facets_of",
    "held_by",
    "holders_of",
    "latest",
    "latest_acts",
    "numbers_by_model",
    "overview",
    "parameters",
    "product",
    "products",
    "schemes",
    "standings",
    "statement",
    "technologies",
]
