"""What the slugs of a verdict are called, and the sentences of its grounds."""

from core.i18n import _l
from core.words import Word

OVERALL = {
    "may_buy.buyable": Word(_l("可以采购"), "ok", "shield"),
    "may_buy.not-buyable": Word(_l("不可以凭此采购"), "stop", "stop"),
    "may_buy.not-required": Word(_l("政策不要求"), "", "minus"),
    "may_buy.committee": Word(_l("请评标委员会判断"), "warn", "users"),
    "may_buy.not-yet-known": Word(_l("尚不可知"), "wait", "clock"),
    "may_buy.unknown": Word(_l("不能确认"), "warn", "help"),
}

FINDINGS = {
    "verdict_on.category": Word(_l("品目与政策")),
    "verdict_on.in-force": Word(_l("证书状态")),
    "verdict_on.model": Word(_l("型号与配置")),
    "verdict_on.maker": Word(_l("企业")),
    "verdict_on.body": Word(_l("发证机构")),
    "verdict_on.standard": Word(_l("依据的规则")),
    "verdict_on.listing": Word(_l("清单")),
}

# Heads of narrow columns.
IN_SHORT = {
    "verdict_in_short.category": Word(_l("采购品目")),
    "verdict_in_short.in-force": Word(_l("状态")),
    "verdict_in_short.model": Word(_l("型号")),
    "verdict_in_short.maker": Word(_l("企业")),
    "verdict_in_short.body": Word(_l("机构")),
    "verdict_in_short.standard": Word(_l("规则")),
    "verdict_in_short.listing": Word(_l("清单")),
}

ANSWERS = {
    "finding_is.met": Word(_l("符合"), "ok", "check"),
    "finding_is.not-met": Word(_l("不符合"), "stop", "x"),
    "finding_is.unknown": Word(_l("不能确认"), "warn", "help"),
    "finding_is.not-asked": Word(_l("没有核对"), "", "minus"),
}

MODES = {
    "policy_mode.list": Word(_l("以当日现行的一期清单为准")),
    "policy_mode.category": Word(_l("品目清单加有效证书，不看是否列入某一期清单")),
    "policy_mode.criteria": Word(_l("以指标为准，由评标委员会判断证明")),
}

GROUNDS = {
    f"ground.{slug}": Word(text)
    for slug, text in {
        "compulsory": _l("{name}（{category}，{edition} 版）属于强制采购{also}"),
        "preferred": _l("{name}（{category}，{edition} 版）属于优先采购{also}"),
        "encouraged": _l("{name}（{category}，{edition} 版）属于鼓励采购{also}"),
        "stated-not-required": _l("{name}（{category}，{edition} 版）按当日的政策不作要求"),
        "not-required": _l("那一天没有对这类产品的采购政策{since}"),
        "part-of-other-goods": _l(
            "那一天没有对 {category} 的采购政策{since}；证书的产品属于 {own} {name}，"
            "作为其中的部件不单独要求{also}"
        ),
        "category-not-told": _l("没有写品目，也查不到证书，不知道属于哪个品目"),
        "category-of-other-goods": _l("这张证书的产品不属于 {category} {name}"),
        "category-to-be-confirmed": _l("可能属于几个品目（{codes}），待确认"),
        "certificate-unknown": _l("没有查到这个编号的证书{also}"),
        "not-as-signed": _l("登记与签名不符，查明以前不作为依据"),
        "issued-after-the-day": _l("证书 {day} 才签发"),
        "covered-until": _l("有效期至 {day}，覆盖所问的日期；届时是否有效，以当日查询为准"),
        "succeeded-by": _l("{former} 已由 {number} 接替，{number} 当日有效"),
        "in-force": _l("有效，有效期至 {day}"),
        "begins-after-the-day": _l("证书 {day} 才生效"),
        "expired": _l("已于 {day} 到期"),
        "suspended": _l("自 {day} 起暂停，至 {until}：{reason}"),
        "withdrawn": _l("自 {day} 起撤销：{reason}"),
        "cancelled": _l("自 {day} 起注销：{reason}"),
        "superseded": _l("自 {day} 起由新证书接替：{reason}"),
        "model-not-told": _l("没有写型号，证书只对列出的型号有效"),
        "model-left-scope": _l("{day} 起不在证书范围（第 {edition} 版）"),
        "model-entered-later": _l("{day} 起才列入证书（第 {edition} 版）"),
        "model-not-covered": _l("不在证书第 {edition} 版的范围内"),
        "configuration-differs": _l("型号在范围内，配置不同：证书上是“{said}”"),
        "model-covered": _l("在证书第 {edition} 版（{day}）的范围内"),
        "maker-code-differs": _l("信用代码不同：证书上是 {maker}，{uscc}"),
        "maker-not-told": _l("没有写企业，没有核对；证书上是 {maker}"),
        "maker-differs": _l("企业不同：证书上是 {maker}"),
        "factory-differs": _l("企业一致，生产厂不同：证书上是 {factory}"),
        "maker-suspended": _l("{maker} 自 {day} 起暂停列入清单，至 {until}：{reason}（{document}）"),
        "maker-same": _l("与证书一致：{maker}"),
        "body-not-approved": _l("{body} 那一天没有这项认证的资质"),
        "body-not-named": _l("{body} 不在政策点名的机构之内"),
        "body-named": _l("{body} 有资质，也在政策点名的机构之内"),
        "body-approved": _l("{body} 那一天有这项认证的资质"),
        "standard-no-longer-accepted": _l("{rule} 的证书用到 {day} 为止"),
        "standard-last-used": _l("按这个品目的政策，{rule} 的证书用到 {day} 为止"),
        "standard-accepted": _l("{rule}，那一天可以采信"),
        "no-edition": _l("那一天还没有公布的清单{also}"),
        "listed": _l("列在第 {edition} 期"),
        "issued-after-cutoff": _l("不在第 {edition} 期：证书晚于截止日 {day}{also}"),
        "line-struck": _l("第 {edition} 期的这一行自 {day} 起更正剔除：{reason}"),
        "left-out": _l("不在第 {edition} 期：{omission}{also}"),
        "not-listed": _l("不在第 {edition} 期{also}"),
    }.items()
}

