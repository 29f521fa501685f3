"""The words of the regulator's pages."""

from core.i18n import _l
from core.words import Word

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
        "reporter-named": _l("文字里有反映人的姓名或联系方式。请改写：反映人的身份不得写进记录和告知"),
        "reporter-anonymous": _l("这是匿名反映，没有留下姓名"),
        "brought-not-found": _l("没有这件投诉或举报"),
        "brought-too-often": _l("同一地址提交太频繁，请过一小时再试"),
        "follow-up-unknown": _l("编号或查询码不对，请核对"),
    }.items()
}

WORDS = COMPLAINTS | REPORTS | ABOUT | REFUSALS
