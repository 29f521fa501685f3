"""The words of written acts and appeals."""

from core.i18n import _l
from core.words import Word

ACTS = {
    "act.acceptance": Word(_l("受理通知书"), "ok", "check"),
    "act.correction": Word(_l("补正通知书"), "warn", "pencil"),
    "act.non_acceptance": Word(_l("不予受理通知书"), "stop", "stop"),
    "act.refusal": Word(_l("不予认证决定书"), "stop", "stop"),
    "act.termination": Word(_l("案卷终止通知书"), "stop", "stop"),
    "act.escalation": Word(_l("不符合项升级通知书"), "warn", "alert"),
    "act.lapse": Word(_l("不符合项逾期通知书"), "stop", "alert"),
    "act.suspension": Word(_l("证书暂停通知书"), "warn", "pause"),
    "act.restoration": Word(_l("证书恢复通知书"), "ok", "check"),
    "act.withdrawal": Word(_l("证书撤销决定书"), "stop", "stop"),
    "act.cancellation": Word(_l("证书注销通知书"), "", "minus"),
    "act.appeal_acceptance": Word(_l("申诉受理通知书"), "", "scale"),
    "act.appeal_rejection": Word(_l("申诉不予受理通知书"), "stop", "stop"),
    "act.appeal_decision": Word(_l("申诉处理决定书"), "", "scale"),
    "cause.converted": Word(_l("已按新版规则换版")),
    "cause.appeal_annulled": Word(_l("申诉决定撤销了原暂停决定")),
}

STATES = {
    "application.step.reopen": Word(_l("申诉撤销不予认证，重新复核"), "", "undo"),
    "application.step.readmit": Word(_l("申诉撤销不予受理，重新评审申请"), "", "undo"),
    "application.step.reinstate": Word(_l("申诉撤销终止，恢复补正"), "", "undo"),
    "nonconformity.step.reinstate": Word(_l("申诉撤销升级或逾期，重新答复"), "", "undo"),
    "certificate.step.resume": Word(_l("换版后证书恢复"), "ok", "undo"),
    "certificate.step.reinstate": Word(_l("申诉撤销暂停，证书恢复"), "ok", "undo"),
    "appeal.state.filed": Word(_l("已提出"), "info", "clock"),
    "appeal.state.accepted": Word(_l("已受理"), "info", "scale"),
    "appeal.state.rejected": Word(_l("不予受理"), "stop", "stop"),
    "appeal.state.investigating": Word(_l("调查中"), "info", "search"),
    "appeal.state.decided": Word(_l("已决定"), "", "scale"),
    "appeal.state.served": Word(_l("已送达"), "", "send"),
    "appeal.state.escalated": Word(_l("监管部门处理中"), "info", "scale"),
    "appeal.state.closed": Word(_l("已结案"), "", "check"),
    "appeal.step.file": Word(_l("提出申诉"), "", "send"),
    "appeal.step.accept": Word(_l("受理申诉"), "", "check"),
    "appeal.step.reject": Word(_l("不予受理申诉"), "", "stop"),
    "appeal.step.investigate": Word(_l("记录调查情况"), "", "search"),
    "appeal.step.decide": Word(_l("作出申诉决定"), "", "scale"),
    "appeal.step.serve": Word(_l("送达申诉决定"), "", "send"),
    "appeal.step.escalate": Word(_l("向监管部门申诉"), "", "send"),
    "appeal.step.conclude": Word(_l("作出处理结论"), "", "scale"),
    "appeal.step.close": Word(_l("结案"), "", "check"),
    "outcome.upheld": Word(_l("维持原决定"), "", "check"),
    "outcome.changed": Word(_l("变更原决定"), "", "pencil"),
    "outcome.annulled": Word(_l("撤销原决定，重新办理"), "", "undo"),
    "conclusion.body_upheld": Word(_l("机构的处理并无不当"), "", "check"),
    "conclusion.body_to_decide_anew": Word(_l("责令机构重新办理"), "warn", "undo"),
}

REFUSALS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "act-not-found": _l("没有这份文书，或者它不是送达贵单位的"),
        "act-not-appealable": _l("这份文书没有对贵单位不利的决定，不能申诉"),
        "appeal-not-found": _l("没有这件申诉，或者您不是当事方"),
        "appeal-too-late": _l("申诉期限已过。发现新的事实，可以向监管部门反映，或纠正后重新申请"),
        "appeal-already-filed": _l("对这份文书已经提出过申诉，请查看办理进度"),
        "appeal-missing": _l("只有申诉决定可以重新打开已决定的案卷"),
        "second-appeal-still-open": _l("向监管部门申诉的期限还没有过，不能结案"),
        "took-part-in-the-case": _l("您办理过该案，不能处理对它的申诉；请由没有办理过的人处理"),
        "grounds-missing": _l("写明申诉的事实和理由"),
        "findings-missing": _l("写明调查了什么、查到什么"),
        "outcome-missing": _l("选择处理结果"),
        "record-retained": _l("已决定案卷的记录在保存期限内，不能删除"),
    }.items()
}

WORDS = ACTS | STATES | REFUSALS
