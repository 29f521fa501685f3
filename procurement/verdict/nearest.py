"""What somebody may have meant by the number of a certificate that nobody holds."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from catalog import queries as catalog
from catalog.search.text import squash
from certification.certificate.queries import lives
from procurement.verdict.dated import Meant, Question
from procurement.verdict.judging import MEANT

DIGITS = "0123456789"


def meant(asked: Collection[Question], known: Collection[str]) -> dict[Question, Meant]:
    """Of each question whose number is not among the `known`: numbers that differ from it by one digit, or by
    two that changed places, and the certificates that cover its model."""
    unknown = [each for each in asked if each.number not in known]
    if not unknown:
        return {}
    numbers = lives.numbers()
    holding = catalog.numbers_by_model({code for each in unknown if (code := squash(each.model))})
    return {
        each: Meant(
            tuple(sorted({number for number in slips(each.number) if number in numbers})[:MEANT]),
            tuple(holding.get(squash(each.model), [])[-MEANT:]),
        )
        for each in unknown
    }


def slips(number: str) -> Iterator[str]:
    """As somebody copies it who errs in one place."""
    for place, sign in enumerate(number):
        if sign in DIGITS:
            yield from (number[:place] + digit + number[place + 1 :] for digit in DIGITS if digit != sign)
    for place, (one, other) in enumerate(pairwise(number)):
        if one in DIGITS and other in DIGITS and one != other:
            yield number[:place] + other + one + number[place + 2 :]
