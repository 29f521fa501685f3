"""The shape of the activity grid: its rows as they were typed.

Two hundred rows of a dozen boxes would be thousands of WTForms fields, so a row is a plain mapping
of strings; what the strings mean is carbon's to read.  A box is named `rows-<number>-<column>`, and
the rows stand in the order in which their stages were sent.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from carbon import records
from carbon.queries import quantity_name
from core.errors import Invalid
from core.i18n import _l
from core.readers import ids
from core.words import sentence

if TYPE_CHECKING:
    from carbon.queries import ActivityRow, Inventory

HEAD = ("output_amount", "output_unit", "period_from", "period_to", "gwp")
UNTYPED = ("stage", "key", "kind")  # of a row: nobody types them
PLAIN = ("stage", "key", "name", "quantity", "unit", "evidence", "evidence_digest", "quality")
# An activity has its factor from the library or from a supplier; any other record is chosen by its kind.
SOURCES = {"library": ("factor_code",), "own": ("own_value", "own_unit", "own_source")}
FACTOR_COLUMNS = tuple(column for columns in SOURCES.values() for column in columns)
RECORDS = tuple(kind for kind in records.KINDS if kind != records.ACTIVITY)
KINDS = (*SOURCES, *RECORDS)
BESIDE = tuple(each.name for each in records.BESIDE)  # what a row of any kind may have besides
DRAWN = ("site", "meter", "months")
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
    "evidence": _l("来源与证据"),
    "quality": _l("质量"),
}
ROW = re.compile(r"rows-(\d+)-stage")
IN_ROW = re.compile(r"rows-(\d+)-?(.*)")
OF_MONTH = re.compile(r"(months-\d+)-(?:month|evidence)")


class InventoryForm:
    """What stands in the page: `head` and `rows` of strings, and `errors` as sentences by field."""

    def __init__(self, version: int | None, head: dict[str, str], rows: list[dict[str, str]]) -> None:
        self.version, self.head, self.rows = version, head, rows
        self.errors: dict[str, str] = {}
        self.numbers: list[str] = []  # what the page called the rows, in the order in which they came
        self.opened: dict[str, str] | None = None  # the row whose empty ledger was asked for
        self.opened_spread: dict[str, str] | None = None  # likewise, whose spread

    @classmethod
    def of_inventory(cls, inventory: "Inventory") -> "InventoryForm":
        head = {name: _text(getattr(inventory, name)) for name in HEAD}
        return cls(inventory.version, head, [_stored(row) for row in inventory.rows])

    @classmethod
    def of_request(cls, sent: Mapping[str, str]) -> "InventoryForm":
        version = ids.number(sent.get("version"))
        head = {name: sent.get(name, "").strip() for name in HEAD}
        numbers = [found[1] for name in sent if (found := ROW.fullmatch(name))]
        form = cls(version, head, [_sent(sent, n) for n in numbers])
        form.numbers = numbers
        return form

    def add(self, stage: str) -> None:
        """An empty row, after the last of its stage."""
        self.rows.append(dict.fromkeys(PLAIN + FACTOR_COLUMNS, "") | {"stage": stage, "kind": "library"})

    def remove(self, place: str) -> None:
        number = ids.number(place)
        if number is not None and number < len(self.rows):
            del self.rows[number]

    def open_ledger(self, number: str) -> None:
        self.opened = self._called(number)

    def open_spread(self, number: str) -> None:
        self.opened_spread = self._called(number)

    def _called(self, number: str) -> dict[str, str] | None:
        return dict(zip(self.numbers, self.rows, strict=False)).get(number)

    def draw(self, number: str, unit: str, stated: Mapping[str, object]) -> None:
        """Let the ledger of a row begin with what another has; what the period does not share stays empty."""
        self.open_ledger(number)
        if self.opened is None:
            return
        for box in [box for box in self.opened if box.partition("-")[0] in DRAWN]:
            del self.opened[box]
        self.opened |= _beside_kind(records.boxes(records.ACTIVITY, stated)) | {"quantity": ""}
        self.opened["unit"] = self.opened["unit"] or unit

    def drop_blank(self) -> None:
        self.rows = [row for row in self.rows if not is_blank(row)]

    def in_order(self, stages: tuple[str, ...]) -> None:
        """By stage, as the page shows them, so that the number of a row is its place on the page."""
        place = {stage: number for number, stage in enumerate(stages)}
        self.rows.sort(key=lambda row: place.get(row["stage"], len(place)))

    def facts(self) -> dict[str, str | None]:
        """The head, for carbon: an empty box takes away what stood there."""
        emptied = {"output_unit": ""}
        return {name: value or emptied.get(name) for name, value in self.head.items()}

    def activity(self, digests: Mapping[str, str]) -> list[dict[str, object]]:
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
        label = LABELS.get(column) or quantity_name(column)
        return f"{name}，{label}" if label else name


def _anchor(field: str) -> str:
    """The boxes of a factor may lie in a dialog: an error in them leads to its row."""
    inside = IN_ROW.fullmatch(field)
    if inside and inside[2] and inside[2] not in PLAIN:
        return f"rows-{inside[1]}"
    return field


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was typed; a unit that is chosen from the beginning was not."""
    return not any(value for column, value in row.items() if not _chosen(column))


