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
    "opening.asked": Word(_l("等答复"), "wait", "clock"),
    "opening.granted": Word(_l("已开放"), "ok", "check"),
    "opening.refused": Word(_l("不开放"), "stop", "x"),
    "notice.application.opening_asked": Word(_l("案卷 {number}（{product}）：企业请求开放一项")),
    "notice.application.opening_granted": Word(_l("案卷 {number}（{product}）：请求的一项已开放")),
    "notice.application.opening_refused": Word(_l("案卷 {number}（{product}）：请求的一项不开放")),
    "refusal.opening-not-now": Word(_l("受理以前，或补正期间，才能请求开放")),
    "refusal.opening-already-open": Word(_l("这一项已经开放，直接修改就可以")),
    "refusal.opening-asked-already": Word(_l("这一项已经请求过，等机构答复")),
    "refusal.opening-reason-missing": Word(_l("写明为什么要开放、要改什么")),
    "refusal.opening-answered": Word(_l("这个请求已经答复过")),
    "refusal.opening-answer-missing": Word(_l("写明为什么不开放，企业会看到")),
    "refusal.opening-unanswered": Word(_l("企业请求开放的内容还没有答复，先在往来里答复")),
}
