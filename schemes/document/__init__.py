"""A version of a scheme as one typed document, from which everything follows that a scheme decides.

`read` takes what somebody hands in and names every fault by its JSON pointer; `stored` reads what was taken;
`written` is the one spelling that is kept, served and hashed.
"""

from schemes.document.base import PROVINCE, Match, Source, Words
from schemes.document.criteria import Criterion, LimitRow
from schemes.document.differences import Difference, differences
from schemes.document.identity import Identity
from schemes.document.parameters import Derived, Parameter
from schemes.document.procedure import Clock, DocumentKind, Item, Test
from schemes.document.reading import (
    WRONG,
    digest,
    parsed,
    plain,
    published,
    read,
    schema,
    stored,
    whole,
    written,
)
from schemes.document.whole import FORMAT, Document

__all__ = [
    "FORMAT",
    "PROVINCE",
    "WRONG",
    "Clock",
    "Criterion",
    "Derived",
    "Difference",
    "Document",
    "Identity",
    "DocumentKind",
    "Item",
    "LimitRow",
    "Match",
    "Parameter",
    "Source",
    "Test",
    "Words",
    "differences",
    "digest",
    "parsed",
    "plain",
    "published",
    "read",
    "schema",
    "stored",
    "whole",
    "written",
]
