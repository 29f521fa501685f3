"""The words around what people are told."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "notice.how.digest": Word(_l("每天一封汇总")),
    "notice.how.at_once": Word(_l("随时")),
    "notice.how.none": Word(_l("不发邮件")),
    "notice.group.task": Word(_l("待办"), "warn", "clock"),
    "notice.group.deadline": Word(_l("期限"), "stop", "alert"),
    "notice.group.progress": Word(_l("进展"), "info", "info"),
    "notice.group.certificate": Word(_l("证书"), "ok", "shield"),
    "delivery.kind.digest": Word(_l("每天汇总")),
    "delivery.kind.at_once": Word(_l("随时")),
    "delivery.state.waiting": Word(_l("等待发送"), "wait", "clock"),
    "delivery.state.trying": Word(_l("没有发出，稍后再试"), "warn", "clock"),
    "delivery.state.failed": Word(_l("发送失败"), "stop", "stop"),
    "delivery.state.not_needed": Word(_l("不必再发：都已读过或办完"), "", "check"),
    "delivery.state.sent": Word(_l("已发出"), "ok", "check"),
    "delivery.state.not_configured": Word(_l("没有发出：邮件服务未配置"), "warn", "alert"),
}
