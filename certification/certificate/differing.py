"""In words, where a text differs from the one of a certificate."""

from certification.certificate.likeness import Near
from core.i18n import _

TOLD = 3  # more differences are no slip


def differences(near: Near) -> str:
    """Sign by sign; "" where there are too many to be a slip."""
    changes = near.changes
    return _("；").join(_change(*each) for each in changes) if len(changes) <= TOLD else ""


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
