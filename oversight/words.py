"""The words of the regulator's pages."""

from core.i18n import _l
from core.words import Word, known, word

COMPLAINTS = {
    "complaint.state.received": Word(_l("已收到"), "info", "clock"),
    "complaint.state.accepted": Word(_l("已受理，调解中"), "info", "scale"),
    "complaint.state.declined": Word(_l("不予受理"), "stop", "stop"),
    "complaint.state.settled": Word(_l("达成调解"), "ok", "check"),
    "complaint.state.ended": Word(_l("调解终止"), "", "minus"),
    "complaint.state.closed": Word(_l("已告知，办结"), "", "check"),
    "complaint.step.take_on": Word(_l("由我办理"), "", "user"),
    "complaint.step.accept": Word(_l("受理投诉"), "", "check"),
    "complaint.step.decline": Word(_l("不予受理投诉"), "", "stop"),
    "complaint.step.refer": Word(_l("转给发证机构办理"), "", "send"),
    "complaint.step.settle": Word(_l("记录调解协议"), "", "check"),
    "complaint.step.end": Word(_l("终止调解"), "", "minus"),
    "complaint.step.tell": Word(_l("告知投诉人"), "", "send"),
}

REPORTS = {
    "violation_report.state.received": Word(_l("已收到"), "info", "clock"),
    "violation_report.state.checking": Word(_l("核查中"), "info", "search"),
    "violation_report.state.case_opened": Word(_l("已立案"), "warn", "folder"),
    "violation_report.state.no_case": Word(_l("不予立案"), "", "minus"),
    "violation_report.state.closed": Word(_l("已告知，办结"), "", "check"),
    "violation_report.step.take_on": Word(_l("由我核查"), "", "user"),
    "violation_report.step.refer": Word(_l("转给发证机构办理"), "", "send"),
    "violation_report.step.extend": Word(_l("延长核查期限"), "", "clock"),
    "violation_report.step.open_case": Word(_l("立案"), "", "folder"),
    "violation_report.step.open_no_case": Word(_l("不予立案"), "", "minus"),
    "violation_report.step.tell": Word(_l("告知举报人"), "", "send"),
}

ABOUT = {
    "about.body": Word(_l("认证机构")),
    "about.holder": Word(_l("持证企业")),
    "about.product": Word(_l("产品或标签")),
    "about.laboratory": Word(_l("检测机构")),
    "about.other": Word(_l("其他")),
}

REFUSALS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "not-the-regulator": _l("这一页只给监管人员看"),
        "complaint-not-of-a-consumer": _l(
            "投诉限于为生活消费购买产品的争议（办法第三条）。企业、采购单位或同行请用举报；申请企业请提出申诉"
        ),
        "complainant-unnamed": _l("投诉要写明姓名和联系方式，否则不能调解和告知"),
        "reporter-half-named": _l("实名举报要同时写姓名和联系方式；匿名时两项都留空"),
        "about-missing": _l("写明反映的是谁"),
        "text-missing": _l("写明事实"),
        "no-regulator": _l("本平台还没有登记监管部门，暂时不能提交；请直接联系当地市场监管部门"),
        "handler-named": _l("已经有人办理"),
        "not-the-handler": _l("由办理人办理；不是您办理的，不能看反映人是谁"),
        "report-extended-once": _l("核查期限已经延长过一次"),
        "certificate-not-named": _l("反映的不是一张证书的编号，不能转给机构"),
        "referred-already": _l("已经转给机构：{number}"),
        "reporter-named": _l("文字里有反映人的姓名或联系方式。请改写：反映人的身份不得写进记录和告知"),
        "reporter-anonymous": _l("这是匿名反映，没有留下姓名"),
        "grievance-not-found": _l("没有这件投诉或举报"),
        "grievances-too-often": _l("同一地址提交太频繁，请过一小时再试"),
        "follow-up-unknown": _l("编号或查询码不对，请核对"),
    }.items()
}

