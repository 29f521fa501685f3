"""When two texts are the same for whoever compares a product with its certificate, and how one that is not
comes near.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from certification.certificate.statement import bare
from core.i18n import _

# Read for one another on paper, and never the same model.
TAKEN_FOR = str.maketrans("OQILZSB", "0011258")
TOLD = 3  # differences in words; more are no slip
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

    @property
    def said(self) -> str:
        """The differences in words; "" where there are too many to be a slip."""
        changes = self.changes
        return _("；").join(_change(*each) for each in changes) if len(changes) <= TOLD else ""


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


def _change(place: int, asked: str, own: str) -> str:
    if not own:
        return _("第 %(place)s 位多出 %(asked)s", place=place, asked=_sign(asked, own))
    if not asked:
        return _("第 %(place)s 位前少了 %(own)s", place=place, own=_sign(own, asked))
    return _(
        "第 %(place)s 位写的是 %(asked)s，证书上是 %(own)s",
        place=place, asked=_sign(asked, own), own=_sign(own, asked),
    )  # fmt: skip


def _sign(text: str, other: str) -> str:
    """With its kind where the other, or nothing, is of another: a letter O beside a figure 0."""
    if len(text) != 1 or not text.isascii() or (other and other.isdigit() == text.isdigit()):
        return text
    if text.isdigit():
        return _("数字 %(sign)s", sign=text)
    return _("字母 %(sign)s", sign=text) if text.isalpha() else text
