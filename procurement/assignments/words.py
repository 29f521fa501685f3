"""What is said of products that are assigned to a 品目."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "category_assignment.state.proposed": Word(_l("待另一人确认"), "wait", "clock"),
    "category_assignment.state.confirmed": Word(_l("已确认"), "ok", "check"),
    "category_assignment.state.dropped": Word(_l("已放弃"), "", "minus"),
    "category_assignment.step.confirm": Word(_l("确认"), "", "stamp"),
    "category_assignment.step.drop": Word(_l("放弃"), "", "undo"),
    "assigned.by-parameter": Word(_l("按参数归入"), "ok", "check"),
    "assigned.parameter-not-stated": Word(_l("证书没有写这项参数"), "wait", "clock"),
    "assigned.fits-no-category": Word(_l("参数不在任何一条规则的范围里"), "wait", "alert"),
    "assigned.fits-several-categories": Word(_l("几条规则都合，规则没有按参数分开"), "wait", "alert"),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "assignment-products-missing": _l("选择至少一个产品"),
        "assignment-not-open": _l("{value} 不是待确认品目的获证产品"),
        "assignment-proposed": _l("{value} 已经提出，等另一人确认"),
        "assignment-undecided": _l("{value} 按规则定不了，请填写品目编码和理由"),
        "assignment-note-missing": _l("与规则判定的不同，写明依据，例如检测报告的编号"),
        "assignment-own": _l("由您提出，要由另一人确认"),
        "assignment-not-found": _l("没有这一项品目确认"),
    }.items()
}
