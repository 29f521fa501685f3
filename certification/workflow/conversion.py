"""What a product that was certified under one version of a rule lacks under another.  Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from carbon.footprint import rounded
from certification.workflow.criteria import Known, judged
from certification.workflow.purpose import PARTS
from core.calendar.count import DAY
from core.clock import today
from schemes.document import Document, Item
from schemes.document.checklists import checklist
from schemes.judging import FAIL, PASS, Judged
from schemes.stated import lacking

# A holder is told on these days before the last one for converting: at once, and again.
LEADS = {"published": None, "days:60": 60, "days:14": 14}


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


def lacks(document: Document, known: Known, files: Collection[str]) -> Lacks:
    """What this version asks and the product does not have yet; `files` are the kinds that were handed in."""
    own, theirs = lacking(document, known.product, [said for _code, said in known.models])
    lines = [line.judged for line in judged(document, known).lines]
    methods: dict[str, set[str]] = {}
    for each in known.measured:
        methods.setdefault(each.item, set()).add(each.method)
    return Lacks(
        tuple(test.slug for test in document.tests if methods.get(test.slug) != {test.method}),
        tuple(kind.slug for kind in document.documents if kind.slug not in files),
        tuple(dict.fromkeys([*own, *(slug for slugs in theirs for slug in slugs)])),
        tuple(each for each in lines if each.outcome == FAIL),
        tuple(each for each in lines if each.outcome not in (FAIL, PASS)),
    )


def to_review(former: Document, document: Document, asked: Lacks) -> tuple[str, ...]:
    """Of PARTS, those that a conversion cannot do without: files are always read; tests are made where one is
    lacking or its result is not enough; the plant is seen where this version looks at more there."""
    held = [*asked.failed, *asked.unknown]
    tested = bool(asked.tests) or any(each.criterion.quantity.startswith("test:") for each in held)
    before = {_looked_at(item) for item in checklist(former, "site")}
    seen = any(_looked_at(item) not in before for item in checklist(document, "site"))
    wanted = {"documents": True, "tests": tested, "site": seen}
    return tuple(part for part in PARTS if wanted[part])


def _looked_at(item: Item) -> tuple[object, ...]:
    """What a check asks; how it is called and explained asks nothing more."""
    return item.slug, item.major


def plain(value: Fraction) -> Decimal:
    """A figure as people read it; what is compared is exact."""
    return rounded(value, 6).normalize()


def lead_days(last: date) -> list[date]:
    """The days before the last one on which a holder is told again."""
    return [last - before * DAY for before in LEADS.values() if before is not None]


def due_leads(last: date, sent: Collection[str]) -> list[str]:
    """Of LEADS, what has come due by today and was not sent."""
    day = today()
    return [
        lead
        for lead, before in LEADS.items()
        if lead not in sent and (before is None or (last - day).days <= before and day <= last)
    ]
