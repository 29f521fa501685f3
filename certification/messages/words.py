"""The words of messages about a case."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "thread.applicant": Word(_l("企业"), "", "building"),
    "thread.laboratory": Word(_l("检测机构"), "", "flask"),
    "thread.internal": Word(_l("内部备注"), "", "lock"),
    "thread.body": Word(_l("认证机构"), "", "shield"),
    "notice.message": Word(_l("消息")),
    "notice.application.message_of_body": Word(_l("案卷 {number}（{product}）：机构写来消息")),
    "notice.application.message_of_applicant": Word(_l("案卷 {number}（{product}）：企业写来消息")),
    "notice.application.message_of_laboratory": Word(_l("案卷 {number}（{product}）：检测机构写来消息")),
    "notice.sample.message": Word(_l("样品 {number}（{product}）：机构写来消息")),
    "refusal.thread-not-found": Word(_l("选择写给谁")),
    "refusal.message-empty": Word(_l("写点什么再发送")),
    "refusal.case-not-handed-in": Word(_l("申请提交以后，才能和机构往来")),
}
