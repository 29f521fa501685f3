"""The words of complaints at the body."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "body_complaint.state.received": Word(_l("收到"), "info", "clock"),
    "body_complaint.state.acknowledged": Word(_l("已确认收到"), "info", "check"),
    "body_complaint.state.set_aside": Word(_l("不属本机构处理"), "", "minus"),
    "body_complaint.state.investigating": Word(_l("调查中"), "info", "search"),
    "body_complaint.state.answered": Word(_l("已答复"), "ok", "check"),
    "body_complaint.step.file": Word(_l("提出"), "", "send"),
    "body_complaint.step.acknowledge": Word(_l("确认收到，由我办理"), "", "check"),
    "body_complaint.step.set_aside": Word(_l("不属本机构处理"), "", "minus"),
    "body_complaint.step.investigate": Word(_l("记录调查情况"), "", "search"),
    "body_complaint.step.answer": Word(_l("答复"), "ok", "send"),
    "complaint_about.certificate": Word(_l("证书或产品与证书不一致")),
    "complaint_about.label": Word(_l("标签的使用")),
    "complaint_about.handling": Word(_l("机构对这张证书的处理")),
    "complaint_outcome.founded": Word(_l("属实"), "stop", "check"),
    "complaint_outcome.partly_founded": Word(_l("部分属实"), "warn", "check"),
    "complaint_outcome.unfounded": Word(_l("不属实"), "", "x"),
    "complaint_measure.none": Word(_l("不另处理")),
    "complaint_measure.suspend": Word(_l("提请暂停证书")),
    "complaint_channel.public": Word(_l("公众提出"), "", "user"),
    "complaint_channel.regulator": Word(_l("监管部门转来"), "info", "scale"),
    "proposal_source.complaint": Word(_l("投诉查实"), "stop", "alert"),
    "clock.complaint_acknowledgement": Word(_l("确认收到投诉")),
    "clock.complaint_answer": Word(_l("答复投诉")),
    "notice.body_complaint.file": Word(
        _l("证书 {number}（{product}）：收到投诉 {complaint}，{due}前确认收到")
    ),
    "notice.body_complaint.answer": Word(_l("证书 {number}（{product}）：投诉 {complaint} 已答复")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "complaint-not-found": _l("没有这件投诉，或者它不是本机构的"),
        "complaint-subject-missing": _l("选择反映的是什么"),
        "complaint-text-missing": _l("写明事实"),
        "complainant-half-named": _l("姓名和联系方式要一起填，或者都不填"),
        "complaints-too-often": _l("这个地址一小时内提出得太多，请稍后再试"),
        "complainant-anonymous": _l("提出的人没有留下姓名"),
        "complainant-named": _l("这里不能写出投诉人的姓名或联系方式，请改写"),
        "complaint-handled-by-another": _l("这件投诉由另一位同事办理"),
        "took-part-in-the-certification": _l("您办理过这张证书，不能处理对它的投诉；请由没有办理过的人处理"),
        "measure-without-ground": _l("不属实的投诉不能提请暂停证书"),
        "measure-missing": _l("选择是否提请处理"),
    }.items()
}
