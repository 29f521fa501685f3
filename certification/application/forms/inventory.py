"""The shape of the activity grid: its rows as they were typed.

Two hundred rows of a dozen boxes would be thousands of WTForms fields, so a row is a plain mapping
of strings; what the strings mean is carbon's to read.  A box is named `rows-<number>-<column>`, and
the rows stand in the order in which their stages were sent.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from core.errors import Invalid
from core.i18n import _l
from core.readers import ids
from core.words import sentence

HEAD = ("output_amount", "output_unit", "period_from", "period_to", "gwp")
PLAIN = ("stage", "name", "quantity", "unit", "evidence", "evidence_digest", "quality")
# A row has its factor from the library, from a supplier, or from its own fuel analysis.
KINDS = {
    "library": ("factor_code",),
    "own": ("own_value", "own_unit", "own_source"),
    "fuel": ("ncv", "carbon_content", "oxidation"),
}
FACTOR_COLUMNS = tuple(column for columns in KINDS.values() for column in columns)
LABELS = {
    "output_amount": _l("产量"),
    "output_unit": _l("产量的单位"),
    "period_from": _l("统计期开始"),
    "period_to": _l("统计期结束"),
    "gwp": _l("增温潜势"),
    "stage": _l("阶段"),
    "name": _l("排放源"),
    "quantity": _l("活动量"),
    "unit": _l("单位"),
    "factor_code": _l("排放因子"),
    "own_value": _l("供应商声明的因子"),
    "own_unit": _l("因子的单位"),
    "own_source": _l("声明的来源"),
    "ncv": _l("低位发热量"),
    "carbon_content": _l("单位热值含碳量"),
    "oxidation": _l("碳氧化率"),
    "evidence": _l("来源与证据"),
    "quality": _l("质量"),
}
ROW = re.compile(r"rows-(\d+)-stage")
IN_ROW = re.compile(r"rows-(\d+)-?(.*)")


class InventoryForm:
    """What stands in the page: `head` and `rows` of strings, and `errors` as sentences by field."""

    def __init__(self, version: int | None, head: dict[str, str], rows: list[dict[str, str]]):
        self.version, self.head, self.rows = version, head, rows
        self.errors: dict[str, str] = {}

    @classmethod
    def of_inventory(cls, inventory) -> "InventoryForm":
        head = {name: _text(getattr(inventory, name)) for name in HEAD}
        return cls(inventory.version, head, [_stored(row) for row in inventory.rows])

    @classmethod
    def of_request(cls, sent: Mapping[str, str]) -> "InventoryForm":
        version = ids.number(sent.get("version"))
        head = {name: sent.get(name, "").strip() for name in HEAD}
        numbers = [found[1] for name in sent if (found := ROW.fullmatch(name))]
        return cls(version, head, [_sent(sent, n) for n in numbers])

    def add(self, stage: str) -> None:
        """An empty row, after the last of its stage."""
        self.rows.append(dict.fromkeys(PLAIN + FACTOR_COLUMNS, "") | {"stage": stage, "kind": "library"})

    def remove(self, place: str) -> None:
        number = ids.number(place)
        if number is not None and number < len(self.rows):
            del self.rows[number]

    def drop_blank(self) -> None:
        self.rows = [row for row in self.rows if not is_blank(row)]

    def in_order(self, stages: tuple[str, ...]) -> None:
        """By stage, as the page shows them, so that the number of a row is its place on the page."""
        place = {stage: number for number, stage in enumerate(stages)}
        self.rows.sort(key=lambda row: place.get(row["stage"], len(place)))

    def facts(self) -> dict[str, str | None]:
        """The head, for carbon: an empty box takes away what stood there."""
        emptied = {"output_unit": "", "gwp": "AR6"}
        return {name: value or emptied.get(name) for name, value in self.head.items()}

    def activity(self, digests: Mapping[str, str]) -> list[dict[str, str]]:
        """The rows, for carbon; evidence that names a file of the case stands for that file."""
        return [_activity(row, digests) for row in self.rows]

    def blame(self, refused: Invalid) -> None:
        for field, slug in refused.fields.items():
            self.errors[field] = sentence(slug, refused.detail)
        if not refused.fields:
            self.errors[""] = sentence(refused.slug, refused.detail)

    def complaints(self) -> list[tuple[str, str, str]]:
        """(where on the page, which row and column, the sentence) of every error."""
        return [(_anchor(field), self._label(field), text) for field, text in self.errors.items()]

    def _label(self, field: str) -> str:
        found = IN_ROW.match(field)
        number, column = (ids.number(found[1]), found[2]) if found else (None, "")
        if number is None or number >= len(self.rows):
            return str(LABELS.get(field, ""))
        name = self.rows[number]["name"] or f"{number + 1}"
        return f"{name}，{LABELS.get(column, column)}" if column in LABELS else name


def _anchor(field: str) -> str:
    """The boxes of a factor may lie in a dialog: an error in them leads to its row."""
    row, _dash, column = field.rpartition("-")
    return row if column in FACTOR_COLUMNS else field


def is_blank(row: Mapping[str, str]) -> bool:
    return not any(row[column] for column in (*PLAIN[1:], *FACTOR_COLUMNS))


def _sent(sent: Mapping[str, str], number: str) -> dict[str, str]:
    row = {column: sent.get(f"rows-{number}-{column}", "").strip() for column in PLAIN + FACTOR_COLUMNS}
    kind = sent.get(f"rows-{number}-kind", "")
    return row | {"kind": kind if kind in KINDS else "library"}


def _stored(row) -> dict[str, str]:
    values = {column: _text(getattr(row, column)) for column in PLAIN + FACTOR_COLUMNS}
    kind = "own" if values["own_value"] else "fuel" if values["ncv"] else "library"
    return values | {"kind": kind}


def _activity(row: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, str]:
    columns = PLAIN + KINDS[row["kind"]]
    proofs = f"{row['evidence_digest']} {digests.get(row['evidence'], '')}".strip()
    return {column: row[column] for column in columns} | {"evidence_digest": proofs}


def _text(value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
