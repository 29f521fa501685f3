"""What does not go together in a document, each fault at its place.

What one member may be by itself, its type says; here stands what only shows beside other members.  `CHECKS`
is the one table; each check is told a document and yields what it finds.
"""

from collections.abc import Iterator

from schemes.document.faults import criteria, measured, parameters, parts
from schemes.document.faults.fault import Fault
from schemes.document.whole import Document

__all__ = ["CHECKS", "Fault", "faults"]

CHECKS = (
    parts.slugs_once,
    parts.effective,
    parts.conclusion,
    parts.surveillance,
    parts.documents,
    parts.clocks,
    parts.recertification,
    parts.cut_off,
    parts.tolerances,
    parts.person_days,
    parts.counted,
    parameters.members,
    parameters.ranges,
    parameters.patterns,
    parameters.conditions,
    parameters.figures,
    parameters.circles,
    measured.ranges,
    measured.bands,
    criteria.known,
    criteria.units,
    criteria.told,
    criteria.grounds,
    criteria.limits,
    criteria.digits,
    criteria.graded,
    criteria.keys,
    criteria.matches,
    criteria.tables,
    criteria.reachable,
    criteria.every_grade,
)


def faults(document: Document) -> Iterator[Fault]:
    for check in CHECKS:
        yield from check(document)
