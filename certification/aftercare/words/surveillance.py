"""The words of follow-up checks, of proposed status acts and of the register of label uses."""

from core.i18n import _l
from core.words import Word

SURVEILLANCE = {
    "surveillance.state.planned": Word(_l("已计划"), "", "calendar"),
    "surveillance.state.notified": Word(_l("已通知"), "info", "send"),
    "surveillance.state.conducted": Word(_l("已实施，待结论"), "info", "clock"),
    "surveillance.state.correcting": Word(_l("整改中"), "warn", "pencil"),
    "surveillance.state.passed": Word(_l("合格"), "ok", "check"),
    "surveillance.state.failed": Word(_l("不合格"), "stop", "x"),
    "surveillance.state.declined": Word(_l("已说明理由，不检查"), "warn", "x"),
    "surveillance.step.decline_order": Word(_l("说明不检查的理由"), "", "x"),
    "surveillance.state.lapsed": Word(_l("证书已终止，不再检查"), "", "minus"),
    "surveillance.step.notify": Word(_l("下达检查通知"), "", "send"),
    "surveillance.step.conduct": Word(_l("提交检查记录"), "", "filecheck"),
    "surveillance.step.require": Word(_l("要求整改"), "warn", "pencil"),
    "surveillance.step.answer": Word(_l("答复整改"), "", "send"),
    "surveillance.step.pass": Word(_l("结论：合格"), "ok", "check"),
    "surveillance.step.fail": Word(_l("结论：不合格"), "stop", "x"),
    "check_finding.state.raised": Word(_l("待企业答复"), "warn", "clock"),
    "check_finding.state.answered": Word(_l("已答复，待评定"), "info", "clock"),
    "check_finding.state.closed": Word(_l("已关闭"), "ok", "check"),
    "check_finding.step.answer": Word(_l("提交整改答复"), "", "send"),
    "check_finding.step.reject": Word(_l("退回答复"), "warn", "undo"),
    "check_finding.step.close": Word(_l("接受并关闭"), "ok", "check"),
    "surveillance.step.lapse": Word(_l("随证书终止"), "", "minus"),
    "surveillance_check.product_consistency": Word(_l("生产的产品与获证产品一致")),
    "surveillance_check.quality_assurance": Word(_l("质量保证水平和能力得到保持")),
    "surveillance_check.energy_monitoring": Word(_l("能源计量设备运行和检定正常")),
    "surveillance_check.footprint_kept": Word(_l("产品碳足迹仍符合认证依据")),
    "surveillance_check.label_use": Word(_l("证书和标志的使用符合规定")),
    "surveillance_check.changes_reported": Word(_l("影响认证的变更都已申报")),
    "surveillance_check.former_findings": Word(_l("上次的不符合项没有再发生")),
}

PROPOSALS = {
    "status_proposal.state.open": Word(_l("待决定"), "warn", "clock"),
    "status_proposal.state.verified": Word(_l("已核实，待决定"), "info", "clock"),
    "status_proposal.step.verify": Word(_l("核实整改"), "", "filecheck"),
    "proof.confirmed": Word(_l("已整改，可以恢复"), "ok", "check"),
    "proof.not_confirmed": Word(_l("没有整改到位"), "stop", "x"),
    "status_proposal.state.declined": Word(_l("不予办理"), "", "x"),
    "status_proposal.state.carried_out": Word(_l("已办理"), "ok", "check"),
    "status_proposal.state.lapsed": Word(_l("已失效"), "", "minus"),
    "status_proposal.step.decline": Word(_l("不予办理"), "", "x"),
    "status_proposal.step.carry_out": Word(_l("照此办理"), "ok", "check"),
    "status_proposal.step.lapse": Word(_l("随状态变化失效"), "", "minus"),
    "proposal_source.holder": Word(_l("持证人申请"), "info", "user"),
    "proposal_source.regulator": Word(_l("监管部门要求"), "stop", "flag"),
    "order.check": Word(_l("对证书实施检查")),
    "order.suspend": Word(_l("暂停证书")),
    "order.withdraw": Word(_l("撤销证书")),
    "clock.status_order": Word(_l("办理监管部门的要求")),
    "clock.check_order": Word(_l("实施监管部门要求的检查")),
    "proposal_source.suspension_ended": Word(_l("暂停期满，没有恢复"), "warn", "clock"),
    "proposal_source.retraction": Word(_l("所依据的检测报告已撤回"), "stop", "undo"),
    "proposal_source.rule_change": Word(_l("规则换版期满，没有换版"), "stop", "clock"),
    "proposal_source.check_missed": Word(_l("跟踪检查逾期，没有实施"), "stop", "clock"),
    "proposal_source.surveillance": Word(_l("跟踪检查不合格"), "stop", "x"),
}

