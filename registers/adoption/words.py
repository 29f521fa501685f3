"""What people read of adoptions."""

from core.i18n import _l
from core.words import Word

PAPERS = {
    "paper.agreement": Word(_l("认证协议")),
    "paper.certificate": Word(_l("证书说明")),
    "paper.acceptance": Word(_l("认证申请受理通知书")),
    "paper.correction": Word(_l("补正通知书")),
    "paper.non_acceptance": Word(_l("不予受理通知书")),
    "paper.refusal": Word(_l("不予认证决定书")),
    "paper.termination": Word(_l("案卷终止通知书")),
    "paper.escalation": Word(_l("不符合项升级通知书")),
    "paper.lapse": Word(_l("不符合项逾期通知书")),
    "paper.suspension": Word(_l("认证证书暂停通知书")),
    "paper.restoration": Word(_l("认证证书恢复通知书")),
    "paper.withdrawal": Word(_l("认证证书撤销决定书")),
    "paper.cancellation": Word(_l("认证证书注销通知书")),
    "paper.appeal_acceptance": Word(_l("申诉受理通知书")),
    "paper.appeal_rejection": Word(_l("申诉不予受理通知书")),
    "paper.appeal_decision": Word(_l("申诉处理决定书")),
}
LIFE = {
    "adoption.state.draft": Word(_l("起草中"), "wait", "pencil"),
    "adoption.state.proposed": Word(_l("待批准"), "warn", "clock"),
    "adoption.state.in_force": Word(_l("现行"), "ok", "check"),
    "adoption.state.superseded": Word(_l("已被接替"), "", "history"),
    "adoption.state.ended": Word(_l("已终止"), "stop", "stop"),
    "adoption.state.withdrawn": Word(_l("已撤回"), "", "minus"),
    "adoption.step.propose": Word(_l("送批准"), "", "send"),
    "adoption.step.send_back": Word(_l("退回修改"), "", "undo"),
    "adoption.step.approve": Word(_l("批准"), "", "stamp"),
    "adoption.step.supersede": Word(_l("由新版本接替"), "", "history"),
    "adoption.step.end": Word(_l("终止采用"), "", "stop"),
    "adoption.step.withdraw": Word(_l("撤回草案"), "", "minus"),
}
REFUSALS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "adoption-not-found": _l("没有这份采用文件，或它不属于贵单位"),
        "adoption-open": _l("这条规则已有一份在起草或待批准，先办完或撤回那一份"),
        "adoption-not-editable": _l("只有起草中的采用文件可以修改"),
        "adoption-own-hand": _l("您写过这份文件，要由别人来办这一步"),
        "adoption-days-below-rule": _l("不能少于规则要求的 {least} 人日，也不能多于 1000"),
        "scheme-not-adopted": _l("这家机构没有采用这条认证规则，请选别的机构"),
        "scheme-of-another-body": _l("这是别的机构自有的规则，只有那家机构可以采用"),
        "checklist-item-twice": _l("同一项写了两次"),
        "picture-kind-unknown": _l("请上传 PNG 或 JPEG 图片"),
        "picture-too-large": _l("图片不能超过 1 MB"),
        "paper-unknown": _l("没有这种文书，或还没有写它的行文"),
        "number-pattern-unreadable": _l(
            "读不懂“{part}”：各段用连字符连接，写大写字母和数字，或 {{region}} {{body}} {{year}} {{serial:5}}"
        ),
        "number-pattern-no-serial": _l("编号里要有一处流水号，例如 {{serial:5}}"),
        "number-pattern-no-year": _l("流水号每年从头开始，编号里要有 {{year}}"),
        "number-pattern-reserved": _l("{part} 开头的编号由平台样式使用，请换别的开头"),
        "number-pattern-taken": _l("这个样式会和别的机构编出同样的号码，请加上 {{body}} 或换别的开头"),
        "wording-too-long": _l("行文不能超过 {name} 字"),
        "wording-too-deep": _l("第 {line} 行：写得太复杂，请简化"),
        "wording-unreadable": _l("第 {line} 行：标记不完整或读不懂"),
        "wording-not-allowed": _l("第 {line} 行：不能用 {name}，只能用列出的字段、if 和 for"),
        "wording-field-unknown": _l("第 {line} 行：没有字段 {name}"),
        "wording-not-text": _l("第 {line} 行：{name} 不是文字，不能直接写出来"),
        "wording-no-list": _l("第 {line} 行：{name} 不是列出的清单，不能用 for"),
        "wording-loop-in-loop": _l("第 {line} 行：for 里面不能再有 for"),
        "wording-name-taken": _l("第 {line} 行：{name} 是字段的名字，for 请用别的名字"),
        "wording-filter-unknown": _l("第 {line} 行：没有 {name}，只能用列出的几种，且不带参数"),
        "wording-filter-unfit": _l("第 {line} 行：{name} 不能用在这里"),
        "wording-drawn-too-long": _l("写出来超过 {most} 字，请缩短"),
    }.items()
}
WORDS = PAPERS | LIFE | REFUSALS
