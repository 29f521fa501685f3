"""统一社会信用代码, the number of every organisation: GB 32100-2015.  Pure.

One character of the registering authority, one of the kind of body, six digits of
region (GB/T 2260), nine of the organisation code (GB 11714), one check character.
"""

from core.errors import Invalid
from core.readers import at, codes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z are left out
WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
LENGTH = 18

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check(code: str, field: str = "uscc") -> str:
    """Return the normalised code, or raise Invalid for `field` with the first fault found."""
    code = at(field, codes.letters, code)
    if len(code) != LENGTH:
        raise _invalid("uscc-length", field, length=len(code))
    for position, letter in enumerate(code, start=1):
        if letter not in ALPHABET:
            raise _invalid("uscc-letter", field, letter=letter, position=position)
    if not code[2:8].isdigit():
        raise _invalid("uscc-region", field, region=code[2:8])
    if code[17] != check_character(code[:17]):
        raise _invalid("uscc-check-digit", field)
    return code


def check_character(seventeen: str) -> str:
    total = sum(ALPHABET.index(letter) * weight for letter, weight in zip(seventeen, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def synthetic(n: int) -> str:
    """The nth code that passes every check and can belong to nobody: there is no region 000000."""
    if not 0 < n < 10**8:
        raise ValueError("synthetic codes are numbered from 1 to 99999999")
    serial = f"{n:08d}"
    seventeen = f"91000000{serial}{_organisation_check(serial)}"
    return seventeen + check_character(seventeen)


def _organisation_check(eight_digits: str) -> str:
    total = sum(int(d) * weight for d, weight in zip(eight_digits, _ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def _invalid(slug: str, field: str, **detail: object) -> Invalid:
    return Invalid(slug, fields={field: slug}, **detail)