def _chosen(column: str) -> bool:
    return column in UNTYPED or column.endswith("-unit")


def _sent(sent: Mapping[str, str], number: str) -> dict[str, str]:
    prefix = f"rows-{number}-"
    row = {column: sent.get(prefix + column, "").strip() for column in PLAIN + FACTOR_COLUMNS}
    kind = sent.get(f"{prefix}kind", "")
    kind = kind if kind in KINDS else "library"
    of_row = {name.removeprefix(prefix): value for name, value in sent.items() if name.startswith(prefix)}
    return row | _typed(kind, of_row) | {"kind": kind}


def _typed(kind: str, sent: Mapping[str, str]) -> dict[str, str]:
    """The boxes of a kind's own quantities, and of what any kind may have; those of another kind were
    left behind by a change of mind."""
    names = {each.name for each in records.KINDS[kind].fields} if kind in RECORDS else set()
    own = {box: value.strip() for box, value in sent.items() if box.partition("-")[0] in names}
    return own | _beside_kind(sent)


def _beside_kind(boxes: Mapping[str, str]) -> dict[str, str]:
    """What says something: a unit chosen from the beginning, or a month without an amount, does not."""
    found = {box: value.strip() for box, value in boxes.items() if box.partition("-")[0] in BESIDE}
    return {box: value for box, value in found.items() if value and found.get(_beside(box), value)}


def _beside(box: str) -> str:
    """The box that gives this one its meaning."""
    of_month = OF_MONTH.fullmatch(box)
    return f"{of_month[1]}-amount" if of_month else box.removesuffix("-unit")


def _stored(row: "ActivityRow") -> dict[str, str]:
    values = {column: _text(getattr(row, column)) for column in PLAIN + FACTOR_COLUMNS}
    boxes = records.boxes(row.kind, row.stated)
    if row.kind in RECORDS:
        own = {box: value for box, value in boxes.items() if box.partition("-")[0] not in BESIDE}
        return values | own | _beside_kind(boxes) | {"kind": row.kind}
    return values | _beside_kind(boxes) | {"kind": "own" if values["own_value"] else "library"}


def _activity(row: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, object]:
    stated = records.of_boxes(row["kind"] if row["kind"] in RECORDS else records.ACTIVITY, row)
    kind, proofs = row["kind"], f"{row['evidence_digest']} {digests.get(row['evidence'], '')}".strip()
    given: dict[str, object] = {**{column: row[column] for column in PLAIN}, "evidence_digest": proofs}
    given |= stated
    if "months" in stated:
        given["quantity"] = ""  # it is their sum, whatever stood there
    if kind in SOURCES:
        return given | {column: row[column] for column in SOURCES[kind]} | {"kind": records.ACTIVITY}
    factor = FACTOR_COLUMNS if records.KINDS[kind].factor else ()
    return given | {column: row[column] for column in factor} | {"kind": kind}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
