"""What a certificate says, canonically.  Pure.

A statement has two parts: what everybody may read and the issuing body signs, and the `annex`,
the full carbon inventory, which only the parties may read.  The public part names the annex by
its SHA-256 digest, so one signature binds both, and anybody can check it without the annex.
Numbers are written as text, digit for digit; an item that is absent is an empty string or list.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from carbon.footprint import STAGES
from carbon.footprint.apart import THEREOF
from carbon.footprint.gases import APART
from core.canonical import canonical, plain

Said = dict[str, Any]  # JSON, whose shape is that of the parts below
Read = Mapping[str, Any]  # the same, only read

# The first had no `edition`, the second no `begins_on`, the third no `exact` value beside a rounded one, the
# fourth nothing that is told `apart`, the fifth no `interval`, the sixth nothing that is `stated`; what was
# signed then stays as it is.
FORMAT = "tanbiao/certificate/7"
# How a text begins, what follows its annex, and at how many places that is looked for.
OPENING, FOLLOWING, LOOKED_AT = b'{"annex":', b',"basis":{', 8
LARGEST = 3  # how many sources the public part names

# The twelve items of 279号 art. 24 in its order (certification-rules 1.3); the last one with the
# address and telephone of 168号 art. 25.
ITEMS = {
    "client": ("client.name", "client.address"),
    "manufacturer": ("manufacturer.name", "manufacturer.address"),
    "factory": ("factory.name", "factory.address"),
    "product": ("product.name", "product.models"),
    "basis": ("basis.rule", "basis.number", "basis.version"),
    "mode": ("mode.name",),
    "conclusion": ("conclusion",),
    "validity": ("issued_on", "valid_to"),
    "body": ("body.name", "body.uscc"),
    "number": ("number",),
    "inventory": ("inventory.total", "inventory.unit", "inventory.stages", "annex.rows"),
    "query": ("query.address", "query.telephone"),
}

PARTS = (
    "number", "check", "code", "family", "demo", "client", "manufacturer", "factory", "product", "basis",
    "mode", "conclusion", "issued_on", "begins_on", "valid_to", "edition", "body", "decision", "evaluation",
    "query", "stated",
)  # fmt: skip


# What is public of an inventory beside its largest sources; the output of a factory is not.
FRAME = (
    "total", "unit", "interval", "stages", "apart", "thereof", "boundary", "declared_unit", "period_from",
    "period_to", "gwp",
)  # fmt: skip


def compose(footprint: Mapping[str, object], **parts: object) -> Said:
    """The statement made of its PARTS and of the footprint that was decided upon.

    `footprint` holds the FRAME (stages maps a stage to kgCO2e per declared unit) and rows, each
    with stage, name and emission; what else it holds goes into the annex as it is.
    """
    if parts.keys() != set(PARTS):
        raise ValueError(f"a statement has the parts {sorted(set(PARTS) ^ parts.keys())} too many or too few")
    annex = plain(footprint)
    statement: Said = {"format": FORMAT, **plain(parts)}
    statement["inventory"] = _summary(annex) | {"digest": _digest(annex)}
    return statement | {"annex": annex}


def _summary(annex: Said) -> Said:
    """The frame, how many sources there are, and the largest of them by name."""
    rows = sorted(annex["rows"], key=lambda row: abs(Decimal(row["emission"])), reverse=True)
    largest = [{name: row[name] for name in ("stage", "name", "emission")} for row in rows[:LARGEST]]
    return {name: annex[name] for name in FRAME} | {"sources": len(rows), "largest": largest}


@lru_cache(maxsize=16_384)
def bare(code: str) -> str:
    """A model as it is compared: width, case, punctuation and blanks do not matter, letters and digits do."""
    return "".join(sign for sign in normalize("NFKC", code).upper() if sign.isalnum())


def begins_on(statement: Read) -> str:
    """The first day; what was signed before it was named began on its day of issue."""
    day: str = statement.get("begins_on") or statement["issued_on"]
    return day


def public_view(statement: Read) -> Said:
    """What everybody may read: all but the annex, which stays bound by its digest."""
    return {name: value for name, value in statement.items() if name != "annex"}


def signed_bytes(statement: Read) -> bytes:
    """What the issuing body signs, and what the digest is taken of."""
    return canonical(public_view(statement))


def digest(statement: Read) -> str:
    """The SHA-256 that is printed on the certificate."""
    return digest_of(signed_bytes(statement))


def digest_of(spelt: bytes) -> str:
    return hashlib.sha256(spelt).hexdigest()


def annex_intact(statement: Read) -> bool:
    """Whether the annex is the one the public part was signed with."""
    digest: str = statement["inventory"]["digest"]
    return digest == _digest(statement["annex"])


def parts(text: str, digest: str) -> tuple[bytes, bytes] | None:
    """The annex and the public part of a statement as they lie in the text that is kept of it, sign for sign:
    the public part is what `digest` was taken of.

    None where none is found: of a text that was spelt otherwise, or whose public part was changed."""
    kept, at = text.encode(), len(OPENING)
    if not kept.startswith(OPENING):
        return None
    for _place in range(LOOKED_AT):
        at = kept.find(FOLLOWING, at)
        if at < 0:
            return None
        public = b"{" + kept[at + 1 :]
        if digest_of(public) == digest:
            return kept[len(OPENING) : at], public
        at += 1
    return None


def _digest(value: Read) -> str:
    return digest_of(canonical(value))


def missing(statement: Read) -> list[str]:
    """The items that are absent or empty, by name; a certificate is not issued while there are any."""
    return [item for item, paths in ITEMS.items() if not all(_at(statement, path) for path in paths)]


def _at(statement: Read, path: str) -> object:
    value: object = statement
    for name in path.split("."):
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return value.strip() if isinstance(value, str) else value


def stages(statement: Read) -> list[tuple[str, Decimal]]:
    """(slug, kgCO2e per declared unit) of the stages in their fixed order, which JSON does not keep."""
    totals = statement["inventory"]["stages"]
    return [(stage, Decimal(totals[stage])) for stage in STAGES if stage in totals]


def apart(statement: Read) -> list[tuple[str, Decimal]]:
    """(slug, kgCO2e per declared unit) of what is told apart, in order; nothing where all is fossil."""
    origins, thereof = (statement["inventory"].get(name) or {} for name in ("apart", "thereof"))
    if not thereof and set(origins) <= {"fossil"}:
        return []
    told, order = origins | thereof, (*APART, *THEREOF)
    return [(part, Decimal(told[part])) for part in order if part in told]


def stated(statement: Read) -> Said:
    """The grade and the parameters; nothing in what was signed before a rule could ask for them."""
    found: Said = statement.get("stated") or {"grade": {}, "product": [], "models": []}
    return found


def shown_at(facts: list[Said], place: str) -> list[Said]:
    """Those that the rule shows there: certificate, label, public or filter."""
    return [fact for fact in facts if place in fact["shown"]]


def exact(text: str) -> Decimal | None:
    """A number of a statement; None for one that is absent."""
    return Decimal(text) if text else None


def texts(statement: object) -> set[str]:
    """Every text in it, wherever it stands."""
    match statement:
        case Mapping():
            return {text for value in statement.values() for text in texts(value)}
        case list() | tuple():
            return {text for value in statement for text in texts(value)}
        case str():
            return {statement}
    return set()


def grouped(code: str) -> str:
    """A verification code as it is printed: 4-4-4."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


def check_character(number: str) -> str:
    """ISO 7064 MOD 37-2 over the letters and digits of a number: ours, no national rule knows it."""
    weighed = 0
    for letter in number.upper():
        if letter in CHECKED[:36]:
            weighed = (weighed + CHECKED.index(letter)) * 2 % 37
    return CHECKED[(1 - weighed) % 37]
