"""Purchases as a workbook, and the table to fill in."""

from collections.abc import Iterable
from decimal import Decimal

from core import charts, tables
from core.assets import local
from core.i18n import _
from core.words import word
from procurement.bids import told
from procurement.purchases import queries
from procurement.purchases.models import Purchase
from procurement.purchases.reading import MOST, PURCHASES


def template() -> bytes:
    about = [
        (_("怎么填"), _("一行一次采购；有证书编号和型号的，按采购那一天核对")),
        (_("最多"), _("%(most)s 行；列的次序不限，标题行请不要改", most=MOST)),
    ]
    return tables.to_xlsx([names[0] for names in PURCHASES.columns.values()], [], about)


def workbook(of: Iterable[Purchase], period: queries.Period) -> bytes:
    head = [names[0] for names in PURCHASES.columns.values()]
    head += [_("结论"), _("理由与依据"), _("计入低碳产品"), _("不计入的原因"), _("数据版本"), _("答复时刻")]
    about = [
        (_("年份"), str(period.year)),
        (_("采购次数"), str(period.whole.purchases)),
        (_("采购金额（元）"), f"{period.whole.spend:f}"),
        (_("低碳产品金额（元）"), f"{period.whole.certified:f}"),
        (_("低碳产品占比"), charts.share(period.whole.certified, period.whole.spend)),
        (_("说明"), _("每次采购按采购那一天核对，结论连同数据版本保存")),
    ]
    return tables.to_xlsx(head, [_row(each) for each in of], about)


def _row(of: Purchase) -> list[object]:
    answer = queries.answer_of(of)
    row: list[object] = [getattr(of, slug) for slug in PURCHASES.columns]
    row += [str(word(f"may_buy.{of.overall}")), told.sentence(told.why(answer))]
    row += [_("是") if of.counts else _("否"), str(word(f"left_out.{of.left_out}")) if of.left_out else ""]
    row.append(answer["data_version"])
    return [*row, local(of.asked_at, "%Y-%m-%d %H:%M:%S")]


def shares(found: dict[str, queries.Share], year: int) -> bytes:
    head = [_("单位"), _("采购次数"), _("采购金额（元）"), _("低碳产品金额（元）"), _("低碳产品占比")]
    head += [_("有政策要求的金额（元）"), _("按要求采购的金额（元）")]
    rows = [[name, *_sums(each)] for name, each in found.items()]
    return tables.to_xlsx(head, rows, [(_("年份"), str(year))])


def _sums(of: queries.Share) -> list[int | Decimal | str]:
    part = charts.share(of.certified, of.spend)
    return [of.purchases, of.spend, of.certified, part, of.required, of.met]
