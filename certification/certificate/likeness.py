"""When two texts are the same for whoever compares a product with its certificate, and how one that is not
comes near.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from certification.certificate.statement import bare

# Read for one another on paper, and never the same model.
TAKEN_FOR = str.maketrans("OQILZSB", "0011258")
NEAREST = 3  # how many that come near are named
NEAR = 0.75  # of two codes; below that nobody mistook one for the other


@dataclass(frozen=True)
class Near:
    """A text that comes near, with the places (start, end) where it, and what was asked for, differ."""

    text: str
    asked: str
    here: tuple[tuple[int, int], ...]
    there: tuple[tuple[int, int], ...]

    @property
    def changes(self) -> list[tuple[int, str, str]]:
        """Place in what was asked for, counted from 1, the signs there, and those of the text in their stead;
        either may be empty."""
        return [
            (start + 1, self.asked[start:end], self.text[first:last])
            for kind, start, end, first, last in _compared(self.asked, self.text)
            if kind != "equal"
        ]


def same(one: str, other: str) -> bool:
    """Codes, configurations and names alike: a bracket of the other width makes no other enterprise."""
    return bare(one) == bare(other)


def near(asked: str, known: Iterable[str]) -> list[Near]:
    """Those of `known` that somebody may have meant, the nearest first."""
    rated = [(_likeness(asked, text), text) for text in known]
    return [between(asked, text) for rate, text in sorted(rated, key=lambda each: -each[0]) if rate >= NEAR]


def _likeness(one: str, other: str) -> float:
    first, second = (bare(text).translate(TAKEN_FOR) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def between(asked: str, text: str) -> Near:
    """The places where they differ, whatever their likeness."""
    different = [change[1:] for change in _compared(asked, text) if change[0] != "equal"]
    return Near(
        text,
        asked,
        tuple((start, end) for _a, _b, start, end in different if start < end),
        tuple((start, end) for start, end, _c, _d in different if start < end),
    )


def _compared(asked: str, text: str) -> list[tuple[str, int, int, int, int]]:
    """The case of letters makes no difference; signs whose upper case is longer stay as they are."""
    one, other = (each.upper() if len(each.upper()) == len(each) else each for each in (asked, text))
    return list(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
