"""What became of a line of goods, as people read it."""

from dataclasses import replace

from core import charts
from core.i18n import _
from core.words import unit_text, word
from procurement.rules import Policy
from procurement.tender.queries import FEW, Good
from procurement.verdict import shapes
from procurement.verdict.goods import Goods, Range


def why(good: Good) -> str:
    """Why a line is what it is: the rule with its document and dates, or what keeps it from being said."""
    if good.kind == "to-be-confirmed":
        names = _("、").join(f"{code} {name}" for code, name in good.likely)
        return _("可能属于：%(names)s。请确认品目", names=names)
    if good.goods is None:
        return _("目录和政策里没有这个名称，请写品目编码")
    found = good.goods.category  # without the criterion, which the clause tells where it names nobody
    facts = {name: fact for name, fact in found.facts.items() if name != "criterion"}
    said = shapes.sentence(replace(found, facts=facts))
    return _("；").join([said, *map(_basis, good.goods.rules)])


def _basis(rule: Policy) -> str:
    if rule.valid_to:
        return _(
            "%(basis)s，%(start)s 至 %(end)s", basis=rule.basis, start=rule.valid_from, end=rule.valid_to
        )
    return _("%(basis)s，自 %(start)s 起", basis=rule.basis, start=rule.valid_from)


def notes(good: Good) -> list[str]:
    """How a line was understood, and what to look at."""
    said = [str(word(f"bid_note.{slug}")) for slug in good.line.notes]
    if good.line.twin:
        said.append(_("与第 %(row)s 行重复", row=good.line.twin))
    if good.code and not good.listed:
        said.append(_("2022 年版目录里没有这个编码，请核对"))
    if good.few and good.goods:
        said.append(few(good.goods))
    if good.goods and good.goods.rules and not good.goods.whole:
        said.append(_("产品很多，只问了前 5000 个型号，数目是至少"))
    return said


def few(of: Goods) -> str:
    told = {"products": of.products, "makers": of.makers, "few": FEW}
    return _(
        "当日符合的只有 %(products)s 个产品、%(makers)s 家企业，不足 %(few)s，请先看竞争是否充分", **told
    )


def carbon(of: Range) -> str:
    least, most = charts.stated(of.least), charts.stated(of.most)
    span = least if least == most else _("%(least)s 至 %(most)s", least=least, most=most)
    return f"{span} {unit_text(of.unit)}{_('，')}{word(f'boundary.{of.boundary}')}"
