"""GB/T 8170: once, of the exact value, and a half to the even digit."""

from decimal import Context, Decimal
from fractions import Fraction

WIDE = Context(prec=300)  # no digit of what was rounded is lost to the context of the caller


def rounded(value: Decimal | Fraction, digits: int) -> Decimal:
    """With exactly so many digits after the point: 10.805 to two is 10.80."""
    return Decimal(round(Fraction(value) * 10**digits)).scaleb(-digits, WIDE)
