"""The words of evaluation: findings, functions, refusals."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "finding.conform": Word(_l("符合"), "ok", "check"),
    "finding.minor": Word(_l("一般不符合"), "warn", "flag"),
    "finding.major": Word(_l("严重不符合"), "stop", "flag"),
    "grade.minor": Word(_l("一般"), "warn", "flag"),
    "grade.major": Word(_l("严重"), "stop", "flag"),
    "conclusion.pass": Word(_l("通过"), "ok", "check"),
    "conclusion.pass_after_correction": Word(_l("整改后通过"), "ok", "check"),
    "conclusion.fail": Word(_l("不通过"), "stop", "stop"),
    "conclusion.reported": Word(_l("仅报告"), "", "info"),
    "result.pass": Word(_l("通过"), "ok", "check"),
    "result.fail": Word(_l("不通过"), "stop", "stop"),
    "criterion.pass": Word(_l("达到"), "ok", "check"),
    "criterion.fail": Word(_l("没有达到"), "stop", "stop"),
    "criterion.undecided": Word(_l("不能判定"), "stop", "alert"),
    "criterion.unknown": Word(_l("还缺数据"), "warn", "clock"),
    "function.document_reviewer": Word(_l("文件评审员")),
    "function.lead_verifier": Word(_l("核查组长")),
    "function.verifier": Word(_l("核查员")),
    "nonconformity.state.raised": Word(_l("待企业答复"), "warn", "clock"),
    "nonconformity.state.escalated": Word(_l("逾期升级，待答复"), "stop", "clock"),
    "nonconformity.state.overdue": Word(_l("逾期未答复"), "stop", "alert"),
    "nonconformity.state.answered": Word(_l("待验证"), "info", "clock"),
    "nonconformity.state.closed": Word(_l("已关闭"), "ok", "check"),
    "nonconformity.step.answer": Word(_l("提交整改答复"), "", "send"),
    "nonconformity.step.reject": Word(_l("退回再补"), "", "undo"),
    "nonconformity.step.close": Word(_l("接受并关闭"), "", "check"),
    "nonconformity.step.withdraw_finding": Word(_l("撤回不符合项"), "", "undo"),
    "refusal.row-not-corrected": Word(
        _l(
            "挂在活动数据某一行的不符合项，要等企业改了这一行，或者核查员更正为核实值，才能关闭；开错了的，写明理由撤回"
        )
    ),
    "refusal.unregistered-on-day": Word(_l("{who}在 {day} 没有登记为本机构的核查人员，这一天不能做现场核查")),
    "refusal.registered-elsewhere-on-day": Word(_l("{who}在 {day} 登记在另一家机构，这一天不能做现场核查")),
    "refusal.not-competent-on-day": Word(
        _l("{who}在 {day} 没有这类产品核查的有效能力，这一天不能做现场核查")
    ),
    "refusal.body-out-of-scope-on-day": Word(_l("{who}在 {day} 没有这套规则的批准，这一天的现场核查不算")),
    "nonconformity.step.escalate": Word(_l("逾期，升级为严重不符合"), "", "flag"),
    "nonconformity.step.lapse": Word(_l("逾期未答复"), "", "alert"),
    "meeting.opening": Word(_l("首次会议")),
    "meeting.closing": Word(_l("末次会议")),
    "refusal.plant-size-missing": Word(_l("规则按人数定现场人日，填写生产企业的人数")),
    "refusal.checklist-unanswered": Word(_l("核查表的每一项都要写结论，每项一次")),
    "refusal.checklist-major-open": Word(_l("核查表里有严重不符合，不能写“通过”或“建议批准”")),
    "refusal.site-unnamed": Word(_l("每个场所都要写名称和地址")),
    "refusal.site-not-covered": Word(_l("现场要覆盖申请的生产场所：把生产企业的地址列入方案")),
    "refusal.site-without-team": Word(_l("每个场所都要有评审组的核查员或组长到场")),
    "refusal.site-not-found": Word(_l("方案里没有这个场所或这项核查内容")),
    "refusal.meeting-missing": Word(_l("写明首次会议和末次会议的日期、参加人和确认人")),
    "refusal.photograph-not-a-picture": Word(_l("照片只收 JPG 或 PNG 文件")),
    "refusal.not-the-raiser": Word(_l("由开出不符合项的人或核查组长判定答复")),
    "refusal.nonconformity-not-overdue": Word(_l("答复期限还没有过")),
    "refusal.nonconformity-not-minor": Word(_l("只有一般不符合项逾期会升级")),
    "refusal.nonconformity-not-major": Word(_l("只有严重不符合项会判为逾期未答复")),
}
