"""A shortlist as a workbook, with what was looked for on it."""

from core import tables
from core.assets import local
from core.i18n import _
from core.words import word
from procurement.bids import told
from procurement.shortlists.models import Shortlist
from procurement.shortlists.queries import Shown


def workbook(of: Shortlist, lines: list[Shown]) -> bytes:
    head = [
        _("产品"),
        _("型号"),
        _("企业名称"),
        _("证书编号"),
        _("碳足迹"),
        _("单位"),
        _("结论"),
        _("理由与依据"),
    ]
    head += [_("取舍"), _("取舍的理由"), _("答复时刻"), _("数据版本"), _("今天的结论"), _("今天的理由与依据")]
    return tables.to_xlsx(head, [_row(each) for each in lines], _about(of))


def _row(each: Shown) -> list[object]:
    line, product = each.line, each.then["product"]
    row: list[object] = [product.get("name", ""), line.model, line.maker, line.number]
    row += [product.get("carbon", ""), product.get("carbon_unit", "")]
    row += [str(word(f"may_buy.{each.then['overall']}")), told.sentence(told.why(each.then))]
    row += [str(word(f"shortlist_decision.{line.decision}")), line.reason]
    row += [local(line.asked_at, "%Y-%m-%d %H:%M:%S"), each.then["data_version"]]
    return [*row, str(word(f"may_buy.{each.now['overall']}")), told.sentence(told.why(each.now))]


def _about(of: Shortlist) -> list[tuple[str, str]]:
    return [
        (_("编号"), of.number),
        (_("项目名称"), of.title),
        (_("所找的条件"), of.query),
        (_("按哪一天回答"), of.on.isoformat()),
        (_("结果"), of.outcome),
        (_("合同到期日"), of.until.isoformat() if of.until else ""),
        (_("内容摘要 SHA-256"), of.digest),
    ]
