"""The words of the body's own pages."""

from core.i18n import _, _l
from core.words import Word, known, word

WORDS = {
    "part.acceptance": Word(_l("受理")),
    "part.documents": Word(_l("文件评审")),
    "part.tests": Word(_l("产品检测")),
    "part.site": Word(_l("现场核查")),
    "part.findings": Word(_l("不符合项")),
    "part.review": Word(_l("复核")),
    "part.not_planned": Word(_l("评审计划没有安排"), "", "info"),
    "part.not_required": Word(_l("规则不要求检测"), "", "info"),
    "part.none_raised": Word(_l("没有开出"), "ok", "check"),
    "part.all_closed": Word(_l("都已关闭"), "ok", "check"),
    "part.still_open": Word(_l("还有未关闭"), "warn", "flag"),
    "tab.summary": Word(_l("概要")),
    "tab.parties": Word(_l("主体与产品")),
    "tab.inventory": Word(_l("活动数据")),
    "tab.files": Word(_l("证据")),
    "tab.tests": Word(_l("检测")),
    "tab.site": Word(_l("现场")),
    "tab.history": Word(_l("记录")),
    "clock.acceptance": Word(_l("受理决定")),
    "clock.correction": Word(_l("补正")),
    "clock.site_after_documents": Word(_l("文件评审后现场核查")),
    "clock.acceptance_to_certificate": Word(_l("受理至发证")),
    "clock.site_to_certificate": Word(_l("现场核查通过至发证")),
    "clock.approval_to_certificate": Word(_l("批准至发证")),
    "record.application": Word(_l("案卷")),
    "record.sample": Word(_l("样品")),
    "record.nonconformity": Word(_l("不符合项")),
    "record.certificate": Word(_l("证书")),
    "record.label": Word(_l("标识许可")),
    "registration.inspector": Word(_l("检查员")),
    "registration.verifier": Word(_l("核查员")),
    "milestone.submit": Word(_l("提交")),
    "milestone.accept": Word(_l("受理")),
    "milestone.sign": Word(_l("签约")),
    "milestone.evaluate": Word(_l("评审")),
    "milestone.recommend": Word(_l("复核")),
    "milestone.decide": Word(_l("决定")),
    "milestone.issue": Word(_l("发证")),
}


def anchor_text(anchor: str) -> str:
    """What a point or a finding hangs on: a section, a check of the visit, a file, or a row of the data."""
    kind, _colon, rest = anchor.partition(":")
    if kind == "inventory.row":
        return _("活动数据第 %(number)s 行", number=int(rest) + 1)
    if kind == "row":
        return f"{word('anchor.inventory')} · {rest}"
    keys = (f"file.{rest}",) if kind == "file" else (f"anchor.{anchor}", f"check.{anchor}")
    return next((str(word(key)) for key in keys if known(key)), anchor)