# What was done, where it was not a step of something with a life: the verbs of the audit record.
RECORDED = {
    verb: Word(text)
    for verb, text in {
        "user.register": _l("登记账号"),
        "user.update": _l("修改账号资料"),
        "user.password": _l("修改密码"),
        "user.sign-in": _l("登录"),
        "user.lock": _l("停用账号"),
        "user.unlock": _l("恢复账号"),
        "organisation.register": _l("登记单位"),
        "organisation.update": _l("修改单位资料"),
        "membership.begin": _l("加入单位"),
        "membership.end": _l("离开单位"),
        "invitation.offer": _l("邀请人员"),
        "invitation.accept": _l("接受邀请"),
        "invitation.withdraw": _l("撤回邀请"),
        "role.grant": _l("授予职责"),
        "role.revoke": _l("收回职责"),
        "text.respell": _l("改写证书上显示不出的字"),
        "token.create": _l("建立接口令牌"),
        "token.revoke": _l("停用接口令牌"),
        "calendar.create": _l("建立日历订阅"),
        "absence.state": _l("登记缺勤"),
        "absence.withdraw": _l("撤回缺勤"),
        "calendar.revoke": _l("停用日历订阅"),
        "calendar.change": _l("更正工作日历"),
        "job.repeat": _l("重做后台任务"),
        "key.begin": _l("启用签名密钥"),
        "application.create": _l("新建案卷"),
        "application.update": _l("填写案卷"),
        "application.attach": _l("附上文件"),
        "application.detach": _l("移去文件"),
        "application.prove": _l("把文件连到排放源"),
        "body_complaint.file": _l("向机构提出投诉"),
        "body_complaint.read": _l("查看投诉人"),
        "application.message": _l("写消息"),
        "application.clone": _l("按旧案新建"),
        "application.hand_over": _l("移交案卷"),
        "application.amend": _l("改按新版规则办理"),
        "sheet.upload": _l("上传工作簿"),
        "sheet.apply": _l("应用工作簿的差别"),
        "sheet.drop": _l("不用上传的工作簿"),
        "sheet.row_accepted": _l("改好工作簿的一行"),
        "sheet.row_dropped": _l("放弃工作簿的一行"),
        "sheet.row_replaced": _l("工作簿的一行被新上传的替换"),
        "footprint.freeze": _l("固定碳足迹结果"),
        "factor.import": _l("导入排放因子"),
        "clock.extend": _l("延长时限"),
        "clock.outage": _l("登记服务中断"),
        "clock.replan": _l("按新日历重算时限"),
        "site.photograph": _l("保存现场照片"),
        "surveillance.missed": _l("跟踪检查逾期"),
        "impartiality.declare": _l("公正性声明"),
        "tie.declare": _l("申报利益关系"),
        "tie.end": _l("终止利益关系"),
        "competence.enter": _l("登记能力"),
        "competence.propose": _l("提出能力评价"),
        "act.write": _l("制作文书"),
        "certificate.issue": _l("签发证书"),
        "certificate.reissue": _l("换发证书"),
        "certificate.open_case": _l("就证书开立案卷"),
        "certificate.propose": _l("提出证书状态建议"),
        "certificate.remind": _l("提醒证书到期"),
        "certificate.convert": _l("提醒换版"),
        "rule_change.open": _l("规则换版"),
        "rule_change.read": _l("查阅换版"),
        "label.request": _l("申请使用标签"),
        "label.record_use": _l("登记标签使用"),
        "label.end_use": _l("终止标签使用"),
        "appeal.file": _l("提出申诉"),
        "complaint.file": _l("提出投诉"),
        "violation_report.file": _l("提出举报"),
        "sample.measure": _l("录入检测值"),
        "sample.remeasure": _l("更改检测值"),
        "test_report.read": _l("查阅检测报告"),
        "test_report.order_retraction": _l("要求撤回检测报告"),
        "suspension_batch.read": _l("查阅批量暂停"),
        "oversight.read": _l("监管查阅"),
        "data.verify": _l("核对一项申报数据"),
        "fees.publish": _l("公布收费标准"),
        "fees.reduction": _l("登记减免"),
        "fees.invoice": _l("登记票据"),
        "fees.payment": _l("登记付款"),
        "register.enter": _l("新增登记"),
        "register.end": _l("终止登记"),
        "scheme.added": _l("载入认证规则"),
        "scheme.changed": _l("更改认证规则"),
        "adoption.begin": _l("开始采用规则"),
        "adoption.write": _l("修改采用的内容"),
        "adoption.word": _l("修改文书的行文"),
        "rule_draft.begin": _l("开始规则草案"),
        "rule_retirement.propose": _l("提出废止规则"),
        "rule_draft.try": _l("试算规则草案"),
        "rule_draft.write": _l("修改规则草案"),
        "draft_comment.bring": _l("对规则草案提意见"),
        "catalog.add_technology": _l("公布低碳技术"),
        "catalog.import_devices": _l("导入设备目录"),
        "procurement.import_categories": _l("导入品目"),
        "procurement.import_crosswalk": _l("导入品目编码对照"),
        "supply_answer.say": _l("答复清单是否供货"),
        "list_objection.bring": _l("对清单提出异议或申请更正"),
        "list_objection.read": _l("查看清单异议的提出人或证据"),
        "maker_suspension.propose": _l("起草暂停列入"),
        "maker_suspension.write": _l("修改暂停列入草案"),
        "policy_proposal.propose": _l("起草采购政策"),
        "policy_proposal.write": _l("修改采购政策草案"),
        "procurement.load_policy": _l("录入采购政策"),
        "bid.check": _l("核对投标产品"),
        "edition.draft": _l("起草清单"),
        "edition.suspend": _l("清单中产品暂停"),
        "edition.restore": _l("清单中产品恢复"),
        "edition.withdraw": _l("清单中产品撤销"),
        "edition.cancel": _l("清单中产品注销"),
        "edition.supersede": _l("清单中产品换发新证"),
    }.items()
}


def deed(verb: str) -> Word:
    """What an entry of the record says was done; the record outlives the words of earlier versions."""
    kind, _dot, step = verb.partition(".")
    if verb in RECORDED:
        return RECORDED[verb]
    return word(f"{kind}.step.{step}") if known(f"{kind}.step.{step}") else Word(verb)


WORDS = COMPLAINTS | REPORTS | ABOUT | REFUSALS
