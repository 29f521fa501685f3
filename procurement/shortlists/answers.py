"""What a line is answered, and what the catalogue tells of it, as plain values in their one spelling."""

from collections.abc import Mapping, Sequence
from datetime import date

from catalog import queries as catalog
from core.canonical import Plain, canonical, plain
from procurement.bids import annex
from procurement.verdict import queries as verdicts
from procurement.verdict.dated import Question
from procurement.verdict.judging import Verdict

TOLD = ("name", "carbon", "carbon_unit", "boundary", "limit", "valid_to", "demo")


def questions(lines: Sequence[Mapping[str, str]], on: date) -> list[Question]:
    return [Question(on=on, **{"number": "", "model": "", **line}) for line in lines]


def asked(of: Sequence[Question]) -> tuple[list[Verdict], list[str]]:
    """The verdicts, and each with what the catalogue tells, spelt."""
    version, found = verdicts.data_version(), verdicts.verdicts(of)
    products = catalog.by_number({each.number for each in found if each.number})
    return found, [_spelt(each, version, products.get(each.number)) for each in found]


def _spelt(found: Verdict, version: int, product: catalog.Entry | None) -> str:
    told: dict[str, Plain] = plain({name: getattr(product, name) for name in TOLD} if product else {})
    return canonical(annex.answer(found) | {"data_version": version, "product": told}).decode()


def has_fallen(then: Plain, now: Verdict) -> bool:
    """What was chosen is no longer worth it: its certificate, its model, or the yes it was given."""
    return now.stands == "fallen" or (then["overall"] == "buyable" and now.overall != "buyable")
