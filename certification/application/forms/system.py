"""The form of one process of a system: boxes as they were typed.

A box of an exchange is named `inputs-<number>-amount`; what is said of each product besides, so that a
joint process can be divided, stands in its row, and for the product the process is named for in the head.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from certification.application.queries.product_names import ProductNames
from core.errors import Invalid
from core.i18n import _l
from core.readers import ids
from core.words import sentence

Plain = Mapping[str, Any]  # JSON, as a process is stored
HEAD = ("title", "stage", "unit", "output", "allocation")
TYPED = "shares"  # chosen where the shares are typed
BASES = ("masses", "prices", "energies", TYPED)
PARTS = {
    "inputs": ("product", "amount", "unit"),
    "outputs": ("product", "amount", "unit", *BASES),
    "emissions": ("gas", "amount"),
}
LABELS = {
    "title": _l("名称"),
    "stage": _l("阶段"),
    "unit": _l("单位"),
    "output": _l("产出"),
    "allocation": _l("分配"),
    "product": _l("产品"),
    "amount": _l("数量"),
    "gas": _l("气体"),
    "masses": _l("每单位的质量"),
    "prices": _l("单价"),
    "energies": _l("每单位的能量"),
    "shares": _l("比例"),
}
ROW = re.compile(r"(inputs|outputs|emissions)-(\d+)-(\w+)")
Row = dict[str, str]


class ProcessForm:
    """`was` is the digest of what stood when the page was opened, `errors` are sentences by box."""

    def __init__(self, name: str, was: str, head: Row, parts: dict[str, list[Row]]) -> None:
        self.name, self.was, self.head, self.parts = name, was, head, parts
        self.errors: dict[str, str] = {}

    @classmethod
    def of_stored(cls, process: Plain, was: str, names: ProductNames) -> "ProcessForm":
        name, bases = process["name"], {basis: process.get(basis, {}) for basis in BASES}
        head = {
            "title": str(process.get("title") or name),
            "stage": process["stage"],
            "unit": process["unit"],
            "output": str(process.get("output", "1")),
            "allocation": process.get("allocation") or (TYPED if bases[TYPED] else ""),
            **_bases(bases, name),
        }
        inputs = [_exchange(product, value, names) for product, value in process.get("inputs", {}).items()]
        outputs = [
            _exchange(product, value, names) | _bases(bases, product)
            for product, value in process.get("outputs", {}).items()
        ]
        emissions = [
            {"gas": gas, "amount": str(amount)} for gas, amount in process.get("emissions", {}).items()
        ]
        return cls(name, was, head, {"inputs": inputs, "outputs": outputs, "emissions": emissions})

    @classmethod
    def of_request(cls, sent: Mapping[str, str]) -> "ProcessForm":
        head = {column: sent.get(column, "").strip() for column in (*HEAD, *BASES)}
        found: dict[str, dict[int, Row]] = {part: {} for part in PARTS}
        for box, value in sent.items():
            named = ROW.fullmatch(box)
            number = ids.number(named[2]) if named else None
            if named and number is not None and named[3] in PARTS[named[1]]:
                blank = dict.fromkeys(PARTS[named[1]], "")
                found[named[1]].setdefault(number, blank)[named[3]] = value.strip()
        parts = {part: [rows[number] for number in sorted(rows)] for part, rows in found.items()}
        return cls(sent.get("process", ""), sent.get("was", ""), head, parts)

    def add(self, part: str) -> None:
        if part in PARTS:
            self.parts[part].append(dict.fromkeys(PARTS[part], ""))

    def remove(self, box: str) -> None:
        part, _dash, place = box.partition("-")
        number = ids.number(place)
        if part in PARTS and number is not None and number < len(self.parts[part]):
            del self.parts[part][number]

    def as_sent(self, names: ProductNames) -> dict[str, Any]:  # JSON, as the API takes it
        """Raise Invalid, with the boxes, where a row does not say of what it is, or says it a second time."""
        self._drop_blank()
        rows = dict(self._keyed(names))
        process: dict[str, Any] = {  # JSON
            "name": self.name,
            **{name: self.head[name] for name in HEAD[:-1]},
        }
        for part in ("inputs", "outputs"):
            process[part] = {key: _stated(row, key in names.units) for key, row in rows[part].items()}
        process["emissions"] = {gas: row["amount"] for gas, row in rows["emissions"].items()}
        said = {self.name: self.head, **rows["outputs"]}
        for basis in BASES:
            if basis != TYPED or self.head["allocation"] == TYPED:
                process[basis] = {key: row[basis] for key, row in said.items() if row.get(basis)}
        if self.head["allocation"] not in ("", TYPED):
            process["allocation"] = self.head["allocation"]
        return {member: value for member, value in process.items() if value not in ("", {})}

    def _drop_blank(self) -> None:
        for part, rows in self.parts.items():
            self.parts[part] = [row for row in rows if any(row[box] for box in row if box != "unit")]

    def _keyed(self, names: ProductNames) -> Iterator[tuple[str, dict[str, Row]]]:
        faults = {} if self.head["title"] else {"title": "value-missing"}
        for part, rows in self.parts.items():
            named: dict[str, Row] = {}
            for number, row in enumerate(rows):
                of = PARTS[part][0]
                key = row[of] if part == "emissions" else names.name(row[of])
                if not key or key in named or (part == "outputs" and key == self.name):
                    faults[f"{part}-{number}-{of}"] = "system-exchange-twice" if key else "value-missing"
                named[key] = row
            yield part, named
        if faults:
            raise Invalid("system-process-invalid", faults)

    def blame(self, refused: Invalid, names: ProductNames, here: str = "") -> None:
        """`here` is the pointer of the process; each fault is said at the box of its member."""
        boxes = dict(self._pointers(names, here)) if here else {}
        for place, slug in refused.fields.items():
            box = next((boxes[p] for p in _upwards(place) if p in boxes), place)
            self.errors.setdefault(box, sentence(slug, refused.detail_of(place)))

    def _pointers(self, names: ProductNames, here: str) -> Iterator[tuple[str, str]]:
        yield here, ""
        yield from ((f"{here}/{name}", name) for name in (*HEAD, *BASES))
        yield from ((f"{here}/{basis}/{_escaped(self.name)}", basis) for basis in BASES)
        for part, rows in self.parts.items():
            for number, row in enumerate(rows):
                of, box = row[PARTS[part][0]], f"{part}-{number}"
                key = _escaped(of if part == "emissions" else names.name(of))
                yield f"{here}/{part}/{key}", f"{box}-amount"
                yield f"{here}/{part}/{key}/unit", f"{box}-unit"
                if part == "outputs":
                    yield from ((f"{here}/{basis}/{key}", f"{box}-{basis}") for basis in BASES)

    def complaints(self) -> list[tuple[str, str, str]]:
        """(where on the page, which box, the sentence) of every error."""
        return [(box, self._label(box), text) for box, text in self.errors.items()]

    def _label(self, box: str) -> str:
        found = ROW.fullmatch(box)
        if not found:
            return str(LABELS.get(box, self.head["title"]))
        number = ids.number(found[2]) or 0
        return f"{self.parts[found[1]][number][PARTS[found[1]][0]] or number + 1}，{LABELS[found[3]]}"


def _exchange(product: str, value: object, names: ProductNames) -> Row:
    if isinstance(value, Mapping):
        return {"product": names[product], "amount": str(value["amount"]), "unit": str(value["unit"])}
    return {"product": names[product], "amount": str(value), "unit": names.units.get(product, "")}


def _stated(row: Row, counted: bool) -> object:
    """An amount of a product that nobody states a unit for is a plain number; any other has its unit."""
    stated = {"amount": row["amount"], "unit": row["unit"]}
    return stated if row["unit"] or counted else row["amount"]


def _bases(bases: Mapping[str, Plain], product: str) -> Row:
    return {basis: str(stated.get(product, "")) for basis, stated in bases.items()}


def _upwards(pointer: str) -> Iterable[str]:
    """The pointer, and those of what it lies in."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _escaped(member: str) -> str:
    return member.replace("~", "~0").replace("/", "~1")
