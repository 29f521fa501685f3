"""The words of fees."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "fee.application_fee": Word(_l("申请费")),
    "fee.person_day": Word(_l("现场核查（人日）")),
    "fee.test_item": Word(_l("检测（项）")),
    "fee.model": Word(_l("增加型号（个）")),
    "fee.certificate_fee": Word(_l("批准与证书费")),
    "fee.entry.reduction": Word(_l("减免"), "", "minus"),
    "fee.entry.invoice": Word(_l("发票"), "", "file"),
    "fee.entry.payment": Word(_l("付款凭证"), "", "check"),
    "refusal.amount-wrong": Word(_l("金额写成元，不小于零，最多两位小数")),
    "refusal.fee-above-rule": Word(_l("认证规则规定这一项最高 {most} 元")),
    "refusal.fees-not-backdated": Word(_l("收费标准不能从过去的日期施行")),
    "refusal.ground-missing": Word(_l("写明减免的依据")),
    "refusal.proof-missing": Word(_l("附上付款凭证")),
}
