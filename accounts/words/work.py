"""The words of jobs, for whoever looks after the installation."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "job.mail.send": Word(_l("发送邮件")),
    "job.act.draw": Word(_l("绘制文书")),
    "job.conversion.tell": Word(_l("通知新版规则涉及的持证企业")),
    "job.conversion.tell_retired": Word(_l("通知规则退役涉及的持证企业")),
    "job.conversion.go_on": Word(_l("试算规则草案")),
    "job.rule.draw": Word(_l("绘制规则文本")),
    "job.agreement.draw": Word(_l("绘制认证协议")),
    "job.evaluation_report.draw": Word(_l("绘制评价报告")),
    "job.adoption.preview": Word(_l("绘制文书预览")),
    "job.bid.draw": Word(_l("绘制投标产品核对结果")),
    "job.edition.draw": Word(_l("绘制采购清单")),
    "job.certificate.draw": Word(_l("绘制证书")),
}
