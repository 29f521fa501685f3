"""What a product that was certified under one version of a rule lacks under another.  Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carbon.footprint import rounded
from certification.workflow.criteria import combined
from core.clock import today
from schemes import judging
from schemes.document import Document
from schemes.judging import FAIL, PASS, UPPER, Figure, Judged
from schemes.stated import Stated, lacking, typed

if TYPE_CHECKING:
    from certification.certificate.models import Certificate
    from certification.laboratory.models import TestResult

# A holder is told on these days before the last one for converting: at once, and again.
LEADS = {"published": None, "days:60": 60, "days:14": 14}


@dataclass(frozen=True)
class Known:
    """What was stated of the product and of each model, its figures, the items tested and how, the kinds of
    its files."""

    product: Stated
    models: tuple[Stated, ...]
    figures: Mapping[str, Figure]
    tested: Mapping[str, str]  # item -> method
    files: Collection[str]


@dataclass(frozen=True)
class Lacks:
    """`tests`, `documents` and `parameters` are to be handed in, by slug; `failed` are criteria that the
    figures do not meet; `unknown` those for which a figure or a parameter is missing."""

    tests: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    failed: tuple[Judged, ...] = ()
    unknown: tuple[Judged, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.tests or self.documents or self.parameters or self.failed or self.unknown)


def lacks(document: Document, known: Known) -> Lacks:
    """What this version asks and the product does not have yet."""
    own, theirs = lacking(document, known.product, known.models)
    judged = judge(document, known)
    return Lacks(
        tuple(test.slug for test in document.tests if known.tested.get(test.slug) != test.method),
        tuple(kind.slug for kind in document.documents if kind.slug not in known.files),
        tuple(dict.fromkeys([*own, *(slug for slugs in theirs for slug in slugs)])),
        tuple(each for each in judged if each.outcome == FAIL),
        tuple(each for each in judged if each.outcome not in (FAIL, PASS)),
    )


def judge(document: Document, known: Known) -> list[Judged]:
    """Each criterion, of the model that is farthest from meeting it."""
    values: list[Stated] = [{**known.product, **model} for model in known.models] or [known.product]
    every = [judging.judge(document, typed(document, each), known.figures) for each in values]
    return [max(each, key=_badness) for each in zip(*every, strict=True)]


def _badness(judged: Judged) -> tuple[bool, Fraction, bool]:
    more = beyond(judged)
    return more is not None, more or Fraction(0), judged.outcome != PASS


def beyond(judged: Judged) -> Fraction | None:
    """By how much a criterion is not met: beyond the limit that is asked least; None where it is met."""
    limits = [limit for limit in judged.limits.values() if limit is not None]
    if judged.outcome != FAIL or judged.held is None or not limits:
        return None
    upper = judged.criterion.comparator in UPPER
    bound = Fraction(max(limits) if upper else min(limits))
    return judged.held - bound if upper else bound - judged.held


def plain(value: Fraction) -> Decimal:
    """A figure as people read it; what is compared is exact."""
    return rounded(value, 6).normalize()


def figures(
    document: Document, footprint: Fraction | None, results: Iterable["TestResult"]
) -> dict[str, Figure]:
    """The exact footprint, and of each item the mean of its results where the rule says so, or the worst."""
    found = {} if footprint is None else {"footprint": Figure(footprint)}
    by_item: dict[str, list[TestResult]] = {}
    for result in results:
        by_item.setdefault(result.item, []).append(result)
    for item, several in by_item.items():
        found[f"test:{item}"] = _one(document, item, several)
    return found


def _one(document: Document, item: str, results: list["TestResult"]) -> Figure:
    found = [
        Figure(Fraction(each.value), None if each.uncertainty is None else Fraction(each.uncertainty))
        for each in results
    ]
    if item in document.items:
        found = combined(document, item, found)
    criterion = document.on(f"test:{item}")
    upper = criterion is None or criterion.comparator in UPPER
    return (max if upper else min)(found, key=lambda each: each.value)


def due_leads(last: date, sent: Collection[str]) -> list[str]:
    """Of LEADS, what has come due by today and was not sent."""
    day = today()
    return [
        lead
        for lead, before in LEADS.items()
        if lead not in sent and (before is None or (last - day).days <= before and day <= last)
    ]


def convertible(certificate: "Certificate") -> str | None:
    """A certificate is converted once a later version of its rule is in force."""
    taken_over = certificate.scheme.superseded_on
    if taken_over is None:
        return "nothing-to-convert"
    return "conversion-too-early" if today() < taken_over else None