# Each ground in a word or two, for whoever reads hundreds of lines.
BRIEF = {
    f"brief.{slug}": Word(text)
    for slug, text in {
        "compulsory": _l("强制"),
        "preferred": _l("优先"),
        "encouraged": _l("鼓励"),
        "stated-not-required": _l("不作要求"),
        "not-required": _l("不作要求"),
        "part-of-other-goods": _l("部件"),
        "category-not-told": _l("没有写"),
        "category-of-other-goods": _l("不属于"),
        "category-to-be-confirmed": _l("待确认"),
        "certificate-unknown": _l("没有查到"),
        "not-as-signed": _l("与签名不符"),
        "issued-after-the-day": _l("当日未签发"),
        "covered-until": _l("届时未知"),
        "succeeded-by": _l("已接替"),
        "in-force": _l("有效"),
        "begins-after-the-day": _l("当日未生效"),
        "expired": _l("已到期"),
        "suspended": _l("暂停"),
        "withdrawn": _l("已撤销"),
        "cancelled": _l("已注销"),
        "superseded": _l("已失效"),
        "model-not-told": _l("没有写"),
        "model-left-scope": _l("已移出"),
        "model-entered-later": _l("当日未列入"),
        "model-not-covered": _l("不包括"),
        "configuration-differs": _l("配置不同"),
        "model-covered": _l("一致"),
        "maker-code-differs": _l("代码不同"),
        "maker-not-told": _l("没有写"),
        "maker-differs": _l("不同"),
        "factory-differs": _l("厂址不同"),
        "maker-suspended": _l("暂不列入"),
        "maker-same": _l("一致"),
        "body-not-approved": _l("无资质"),
        "body-not-named": _l("未点名"),
        "body-named": _l("已点名"),
        "body-approved": _l("有资质"),
        "standard-no-longer-accepted": _l("不再采信"),
        "standard-last-used": _l("不再采信"),
        "standard-accepted": _l("可采信"),
        "no-edition": _l("没有清单"),
        "listed": _l("已列入"),
        "issued-after-cutoff": _l("晚于截止日"),
        "line-struck": _l("已剔除"),
        "left-out": _l("未列入"),
        "not-listed": _l("未列入"),
    }.items()
}

NOT_ASKED = {"brief.not-asked": Word(_l("没有问"))}

WORDS = IN_SHORT | BRIEF | NOT_ASKED | OVERALL | FINDINGS | ANSWERS | MODES | GROUNDS
