"""What procurement's slugs are called."""

from core.i18n import _l
from core.words import Word
from procurement.assignments.words import WORDS as ASSIGNMENTS
from procurement.bids.words import WORDS as BIDS
from procurement.categories.words import WORDS as CATEGORIES
from procurement.confirmations.words import WORDS as CONFIRMATIONS
from procurement.objections.words import WORDS as OBJECTIONS
from procurement.policy.words import WORDS as POLICY
from procurement.purchases.words import WORDS as PURCHASES
from procurement.shortlists.words import WORDS as SHORTLISTS
from procurement.suspensions.words import WORDS as SUSPENSIONS
from procurement.tender.words import WORDS as TENDER
from procurement.verdict.words import WORDS as VERDICTS

EDITIONS = {
    "edition.state.draft": Word(_l("起草中"), "wait", "pencil"),
    "edition.state.notice": Word(_l("公示中"), "warn", "clock"),
    "edition.state.published": Word(_l("已公布"), "ok", "check"),
    "edition.step.redraft": Word(_l("按规则重新起草"), "", "undo"),
    "edition.step.open_notice": Word(_l("开始公示"), "", "send"),
    "edition.step.take_back": Word(_l("撤回公示"), "", "undo"),
    "edition.step.approve": Word(_l("批准公布"), "", "check"),
    "edition.step.publish": Word(_l("公布"), "", "stamp"),
    "treatment.mandatory": Word(_l("★ 强制采购"), "info", "flag"),
    "treatment.priority": Word(_l("优先采购"), "", "tag"),
    "treatment.encouraged": Word(_l("鼓励采购"), "", "tag"),
    "treatment.not-required": Word(_l("不作要求"), "", "minus"),
}

CHANGES = {
    "omission.no-policy": Word(_l("现行政策里没有对应的品目")),
    "omission.not-required": Word(_l("现行政策对这个品目不作要求")),
    "omission.status-suspended": Word(_l("已暂停"), "warn", "pause"),
    "omission.status-withdrawn": Word(_l("已撤销"), "stop", "stop"),
    "omission.status-cancelled": Word(_l("已注销"), "", "minus"),
    "omission.status-superseded": Word(_l("已由新证书接替"), "", "recycle"),
    "omission.status-expired": Word(_l("已过期"), "", "clock"),
    "omission.status-not_issued": Word(_l("截止日还没有生效"), "", "clock"),
    "omission.maker-suspended": Word(_l("企业在暂停列入期间"), "stop", "pause"),
    "omission.supply-refused": Word(_l("企业不供货"), "", "minus"),
    "omission.objection-upheld": Word(_l("公示期间的异议成立"), "stop", "alert"),
    "omission.gone": Word(_l("不再列入")),
    "omission.not-as-signed": Word(_l("登记与签名不符，查明以前不列入"), "stop", "alert"),
    "omission.model-left-scope": Word(_l("型号已不在证书范围"), "stop", "minus"),
    "change.issued": Word(_l("上期截止后发证")),
    "change.admitted": Word(_l("恢复有效或新列入品目")),
    "omission.category-to-be-confirmed": Word(_l("可能属于几个品目，待确认"), "wait", "clock"),
    "omission.valid-too-short": Word(_l("清单生效以后的剩余有效期不够"), "", "clock"),
    "act.leave": Word(_l("型号移出证书范围"), "stop", "minus"),
    "act.enter": Word(_l("型号重新列入证书"), "ok", "check"),
    "act.suspend": Word(_l("暂停"), "warn", "pause"),
    "act.restore": Word(_l("恢复"), "ok", "check"),
    "act.withdraw": Word(_l("撤销"), "stop", "stop"),
    "act.cancel": Word(_l("注销"), "", "minus"),
    "act.supersede": Word(_l("由新证书接替"), "", "recycle"),
}

REFUSALS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "edition-not-found": _l("没有这一期清单，请从清单目录里选择"),
        "edition-not-as-published": _l("第 {number} 期现在的内容与公布的摘要不符，请以公布的文件为准"),
        "edition-is-published": _l("清单已经公布，内容不再改动；更正请另发一期"),
        "edition-number-taken": _l("第 {number} 期已经有了，请换一个期号"),
        "edition-number-shape": _l("期号应写成 2026-3 的样子：年份、连字符、第几期"),
        "edition-empty": _l("清单里没有产品，不能公示；请检查政策和截止日"),
        "edition-empty-by-now": _l("公示期间失效的剔除以后，一行也没有剩下，不能公布；请撤回公示，重新起草"),
        "valid-days-wrong": _l("剩余有效期写 {least} 到 {most} 天，不要求的留空"),
        "edition-open": _l("第 {number} 期还没有办完，一次只编一期"),
        "edition-own": _l("由您编制，要由另外的人批准"),
        "edition-approved-once": _l("您已经批准过，还要另一人批准"),
        "edition-approvals-missing": _l("要由编制人以外的两人批准后才能公布"),
        "edition-not-signed": _l("这一期没有签名"),
        "notice-too-short": _l("公示只有 {worked} 个工作日，至少要 {least} 个"),
        "title-missing": _l("填写清单名称"),
        "date-missing": _l("填写日期，例如 2026-11-30"),
        "cutoff-in-future": _l("证书截止日不能晚于今天"),
        "policy-date-missing": _l("填写适用政策的日期"),
        "notice-dates-missing": _l("填写公示的起止日期"),
        "notice-dates-wrong": _l("公示应从今天或以后开始，截止日不早于开始日"),
        "notice-still-open": _l("公示还没有结束，公示截止日的次日起可以公布"),
        "document-number-missing": _l("填写公布文件的文号"),
        "not-an-officer": _l("采购工作台供采购单位和清单管理人员使用；公众可以直接查清单"),
    }.items()
}

WORDS = (
    EDITIONS
    | CHANGES
    | REFUSALS
    | VERDICTS
    | ASSIGNMENTS
    | BIDS
    | CATEGORIES
    | POLICY
    | SUSPENSIONS
    | OBJECTIONS
    | CONFIRMATIONS
    | SHORTLISTS
    | TENDER
    | PURCHASES
)
