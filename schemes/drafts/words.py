"""What people read of drafts of rules."""

from core.i18n import _l
from core.words import Word

LIFE = {
    "rule_draft.state.draft": Word(_l("起草中"), "wait", "pencil"),
    "rule_draft.state.review": Word(_l("内部审查"), "wait", "eye"),
    "rule_draft.state.comment": Word(_l("征求意见"), "warn", "clock"),
    "rule_draft.state.revising": Word(_l("按意见修改"), "wait", "pencil"),
    "rule_draft.state.approval": Word(_l("待两人批准"), "wait", "stamp"),
    "rule_draft.state.published": Word(_l("已公布"), "ok", "check"),
    "rule_draft.state.withdrawn": Word(_l("已撤回"), "", "minus"),
    "rule_draft.step.submit": Word(_l("提交审查"), "", "send"),
    "rule_draft.step.send_back": Word(_l("退回修改"), "", "undo"),
    "rule_draft.step.open_comment": Word(_l("开始征求意见"), "", "send"),
    "rule_draft.step.close_comment": Word(_l("结束征求意见，转入修改"), "", "check"),
    "rule_draft.step.ask_approval": Word(_l("送批准"), "", "send"),
    "rule_draft.step.return": Word(_l("退回修改"), "", "undo"),
    "rule_draft.step.approve": Word(_l("批准"), "", "stamp"),
    "rule_draft.step.publish": Word(_l("公布"), "", "send"),
    "rule_draft.step.withdraw": Word(_l("撤回草案"), "", "minus"),
    "draft_comment.state.received": Word(_l("待审核"), "wait", "clock"),
    "draft_comment.state.shown": Word(_l("待答复"), "warn", "clock"),
    "draft_comment.state.answered": Word(_l("已答复"), "ok", "check"),
    "draft_comment.state.hidden": Word(_l("不公开"), "", "minus"),
    "draft_comment.step.show": Word(_l("公开"), "", "eye"),
    "draft_comment.step.hide": Word(_l("不公开"), "", "minus"),
    "draft_comment.step.answer": Word(_l("答复"), "", "send"),
    "rule_retirement.state.proposed": Word(_l("待另一人确认"), "wait", "clock"),
    "rule_retirement.state.retired": Word(_l("已废止"), "", "minus"),
    "rule_retirement.state.dropped": Word(_l("不废止"), "", "undo"),
    "rule_retirement.step.confirm": Word(_l("确认废止"), "", "stamp"),
    "rule_retirement.step.drop": Word(_l("不废止"), "", "undo"),
    "adopted.adopted": Word(_l("采纳"), "ok", "check"),
    "adopted.partly": Word(_l("部分采纳"), "info", "check"),
    "adopted.declined": Word(_l("不采纳"), "", "minus"),
    "adopted.noted": Word(_l("已记录"), "", "info"),
    "bearing.stricter": Word(_l("变严"), "stop", "down"),
    "bearing.looser": Word(_l("放宽"), "ok", "up"),
    "bearing.added": Word(_l("新增内容"), "info", "plus"),
    "bearing.gone": Word(_l("取消"), "", "minus"),
}

REFUSALS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "rule-draft-not-found": _l("没有这份规则草案，或它还没有公开"),
        "rule-comment-not-found": _l("没有这条意见"),
        "rule-owner-wrong": _l("规则属于谁，要写起草它的单位：{owner}"),
        "rule-of-the-province": _l(
            "这类产品已有《{name}》（{code}），机构不能再用自己的规则（168号令第三十八条，凭记忆，待核）"
        ),
        "rule-draft-open": _l("{code} 已有一份草案在办理中，先办完或撤回那一份"),
        "rule-not-editable": _l("草案现在不能修改：正在审查、征求意见或已经公布"),
        "rule-document-faulty": _l("草案里还有错误，改好才能继续"),
        "rule-own-draft": _l("您写过这份草案，要由别人来办这一步"),
        "rule-approved-once": _l("您已批准现在的文本"),
        "rule-approvals-missing": _l("要有作者以外的两个人批准现在的文本"),
        "rule-comment-open": _l("征求意见还没有结束，截止日的次日起可以办"),
        "rule-comments-unanswered": _l("还有意见没有公开答复"),
        "rule-comment-dates-missing": _l("填写征求意见的起止日期"),
        "rule-comment-too-short": _l("征求意见从今天或以后开始，不得少于规定的天数"),
        "rule-comment-closed": _l("这份草案现在不征求意见"),
        "rule-summary-missing": _l("用几句话说明改了什么、为什么改"),
        "rule-effective-past": _l("草案写的生效日期应在今天以后，退回修改"),
        "rule-effective-not-later": _l("草案写的生效日期应晚于现行版本的生效日期"),
        "rule-term-missing": _l("现行版本有证书，填写换版的截止日"),
        "rule-term-short": _l("换版截止日不能早于生效日期"),
        "scheme-retired": _l("这份认证规则已经废止，不再受理新的申请"),
        "rule-retired": _l("{code} 已经废止"),
        "retirement-open": _l("{code} 的废止已提出，等另一人确认"),
        "retirement-own": _l("废止是您提出的，要由另一人确认"),
        "retirement-past": _l("填写今天或以后的日期"),
        "retirement-not-found": _l("没有这一项废止"),
        "rule-own-comment": _l("您自己提的意见，要由别人来处理"),
        "rule-answer-missing": _l("写出公开的答复"),
        "rule-adopted-missing": _l("说明是否采纳"),
        "rule-comment-place-unknown": _l("选草案里的一处，或者不选"),
        "rule-name-missing": _l("填写姓名或单位；可以选择不公开"),
        "rule-comments-too-often": _l("意见提得太多，请过一小时再来"),
    }.items()
}

TOLD = {
    "notice.rule_retirement.propose": Word(
        _l("省里公布了《{beside}》，机构自己的规则《{rule}》拟自 {day}起废止，请确认或写明为什么不废止")
    ),
}

WORDS = LIFE | REFUSALS | TOLD