USES = {
    "medium.product": Word(_l("产品本体"), "", "box"),
    "medium.packaging": Word(_l("包装"), "", "box"),
    "medium.advertising": Word(_l("广告"), "", "globe"),
    "medium.brochure": Word(_l("产品介绍"), "", "file"),
}

NOTICES = {
    f"notice.{kind}": Word(text)
    for kind, text in {
        "surveillance.notify": _l("证书 {number}（{product}）：跟踪检查定于 {on}，请做好准备"),
        "surveillance.notify.team": _l("证书 {number}（{product}）：您在检查组，{on}实施跟踪检查"),
        "surveillance.conduct": _l("证书 {number}（{product}）：跟踪检查记录已提交，请作结论"),
        "surveillance.require": _l("证书 {number}（{product}）：跟踪检查要求整改，{due}前答复"),
        "surveillance.answer": _l("证书 {number}（{product}）：企业已答复整改，请作结论"),
        "check_finding.answer": _l("证书 {number}（{product}）：企业答复了跟踪检查的 {finding}，请评定"),
        "check_finding.reject": _l("证书 {number}（{product}）：跟踪检查 {finding} 的答复被退回"),
        "check_finding.close": _l("证书 {number}（{product}）：跟踪检查的 {finding} 已关闭"),
        "check_finding.close.last": _l("证书 {number}（{product}）：跟踪检查的不符合项都已关闭，请作结论"),
        "surveillance.pass": _l("证书 {number}（{product}）：跟踪检查合格"),
        "surveillance.fail": _l("证书 {number}（{product}）：跟踪检查不合格，机构将决定如何处理证书"),
        "surveillance.order": _l("证书 {number}（{product}）：监管部门要求检查，{due}前实施或者说明理由"),
        "surveillance.order.holder": _l("证书 {number}（{product}）：监管部门要求检查，机构将在 {due}前安排"),
        "surveillance.decline_order": _l("证书 {number}（{product}）：机构没有实施要求的检查，说明了理由"),
        "status_proposal.propose.ordered": _l(
            "证书 {number}（{product}）：监管部门要求{what}，{due}前办理或者说明理由"
        ),
        "status_proposal.decline.ordered": _l("证书 {number}（{product}）：机构没有按要求{what}，说明了理由"),
        "status_proposal.carry_out": _l("证书 {number}（{product}）：机构已按要求{what}"),
        "surveillance.miss": _l("证书 {number}（{product}）：跟踪检查应在 {due}前实施，已经逾期"),
        "surveillance.miss.regulator": _l("证书 {number}（{product}）：机构没有在 {due}前实施跟踪检查"),
        "status_proposal.propose": _l("证书 {number}（{product}）：{what}，请决定"),
        "status_proposal.propose.restore": _l("证书 {number}（{product}）：持证人申请恢复，请核实整改"),
        "status_proposal.verify": _l("证书 {number}（{product}）：整改已核实，请决定是否恢复"),
        "status_proposal.decline": _l("证书 {number}（{product}）：{what}的申请未予办理"),
    }.items()
}

