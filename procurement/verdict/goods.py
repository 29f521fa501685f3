"""What is bought under a 品目 on a day: the policy over it, and which certified models qualify for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, islice

from catalog import queries as catalog
from procurement import queries
from procurement.rules import Policy
from procurement.verdict.dated import Question
from procurement.verdict.judging import Finding
from procurement.verdict.queries import MOST, verdicts

QUALIFIES = ("buyable", "committee", "not-yet-known")  # of a day to come no more is known than this


@dataclass(frozen=True)
class Range:
    """Of products that are measured alike: the least carbon and the most."""

    unit: str
    boundary: str
    least: Decimal
    most: Decimal
    products: int


@dataclass(frozen=True)
class Goods:
    """`category` is what the verdict finds of the code itself; `fits` are the products of which a model
    qualifies, `near` all that were asked about; `whole` says whether that was every one."""

    code: str
    category: Finding
    rules: tuple[Policy, ...]
    fits: tuple[catalog.Entry, ...]
    near: tuple[catalog.Entry, ...]
    whole: bool

    @property
    def products(self) -> int:
        return len(self.fits)

    @property
    def makers(self) -> int:
        return len({each.maker for each in self.fits})

    @property
    def ranges(self) -> list[Range]:
        """Unit and boundary first: carbon that is measured otherwise is not compared."""
        alike = sorted(self.fits, key=lambda each: (each.carbon_unit, each.boundary))
        found = []
        for (unit, boundary), some in groupby(alike, lambda each: (each.carbon_unit, each.boundary)):
            carbon = [each.carbon for each in some]
            found.append(Range(unit, boundary, min(carbon), max(carbon), len(carbon)))
        return found


def goods(codes: Collection[str], on: date) -> dict[str, Goods]:
    """By code of the 2022 catalogue, each as it stands on a day."""
    codes, policies = list(dict.fromkeys(codes)), queries.policies_in_force(on)
    told = verdicts(Question("", "", on, category=code) for code in codes)
    found = {}
    for code, verdict in zip(codes, told, strict=True):
        rules = tuple(each for each in policies if each.category_code == code)
        schemes = {each.scheme_code for each in rules}
        entries = catalog.certified(schemes) if schemes else []
        asked = list(islice(_models(entries), MOST + 1))
        fits = _qualifying(asked[:MOST], code, on)
        found[code] = Goods(code, verdict.on("category"), rules, fits, tuple(entries), len(asked) <= MOST)
    return found


def _models(entries: list[catalog.Entry]) -> Iterator[tuple[catalog.Entry, str]]:
    return ((entry, model) for entry in entries if entry.number for model in entry.models)


def _qualifying(asked: list[tuple[catalog.Entry, str]], code: str, on: date) -> tuple[catalog.Entry, ...]:
    questions = [Question(entry.number or "", model, on, category=code) for entry, model in asked]
    pairs = zip(asked, verdicts(questions), strict=True)
    fits = {entry.id: entry for (entry, _model), each in pairs if each.overall in QUALIFIES}
    return tuple(fits.values())


def in_policy(on: date) -> dict[str, str]:
    """The codes that a policy is for on a day, each with its name."""
    return {each.category_code: each.category_name for each in queries.policies_in_force(on)}
