"""What people are told after a step, as a sentence that stands alone, in the inbox and in a mail."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "calendar.visit": Word(_l("现场核查")),
    "refusal.calendar-day-unknown": Word(_l("日历里没有这一天，可能已经办完或改期")),
} | {
    f"notice.{kind}": Word(text)
    for kind, text in {
        "deadline.amber": _l("{number} {product}：{what}将于 {due}到期"),
        "deadline.red": _l("{number} {product}：{what}已于 {due}到期，请立即办理"),
        "label.request": _l("证书 {number}：持证人申请使用标识，请答复"),
        "certificate.remind": _l("证书 {certificate}（{product}）将于 {valid_to}到期，请申请再认证"),
        "reason": _l("理由"),
        "answer": _l("答复"),
        "application.submit": _l("{number} {product}：企业已提交申请，请办理受理审查"),
        "application.correct": _l("{number} {product}：请补正 {count} 处，{due}前提交"),
        "application.resubmit": _l("{number} {product}：企业已提交补正，请继续受理审查"),
        "application.terminate": _l("{number} {product}：逾期未补正，案卷已终止"),
        "application.decline": _l("{number} {product}：不予受理"),
        "application.accept": _l("{number} {product}：申请已受理"),
        "application.accept.officer": _l("{number} {product}：已受理，请发出认证协议"),
        "application.offer": _l("{number} {product}：认证协议已发出，请签署"),
        "application.sign": _l("{number} {product}：企业已签署协议，请下达评审方案"),
        "application.plan": _l("{number} {product}：评审方案已下达，现场核查 {from}至 {to}，组长 {lead}"),
        "application.plan.team": _l("{number} {product}：您在评审组，现场核查 {from}至 {to}，共 {days} 人日"),
        "application.plan.partial": _l("{number} {product}：评审方案已下达，这次只评审变更涉及的部分"),
        "application.plan.team_partial": _l("{number} {product}：您在评审组，这次只评审变更涉及的部分"),
        "application.review_documents": _l("{number} {product}：文件评审结论已提交"),
        "application.order_sample": _l("{number} {product}：请寄样品 {sample}，型号 {model}，{quantity} 件"),
        "application.order_sample.laboratory": _l(
            "检测委托 {sample}：型号 {model}，{quantity} 件，待样品到达"
        ),
        "application.raise": _l("{number} {product}：开出{grade}不符合项 {finding}，请在 {due}前答复"),
        "application.verify_site": _l("{number} {product}：现场核查记录已提交"),
        "application.finish": _l("{number} {product}：评审完成，进入复核"),
        "application.finish.reviewer": _l("{number} {product}：评审完成，请复核"),
        "application.report_failure": _l("{number} {product}：评审未通过，请复核"),
        "application.return": _l("{number} {product}：复核退回评审，请补充"),
        "application.recommend": _l("{number} {product}：复核意见已提交，请作出认证决定"),
        "application.grant": _l("{number} {product}：已批准，请会签"),
        "application.refuse": _l("{number} {product}：不予认证"),
        "application.refuse.officer": _l("{number} {product}：已作出不予认证的决定"),
        "application.issue": _l("{product}：证书 {certificate} 已签发，有效至 {valid_to}"),
        "application.recall": _l("{number} {product}：企业已撤回申请"),
        "grounds": _l("申诉理由"),
        "application.reopen": _l("{number} {product}：申诉后撤销原决定，请重新复核"),
        "application.reopen.client": _l("{number} {product}：申诉后撤销原决定，案卷重新复核"),
        "application.readmit": _l("{number} {product}：申诉后撤销原决定，请重新办理受理"),
        "application.readmit.client": _l("{number} {product}：申诉后撤销原决定，重新办理受理"),
        "application.reinstate": _l("{number} {product}：申诉后撤销终止，请在 {due}前补正"),
        "application.reinstate.body": _l("{number} {product}：申诉后撤销终止，恢复补正"),
        "nonconformity.reinstate": _l("{number} {product}：申诉后不符合项 {finding} 重新计时，请答复"),
        "application.fall_back": _l("{number} {product}：评审依据有变，案卷退回评审"),
        "appeal.file": _l("申诉 {number}（{product}）：请在 {due}前处理"),
        "appeal.accept": _l("申诉 {number}（{product}）：已受理"),
        "appeal.reject": _l("申诉 {number}（{product}）：不予受理，{until}前可以向监管部门申诉"),
        "appeal.serve": _l("申诉 {number}（{product}）：{outcome}，{until}前可以向监管部门申诉"),
        "appeal.escalate": _l("申诉 {number}（{product}）：企业已向监管部门申诉"),
        "appeal.conclude": _l("申诉 {number}（{product}）：监管部门已有结论"),
        "test_report.amend": _l("{number} {product}：检测报告 {report} 已更正"),
        "test_report.retract": _l("{number} {product}：检测报告 {report} 已被检测机构撤回"),
        "test_report.annul": _l("{number} {product}：检测报告 {report} 已作废"),
        "certificate.reinstate": _l("证书 {certificate} 自 {on}起恢复有效"),
        "sample.accept_order": _l("{number} {product}：检测机构已接受委托 {sample}"),
        "sample.decline_order": _l("{number} {product}：检测机构没有接受委托 {sample}"),
        "sample.send": _l("样品 {sample} 已寄出，型号 {model}，请接收"),
        "sample.resume": _l("样品 {sample} 的疑问已澄清，请继续检测"),
        "sample.replace": _l("{number} {product}：样品 {sample} 需要更换"),
        "sample.replace.laboratory": _l("样品 {sample} 将更换，请停止检测"),
        "nonconformity.answer": _l("{number} {product}：企业已答复不符合项 {finding}，请核实"),
        "nonconformity.reject": _l("{number} {product}：不符合项 {finding} 的答复未通过，请补充后再答"),
        "nonconformity.escalate": _l(
            "{number} {product}：不符合项 {finding} 逾期未答复，升级为严重，请尽快答复"
        ),
        "nonconformity.lapse": _l(
            "{number} {product}：严重不符合项 {finding} 逾期未答复，机构可报告评审不通过"
        ),
        "nonconformity.lapse.lead": _l(
            "{number} {product}：严重不符合项 {finding} 逾期未答复，可以报告评审不通过"
        ),
        "nonconformity.close": _l("{number} {product}：不符合项 {finding} 已关闭"),
        "sample.dispatch": _l("样品 {sample} 已寄出，型号 {model}，请接收"),
        "sample.receive": _l("样品 {sample} 已接收，型号 {model}，请检测"),
        "sample.record": _l("样品 {sample} 已录入结果，请审核签发报告"),
        "sample.doubt": _l("{number} {product}：检测机构对样品 {sample} 提出疑问"),
        "sample.report": _l("{number} {product}：样品 {sample} 的检测报告已出具"),
        "sample.report.client": _l("{number} {product}：样品 {sample} 的检测报告已出具"),
        "certificate.suspend": _l("证书 {certificate} 自 {on}起暂停，至 {until}，原因：{cause}"),
        "certificate.restore": _l("证书 {certificate} 自 {on}起恢复有效"),
        "certificate.withdraw": _l("证书 {certificate} 自 {on}起撤销，原因：{cause}"),
        "certificate.cancel": _l("证书 {certificate} 自 {on}起注销，原因：{cause}"),
        "label.license": _l("证书 {number}：已许可使用标识"),
        "label.refuse": _l("证书 {number}：标识使用申请未获许可"),
    }.items()
}
