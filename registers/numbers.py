"""Who may certify and test: what a number of the registers must look like.  Pure."""

import re
from typing import NamedTuple

from core.errors import Invalid

# 资质认定 (CMA) certificate numbers, as two agreeing sources print their structure: year of issue,
# issuing authority (00 the national one, 01-31 the provinces, 10 Jiangsu), field, line department, serial.
CMA = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{4})")
LAST_AUTHORITY = 31
LAST_FIELD = 21
CMA_YEARS = 6  # a CMA approval is given for six years
# CNAS numbers as printed: bodies C###-X, laboratories L#####, inspection bodies IB####.
CNAS = re.compile(r"CNAS ?([A-Z]{1,2}[0-9]{3,5}(?:-[A-Z])?)")


class CmaNumber(NamedTuple):
    """The parts of a CMA number; `year` has two digits, as printed."""

    year: str
    authority: str
    field: str
    department: str
    serial: str


def check_cma(number: str) -> CmaNumber:
    """The parts of a CMA number; raise Invalid when it cannot be one."""
    match = CMA.fullmatch(number.strip())
    if match is None:
        raise Invalid("cma-number-malformed", number=number)
    parts = CmaNumber(*match.groups())
    if int(parts.authority) > LAST_AUTHORITY:
        raise Invalid("cma-authority-unknown", digits=parts.authority)
    if int(parts.field) > LAST_FIELD:
        raise Invalid("cma-field-unknown", digits=parts.field)
    if parts.serial == "0000":  # serials begin with 0001
        raise Invalid("cma-number-malformed", number=number)
    return parts


def check_cnas(number: str) -> str:
    """A CNAS accreditation number as it is printed; raise Invalid when it cannot be one."""
    match = CNAS.fullmatch(number.strip().upper())
    if match is None:
        raise Invalid("cnas-number-malformed", number=number)
    return f"CNAS {match[1]}"
