"""How a body numbers its certificates: parts joined by hyphens, each a word or a place to be filled.  Pure.

    TB-{region}-{body}-{year}-{serial:5}   becomes   TB-32-01-2026-00001

The series starts anew each year, so a pattern has a year and a serial number.
"""

import re

from core.errors import Invalid

HOUSE = "{series}-{region}-{body}-{year}-{serial:5}"
RESERVED = ("LCP", "CFP", "BEL")  # the first part of numbers by the pattern of the house
WORD = re.compile(r"[A-Z0-9]{1,12}")
SERIAL = re.compile(r"\{serial:([4-8])\}")
PLACES = ("{region}", "{body}", "{year}")
LONGEST = 60


def check(pattern: str) -> str:
    """The pattern, when numbers can be made by it; raise Invalid by what is wrong with it."""
    parts = pattern.split("-")
    for part in parts:
        if not (WORD.fullmatch(part) or SERIAL.fullmatch(part) or part in PLACES):
            raise Invalid("number-pattern-unreadable", part=part[:40])
    if len(pattern) > LONGEST or any(parts.count(place) > 1 for place in PLACES):
        raise Invalid("number-pattern-unreadable", part=pattern[:40])
    if sum(bool(SERIAL.fullmatch(part)) for part in parts) != 1:
        raise Invalid("number-pattern-no-serial")
    if "{year}" not in parts:
        raise Invalid("number-pattern-no-year")
    if parts[0] in RESERVED:
        raise Invalid("number-pattern-reserved", part=parts[0])
    return pattern


def filled(pattern: str, region: str, body: int, year: int, serial: int) -> str:
    """The number of this serial."""
    said = {"{region}": region, "{body}": f"{body:02d}", "{year}": str(year)}
    made = []
    for part in pattern.split("-"):
        counted = SERIAL.fullmatch(part)
        made.append(f"{serial:0{counted[1]}d}" if counted else said.get(part, part))
    return "-".join(made)


def family(pattern: str, region: str, body: int) -> str:
    """What all numbers by it have in common: where two bodies agree in it, a number is given twice."""
    said = {"{region}": region, "{body}": f"{body:02d}"}
    return "-".join("#" if SERIAL.fullmatch(part) else said.get(part, part) for part in pattern.split("-"))
