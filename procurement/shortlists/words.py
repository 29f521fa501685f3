"""What is said of shortlists."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "shortlist.state.open": Word(_l("选品中"), "wait", "pencil"),
    "shortlist.state.awarded": Word(_l("已定标"), "ok", "lock"),
    "shortlist.step.award": Word(_l("定标并锁定"), "", "lock"),
    "shortlist_decision.undecided": Word(_l("未定"), "wait", "clock"),
    "shortlist_decision.chosen": Word(_l("选用"), "ok", "check"),
    "shortlist_decision.excluded": Word(_l("不选"), "", "minus"),
    "notice.shortlist.lost": Word(_l("“{title}”选用的 {model} 情况有变：{why}")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "shortlist-title-missing": _l("填写项目名称"),
        "shortlist-query-missing": _l("写明所找的条件：用过的词、筛选，或检索页的地址"),
        "shortlist-too-long": _l("一份选品清单最多 {most} 个产品"),
        "shortlist-line-not-found": _l("这份选品清单里没有这个产品"),
        "shortlist-reason-missing": _l("不选，或选用结论不是“可以采购”的产品，要写明理由"),
        "shortlist-is-awarded": _l("选品清单已经定标锁定，不再改动"),
        "shortlist-undecided": _l("还有产品没有定取舍"),
        "shortlist-nothing-chosen": _l("还没有选用任何产品"),
        "shortlist-until-missing": _l("填写合同到期日，到期以前会继续关注选用的产品"),
        "shortlist-until-past": _l("合同到期日不能早于今天"),
        "shortlist-not-found": _l("没有这份选品清单"),
    }.items()
}
