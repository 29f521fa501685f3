"""The words of certificates: what they are worth, what changed that, their label."""

from core.i18n import _l
from core.words import Word

STATES = {
    "certificate.state.valid": Word(_l("有效"), "ok", "shield"),
    "certificate.state.suspended": Word(_l("已暂停"), "warn", "pause"),
    "certificate.state.withdrawn": Word(_l("已撤销"), "stop", "stop"),
    "certificate.state.cancelled": Word(_l("已注销"), "", "minus"),
    "certificate.state.expired": Word(_l("已过期"), "", "clock"),
    "certificate.state.not_issued": Word(_l("尚未生效"), "", "clock"),
    "certificate.step.suspend": Word(_l("暂停证书"), "warn", "pause"),
    "certificate.step.restore": Word(_l("恢复证书"), "ok", "check"),
    "certificate.step.withdraw": Word(_l("撤销证书"), "stop", "stop"),
    "certificate.step.cancel": Word(_l("注销证书"), "", "minus"),
    "conclusion.conforms": Word(_l("符合认证依据的要求"), "ok", "check"),
    "conclusion.footprint_verified": Word(_l("碳足迹量化结果经核查，符合认证依据的要求"), "ok", "check"),
}

# What the register holds otherwise than it was signed.
DIFFERS = {
    "differs.signature": Word(_l("签名")),
    "differs.number": Word(_l("证书编号")),
    "differs.code": Word(_l("核验码")),
    "differs.issued_on": Word(_l("发证日期")),
    "differs.begins_on": Word(_l("生效日期")),
    "differs.valid_to": Word(_l("有效期")),
    "differs.demo": Word(_l("演示标记")),
    "differs.body": Word(_l("发证机构")),
    "differs.holder": Word(_l("持证人")),
    "differs.edition": Word(_l("版本")),
    "differs.dated": Word(_l("版本日期")),
    "differs.product_name": Word(_l("产品名称")),
    "differs.carbon": Word(_l("碳足迹")),
    "differs.carbon_unit": Word(_l("碳足迹单位")),
    "differs.models": Word(_l("规格型号")),
    "differs.acts": Word(_l("状态变化的记录")),
}

LABELS = {
    "label.state.requested": Word(_l("等机构许可"), "info", "clock"),
    "label.state.licensed": Word(_l("已许可"), "ok", "check"),
    "label.state.refused": Word(_l("未许可"), "stop", "stop"),
    "label.step.request": Word(_l("申请使用标签"), "", "send"),
    "label.step.license": Word(_l("许可使用标签"), "", "check"),
    "label.step.refuse": Word(_l("不予许可"), "", "stop"),
    "variant.full": Word(_l("标准型")),
    "variant.square": Word(_l("方型")),
    "variant.qr": Word(_l("扫码型")),
    "variant.badge": Word(_l("网页徽章")),
    "variant.micro": Word(_l("微型")),
}

CAUSES = {
    "cause.misuse": Word(_l("证书或标志使用不符合规定")),
    "cause.rule_breach": Word(_l("违反认证规则或机构要求")),
    "cause.surveillance_finding": Word(_l("监督发现不符合，可以整改")),
    "cause.check_missed": Word(_l("没有按期接受跟踪检查")),
    "cause.change_not_made": Word(_l("标准或规则变更后没有按期办理变更")),
    "cause.holder_request": Word(_l("持证人申请")),
    "cause.corrected": Word(_l("整改完成并经核实")),
    "cause.not_corrected": Word(_l("暂停期内没有整改或整改不合格")),
    "cause.serious_defect": Word(_l("监督发现严重缺陷")),
    "cause.accident": Word(_l("产品缺陷造成重大事故")),
    "cause.fraud": Word(_l("弄虚作假或拒绝监督")),
    "cause.regulator_order": Word(_l("监管部门责令")),
    "cause.production_ended": Word(_l("不再生产该产品")),
    "cause.eliminated_product": Word(_l("产品列入淘汰目录")),
    "cause.holder_dissolved": Word(_l("持证人、生产者或生产企业破产、关闭或解散")),
    "cause.cannot_conform": Word(_l("持证人声明不能满足变更后的要求")),
}

ITEMS = {
    "item.client": Word(_l("认证委托人名称、地址")),
    "item.manufacturer": Word(_l("生产者名称、地址")),
    "item.factory": Word(_l("生产企业名称、地址")),
    "item.product": Word(_l("产品名称、规格型号")),
    "item.basis": Word(_l("认证依据")),
    "item.mode": Word(_l("认证模式")),
    "item.conclusion": Word(_l("认证结论")),
    "item.validity": Word(_l("发证日期和有效期限")),
    "item.body": Word(_l("发证机构")),
    "item.number": Word(_l("证书编号")),
    "item.inventory": Word(_l("产品碳排放清单")),
    "item.query": Word(_l("查询网址和电话")),
}

REFUSALS = {
    "refusal.certificate-item-missing": Word(_l("证书还缺必须载明的内容：{named}。补齐后再签发")),
    "refusal.issue-before-decision": Word(_l("发证日期不能早于认证决定日期")),
    "refusal.certificate-not-found": Word(_l("没有查到这张证书")),
    "refusal.certificate-number-mistyped": Word(_l("证书编号的校验位不对，可能抄错了一位，请核对")),
    "refusal.certificate-not-valid": Word(_l("证书今天不是有效状态，不能申请或下载标签")),
    "refusal.signing-key-missing": Word(
        _l("签名密钥不在本机：机构 {uscc} 用过的密钥 {kid} 找不到，恢复以前不能签发；不会自动另造一把")
    ),
    "refusal.signing-key-exists": Word(_l("机构 {uscc} 已有签名密钥，要换新的请轮换")),
    "refusal.signing-key-unknown": Word(_l("机构 {uscc} 还没有签名密钥，先建一把")),
    "refusal.certificate-differs": Word(_l("登记库里的内容与发证机构签名的不同，查明以前不能取用")),
    "refusal.cause-unknown": Word(_l("从列表里选择原因")),
    "refusal.suspension-end-missing": Word(_l("填写暂停的截止日期")),
    "refusal.suspension-too-long": Word(_l("截止日期应在今天之后、有效期之内，最长十二个月")),
    "refusal.suspension-over": Word(_l("暂停期已经结束，不能恢复；应决定撤销或注销")),
    "refusal.label-already-requested": Word(_l("已有一份标签申请，等机构答复")),
    "refusal.label-already-licensed": Word(_l("标签已经许可，可以直接下载")),
    "refusal.label-not-licensed": Word(_l("机构还没有许可使用标签，不能下载图样")),
    "refusal.label-not-found": Word(_l("没有这份标签申请，或者您不是当事方")),
    "refusal.label-variant-unknown": Word(_l("没有这种标签")),
    "refusal.uses-missing": Word(_l("写明标签用在哪里，例如外包装、说明书、网店")),
}

WORDS = STATES | DIFFERS | LABELS | CAUSES | ITEMS | REFUSALS
