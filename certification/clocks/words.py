"""The words of clocks: what each is called, what moved it, whose time it was."""

from core.i18n import _l
from core.words import Word

NAMES = {
    "clock.acceptance": Word(_l("受理决定")),
    "clock.correction": Word(_l("补正")),
    "clock.acceptance_to_certificate": Word(_l("受理到发证")),
    "clock.site_after_documents": Word(_l("文件评审通过到现场核查")),
    "clock.site_to_certificate": Word(_l("现场核查通过到发证")),
    "clock.approval_to_certificate": Word(_l("批准到发证")),
    "clock.nonconformity_minor": Word(_l("答复一般不符合项")),
    "clock.nonconformity_major": Word(_l("答复严重不符合项")),
    "clock.appeal": Word(_l("提出申诉")),
    "clock.second_appeal": Word(_l("向监管部门申诉")),
    "clock.surveillance_from": Word(_l("获证后开始跟踪检查")),
    "clock.surveillance_interval": Word(_l("两次跟踪检查之间")),
    "clock.suspension_max": Word(_l("暂停最长")),
    "clock.recertification_earliest": Word(_l("最早在到期前多久申请再认证")),
    "clock.recertification_latest": Word(_l("最迟在到期前多久申请再认证")),
    "clock.reapplication_wait": Word(_l("撤销后再次申请前等待")),
    "clock.appeal_handling": Word(_l("处理申诉")),
    "clock.surveillance_correction": Word(_l("监督发现问题的整改")),
}

OWNERS = {
    "clock.owner.client": Word(_l("企业")),
    "clock.owner.laboratory": Word(_l("检测机构")),
    "clock.owner.body": Word(_l("认证机构")),
    "clock.owner.regulator": Word(_l("监管部门")),
    "clock.owner.service": Word(_l("本平台")),
}

REASONS = {
    "clock.reason.correction": Word(_l("等企业补正")),
    "clock.reason.documents_sent_back": Word(_l("文件评审未通过，等企业修改")),
    "clock.reason.nonconformity": Word(_l("等企业答复不符合项")),
    "clock.reason.sample_awaited": Word(_l("等企业寄送样品")),
    "clock.reason.testing": Word(_l("等检测机构出报告")),
    "clock.reason.answer_examined": Word(_l("机构在核对答复")),
}

ENTRIES = {
    "clock.entry.start": Word(_l("起算"), "", "clock"),
    "clock.entry.fix": Word(_l("指定到期日"), "", "pin"),
    "clock.entry.pause": Word(_l("停止计时"), "wait", "pause"),
    "clock.entry.resume": Word(_l("恢复计时"), "info", "right"),
    "clock.entry.extend": Word(_l("延长"), "chg", "plus"),
    "clock.entry.credit": Word(_l("补回服务中断"), "chg", "bolt"),
    "clock.entry.replan": Word(_l("重算"), "chg", "calendar"),
    "clock.entry.met": Word(_l("按时办结"), "ok", "check"),
    "clock.entry.late": Word(_l("逾期办结"), "stop", "alert"),
    "clock.entry.void": Word(_l("不再计时"), "", "minus"),
}

LIGHTS = {
    "light.ok": Word(_l("时间充足"), "ok", "clock"),
    "light.amber": Word(_l("快到期"), "warn", "clock"),
    "light.red": Word(_l("已逾期"), "stop", "alert"),
    "light.paused": Word(_l("停止计时"), "wait", "pause"),
}

UNITS = {
    "clock.unit.working": Word(_l("个工作日")),
    "clock.unit.calendar": Word(_l("天")),
    "clock.unit.months": Word(_l("个月")),
    "clock.first.next": Word(_l("发生当日不算，次日起算")),
    "clock.first.same": Word(_l("发生当日算第一天")),
    "clock.term.act": Word(_l("遇休息日顺延到下一个工作日（民法典第二百零三条）")),
    "clock.term.span": Word(_l("不顺延")),
    "calendar.kind.holiday": Word(_l("放假"), "info", "sun"),
    "calendar.kind.workday": Word(_l("调休上班"), "warn", "calendar"),
}

REFUSALS = {
    "refusal.clock-not-found": Word(_l("没有这项时限，或者您不能查看")),
    "refusal.clock-ended": Word(_l("这项时限已经结束，不能再延长")),
    "refusal.extension-not-positive": Word(_l("延长的天数至少是 1")),
    "refusal.extension-too-long": Word(_l("这项时限一共最多延长 {longest} 天")),
    "refusal.outage-times-wrong": Word(_l("中断的结束要晚于开始，并且不能晚于现在")),
    "refusal.outage-twice": Word(_l("这段时间已经登记过服务中断")),
    "refusal.calendar-unchanged": Word(_l("这些内容和现行日历一样，没有要改的")),
}

WORDS = NAMES | OWNERS | REASONS | ENTRIES | LIGHTS | UNITS | REFUSALS
