"""Which goods of a purchase are compulsory or preferred, and who could supply them on a day."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.clock import today
from core.errors import Invalid
from core.opened.workbook import plain
from procurement.bids.queries import may_check
from procurement.bids.reading import Asks, Line, Sheet
from procurement.categories import codes
from procurement.categories import queries as categories
from procurement.tender.clauses import Clause, clause
from procurement.verdict.goods import Goods, goods, in_policy

__all__ = ["may_check"]

MOST = 500  # lines of goods
FEW = 3  # below so many the competition is to be looked at
LIKELY = 3  # codes that somebody may have meant
SHORTEST = 2  # signs of a name that is looked for in others
KINDS = ("mandatory", "priority", "not-required", "to-be-confirmed", "not-found")
GOODS = Asks(
    {
        "name": ("名称", "货物名称", "清单项目", "项目名称", "品名", "采购标的", "goods"),
        "category": ("品目编码", "品目", "编码", "category code"),
        "amount": ("数量", "工程量", "quantity"),
        "unit": ("单位", "计量单位", "unit"),
    },
    ("name", "category"),
    ("category",),
    headless="goods-headings-missing",
    empty="goods-say-nothing",
)
Code = tuple[str, str]  # of the 2022 catalogue, and its name


@dataclass(frozen=True)
class Good:
    """A line with what became of it; `likely` are the codes it may belong to, which a person confirms, and
    `goods` what is known of its code, where it has one."""

    line: Line
    kind: str
    code: str
    name: str
    likely: tuple[Code, ...] = ()
    goods: Goods | None = None
    listed: bool = True  # whether the catalogue knows the code

    @property
    def few(self) -> bool:
        """Whether fewer products or makers qualify than make a competition."""
        return self.goods is not None and bool(self.goods.rules) and is_few(self.goods)


@dataclass(frozen=True)
class Answer:
    """`clauses` by code, one for each policy rule over it."""

    on: date
    goods: tuple[Good, ...]
    clauses: Mapping[str, tuple[Clause, ...]]

    @property
    def of_policy(self) -> list[Goods]:
        """What a policy is for, each code once."""
        found = {each.code: each.goods for each in self.goods if each.goods and each.goods.rules}
        return list(found.values())

    @property
    def counts(self) -> dict[str, int]:
        kinds = [each.kind for each in self.goods]
        return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}

    @property
    def demo(self) -> bool:
        return any(rule.demo for each in self.of_policy for rule in each.rules)


def is_few(of: Goods) -> bool:
    return of.whole and min(of.products, of.makers) < FEW


def answer(sheet: Sheet, on: date) -> Answer:
    """Every line; Invalid while a cell cannot be read, or where there are too many."""
    if sheet.wrong:
        raise Invalid("check-unreadable", count=len(sheet.wrong))
    if len(sheet.lines) > MOST:
        raise Invalid("list-too-long", {"items": "list-too-long"}, most=MOST)
    policy = in_policy(on)
    names = categories.names(codes.CURRENT) | policy
    placed = [_placed(line, names, policy) for line in sheet.lines]
    found = goods([each.code for each in placed if each.code], on)
    clauses = {
        code: tuple(clause(rule, each.near) for rule in each.rules)
        for code, each in found.items()
        if each.rules
    }
    return Answer(on, tuple(_told(each, found, policy) for each in placed), clauses)


def _placed(line: Line, names: Mapping[str, str], policy: Mapping[str, str]) -> Good:
    """By its code, else by its very name; what only comes near is left to a person."""
    code = unicodedata.normalize("NFKC", line.values.get("category", "")).upper()
    if code:
        return Good(line, "", code, names.get(code, ""), listed=code in names)
    called = plain(unicodedata.normalize("NFKC", line.values.get("name", "")))
    same = [each for each, name in names.items() if plain(name) == called]
    if len(same) == 1:
        return Good(line, "", same[0], names[same[0]])
    likely = same or _likely(called, names, policy)
    kind = "to-be-confirmed" if likely else "not-found"
    return Good(line, kind, "", "", tuple((each, names[each]) for each in likely[:LIKELY]))


def _likely(called: str, names: Mapping[str, str], policy: Mapping[str, str]) -> list[str]:
    """Codes whose name stands in what was written, or the other way round: those of a policy first, then the
    longest name."""
    found = [
        code
        for code, name in names.items()
        if len(name) >= SHORTEST
        and (plain(name) in called or (len(called) >= SHORTEST and called in plain(name)))
    ]
    return sorted(found, key=lambda code: (code not in policy, -len(names[code]), code))


def _told(of: Good, found: Mapping[str, Goods], policy: Mapping[str, str]) -> Good:
    if not of.code:
        return of
    known = found[of.code]
    treatments = {rule.treatment for rule in known.rules}
    kind = next((each for each in KINDS[:2] if each in treatments), "not-required")
    below: Sequence[Code] = ()
    if not known.rules:
        stem = of.code[:1] + of.code[1:].rstrip("0")
        stem += "0" * ((len(stem) - 1) % 2)
        below = [(code, name) for code, name in policy.items() if code.startswith(stem) and code != of.code]
        kind = "to-be-confirmed" if below else kind
    return Good(of.line, kind, of.code, of.name, tuple(below[:LIKELY]), known, of.listed)


def confirm(sheet: Sheet, place: int | None, code: str) -> None:
    """Give a line its code, which a person chose; counted from 0.  Invalid where there is no such line."""
    if (
        place is None
        or place >= len(sheet.lines)
        or code not in categories.names(codes.CURRENT) | in_policy(today())
    ):
        raise Invalid("goods-not-confirmable", {"do": "goods-not-confirmable"})
    sheet.lines[place].values["category"] = code


def spelt(sheet: Sheet) -> str:
    """The lines as they could be typed again."""
    rows = [[_cell(line.values.get(slug, "")) for slug in GOODS.columns] for line in sheet.lines]
    return "\n".join(map("\t".join, rows))


def _cell(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if '"' in text else text
