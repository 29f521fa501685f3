"""A row of the inventory in the cells of its sheet: the first, or that of its kind."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from carbon import records
from carbon.operations import reading
from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.exchange.layouts import FIRST

FILES_OF_MONTH = re.compile(r"months-\d+-evidence")
BETWEEN = "；"  # the names of several files in one cell
BESIDE = tuple(each.name for each in records.BESIDE)
PLAIN = ("stage", *(name for name in reading.READERS if name not in ("key", "evidence_digest")))


def texts_of(row: Mapping[str, Any]) -> dict[str, str]:  # what stands, a mapping of many types
    """By column; `kind` says on which sheet, unless it is the first.  Months tell the amount they come to."""
    plain = {slug: text_of(row[slug]) for slug in PLAIN}
    if row["stated"].get("months"):
        plain["quantity"] = ""
    beside = records.boxes(records.ACTIVITY, row["stated"])
    if row["kind"] == records.ACTIVITY:
        return plain | beside
    own = {name: kept for name, kept in row["stated"].items() if name not in BESIDE}
    first = {name: records.bare(name, kept) for name, kept in own.items()}
    if row["kind"] == "fuel" and _fits_first(own, row["unit"], first):
        return plain | first | beside
    return plain | records.boxes(row["kind"], row["stated"]) | {"kind": row["kind"]}


def sheet_of(row: Mapping[str, Any]) -> str:  # likewise
    """The sheet that holds it."""
    return texts_of(row).get("kind", FIRST)


def _fits_first(own: Mapping[str, object], unit: str, texts: Mapping[str, str]) -> bool:
    """Whether the columns of the first sheet say all of it, and say it so that it is read as it stands."""
    faults: dict[str, str] = {}
    every = bool(texts) and set(texts) <= set(INVENTORY.slugs)
    return every and records.read("fuel", texts, unit, faults) == own


def text_of(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def named(texts: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """With the names of the files that prove its months; `called` are these by their digests."""
    return {
        slug: BETWEEN.join(called[digest] for digest in text.split() if digest in called)
        if FILES_OF_MONTH.fullmatch(slug)
        else text
        for slug, text in texts.items()
    }


def linked(text: str, files: Mapping[str, str]) -> str:
    """The other way; what names no file of the case stays as it is, to be refused where it is read."""
    if text in files:
        return files[text]
    names = [name.strip() for name in re.split("[；;\n]", text)]
    return " ".join(files.get(name, name) for name in names if name)
