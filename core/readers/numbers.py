"""Numbers as people type them, digit for digit.

A comma or a blank parts groups of three digits, behind a first group that does not begin with 0.
Every other comma could as well be a decimal point, so it is refused and never dropped; so is all else
that can be read in two ways.  A multiplier behind the number, such as 1.2万, is read.
"""

import re
from decimal import Decimal

from core.errors import Invalid
from core.readers.texts import UNSEEN
from core.readers.widths import half

# A large cement works makes some 10^10 kg a year, and no meter shows a billionth of a milligram: a number
# beyond these bounds, in whatever unit is offered, is a slip of the keyboard.
LARGEST, SMALLEST = Decimal(10) ** 12, Decimal(10) ** -12
LONGEST = 40  # characters, signs and commas included
LARGEST_WHOLE = 2**31 - 1  # what an integer column of PostgreSQL holds

TIMES = {"千": 3, "万": 4, "百万": 6, "亿": 8}  # powers of ten
MULTIPLIED = re.compile(r"(.+?) ?(千|万|百万|亿)")
# 10² could be 100 or 102, 1_2 could be 12 or 1.2, 12 34 could be one number or two.
TWO_WAYS = re.compile(r"[0-9.]+([⁰¹²³⁴⁵⁶⁷⁸⁹]+|[_ ][0-9_ ]*)[0-9.]*")

PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,9})?")
GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(\.[0-9]+)?")
SPELT_ALIKE = str.maketrans({"−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "})


def number(value: object, most: Decimal = LARGEST) -> Decimal | None:
    """A decimal number whose size is below `most`, None when nothing was typed.

    Raises `number-comma`, `number-two-ways`, `number-unreadable` or `quantity-absurd`.
    """
    read = _decimal(value)
    if read is None:
        return None
    if not read.is_finite():
        raise Invalid("number-unreadable")
    if read and not SMALLEST <= read.copy_abs() < most:  # abs() overflows
        raise Invalid("quantity-absurd")
    return read


def whole(value: object, least: int = 0, most: int = LARGEST_WHOLE) -> int | None:
    """A whole number; raises `number-not-whole` or `number-out-of-range` beside the slugs of `number`."""
    read = number(value)
    if read is None:
        return None
    if read != read.to_integral_value():
        raise Invalid("number-not-whole")
    if not least <= read <= most:
        raise Invalid("number-out-of-range")
    return int(read)


def _decimal(value: object) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Invalid("number-unreadable")
    written = str(value).strip()
    if not written.isascii():
        written = half(UNSEEN.sub("", written)).translate(SPELT_ALIKE).strip()
    if not written:
        return None
    if len(written) > LONGEST:
        raise Invalid("number-unreadable")
    found = MULTIPLIED.fullmatch(written)
    digits, power = (found[1], TIMES[found[2]]) if found else (written, 0)
    if GROUPED.fullmatch(digits):
        digits = re.sub("[, ]", "", digits)
    if not PLAIN.fullmatch(digits):
        raise Invalid(_why(digits))
    read = Decimal(digits).scaleb(power) if power else Decimal(digits)
    return read or read.copy_abs()  # there is one zero


def _why(digits: str) -> str:
    if "," in digits:
        return "number-comma"
    return "number-two-ways" if TWO_WAYS.fullmatch(digits) else "number-unreadable"