REFUSALS = {
    "refusal.surveillance-plan-incomplete": Word(_l("填写检查日期、人日数，选择检查组")),
    "refusal.surveillance-check-unanswered": Word(_l("每个检查项目都要写结论")),
    "refusal.surveillance-finding-open": Word(_l("检查有不符合项，先要求整改，或者结论不合格")),
    "refusal.correction-not-answered": Word(_l("企业还没有答复整改")),
    "refusal.correction-not-judged": Word(_l("企业的答复还没有评定，评定关闭以后才能合格")),
    "refusal.check-not-correcting": Word(_l("检查不在整改中：机构提出整改以后才答复，作出结论以后不再改")),
    "refusal.check-finding-not-found": Word(_l("没有这个不符合项，或者您不是当事方")),
    "refusal.correction-due-missing": Word(_l("填写整改期限")),
    "refusal.conducted-on-missing": Word(_l("填写检查日期，不能晚于今天")),
    "refusal.outside-the-window": Word(_l("检查日期要在计划的窗口之内")),
    "refusal.check-not-of-this-visit": Word(
        _l("一次到厂检查的，只能是本机构在同一家工厂的其他证书，而且办到同一步")
    ),
    "refusal.yearly-footprint-missing": Word(_l("规则要求每年报送碳足迹：写明统计期、申报值和核查值")),
    "refusal.record-of-one-footprint": Word(_l("年度碳足迹是一张证书的，这份记录不能同时用于其他证书")),
    "refusal.footprint-over-limit-conforms": Word(
        _l("核查的年度碳足迹超过证书所依据的限值，碳足迹一项不能写符合")
    ),
    "refusal.check-refuses-the-visit": Word(_l("{number} 不能一起办，打开那次检查可以看到原因")),
    "refusal.surveillance-not-found": Word(_l("没有这次跟踪检查，或者您不是当事方")),
    "refusal.proposal-not-found": Word(_l("没有这份请求，或者您不是当事方")),
    "refusal.check-not-ordered": Word(_l("计划内的检查必须实施；只有监管部门要求的检查可以说明理由")),
    "refusal.already-ordered": Word(_l("同样的要求正在由机构办理")),
    "refusal.order-unknown": Word(_l("选择要求检查、暂停还是撤销")),
    "refusal.already-requested": Word(_l("同样的申请正在等机构决定")),
    "refusal.request-unknown": Word(_l("可以申请的是暂停、恢复或注销")),
    "refusal.request-not-possible": Word(_l("证书现在的状态不能提出这项申请")),
    "refusal.nothing-to-verify": Word(_l("只有恢复证书的申请要核实整改")),
    "refusal.verification-incomplete": Word(_l("写明核实日期、看了什么、结论是什么")),
    "refusal.restoration-not-requested": Word(_l("持证人还没有申请恢复。恢复要由持证人在暂停期内提出")),
    "refusal.restoration-not-verified": Word(_l("整改还没有核实，或者核实的结论是没有整改到位")),
    "refusal.suspended-by-the-same": Word(_l("这张证书是您暂停的，恢复要由另一个人决定")),
    "refusal.verified-by-the-same": Word(_l("整改是您核实的，恢复要由另一个人决定")),
    "refusal.medium-unknown": Word(_l("选择标签用在产品、包装、广告还是产品介绍")),
    "refusal.place-missing": Word(_l("写明具体用在哪里")),
    "refusal.since-missing": Word(_l("填写开始使用的日期")),
    "refusal.quantity-not-positive": Word(_l("数量要大于零")),
    "refusal.use-end-impossible": Word(_l("停用日期不能早于开始使用，也不能晚于今天")),
    "refusal.label-use-not-found": Word(_l("没有这条标签使用记录")),
}

WORDS = SURVEILLANCE | PROPOSALS | USES | NOTICES | REFUSALS
