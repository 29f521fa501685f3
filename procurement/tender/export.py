"""The goods of a purchase as a workbook, and the clauses as a text to copy from."""

from core import tables
from core.i18n import _
from core.words import word
from procurement.tender import told
from procurement.tender.queries import GOODS, Answer, Good


def template() -> bytes:
    about = [
        (_("怎么填"), _("一行一种货物：写名称或 2022 年版的品目编码，两样都写更准；不要写品牌和型号")),
        (_("最多"), _("500 行；列的次序不限，标题行请不要改")),
    ]
    return tables.to_xlsx([names[0] for names in GOODS.columns.values()], [], about)


def workbook(of: Answer, data_version: int) -> bytes:
    head = [_("行"), *(names[0] for names in GOODS.columns.values()), _("属于"), _("结论"), _("理由与依据")]
    head += [_("符合的产品"), _("符合的企业"), _("碳足迹范围"), _("提示"), _("招标文件条款"), _("合同条款")]
    about = [
        (_("按哪一天"), of.on.isoformat()),
        (_("数据版本"), str(data_version)),
        (_("说明"), _("条款写指标和证明方式，不写品牌、型号和企业")),
    ]
    return tables.to_xlsx(head, [_row(each, of) for each in of.goods], about)


def _row(good: Good, of: Answer) -> list[object]:
    row: list[object] = [good.line.row, *(good.line.values.get(slug, "") for slug in GOODS.columns)]
    row += [f"{good.code} {good.name}".strip(), str(word(f"goods_kind.{good.kind}")), told.why(good)]
    known = good.goods if good.goods and good.goods.rules else None
    row += [known.products, known.makers] if known else ["", ""]
    row += [_("；").join(map(told.carbon, known.ranges)) if known else "", _("；").join(told.notes(good))]
    clauses = of.clauses.get(good.code, ())
    return [*row, "\n".join(each.tender for each in clauses), "\n".join(each.contract for each in clauses)]


def text(of: Answer) -> bytes:
    """Each code once, with a byte order mark, so that every editor reads it."""
    parts = [_("按 %(day)s 现行的政策。条款写指标和证明方式，不写品牌、型号和企业。", day=of.on)]
    for known in of.of_policy:
        parts.append(f"{known.code} {known.rules[0].category_name}")
        for each in of.clauses[known.code]:
            parts += [_("招标文件：%(text)s", text=each.tender), _("合同：%(text)s", text=each.contract)]
    return ("\ufeff" + "\r\n\r\n".join(parts) + "\r\n").encode()
