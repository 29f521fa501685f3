"""What is said of suspensions."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "maker_suspension.state.proposed": Word(_l("待另一人批准"), "wait", "clock"),
    "maker_suspension.state.standing": Word(_l("已决定暂停"), "stop", "pause"),
    "maker_suspension.state.lifted": Word(_l("已提前解除"), "ok", "check"),
    "maker_suspension.state.dropped": Word(_l("已放弃"), "", "minus"),
    "maker_suspension.step.approve": Word(_l("批准"), "", "stamp"),
    "maker_suspension.step.drop": Word(_l("放弃"), "", "undo"),
    "notice.maker_suspension.standing": Word(_l("贵单位自 {first} 起暂停列入采购清单，至 {last}")),
    "notice.maker_suspension.lifted": Word(_l("贵单位暂停列入采购清单提前解除，最后一天是 {last}")),
    "maker_suspension.step.lift": Word(_l("提前解除"), "", "check"),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "maker-suspension-maker-missing": _l("填写企业名称"),
        "maker-suspension-dates-missing": _l("填写暂停的起止日期"),
        "maker-suspension-length-wrong": _l("暂停列入不少于 {least} 个月，不超过 {most} 个月"),
        "maker-suspension-ground-missing": _l("写明暂停的事由"),
        "maker-suspension-basis-missing": _l("填写处理决定的文号"),
        "maker-suspension-own": _l("由您起草或改过，要由另一人办理"),
        "maker-suspension-begun": _l("开始日已经过去，请改为今天或以后"),
        "maker-suspension-over": _l("暂停期已经结束，不用再解除"),
        "maker-suspension-decided": _l("这项暂停已经办结，不能再改"),
        "maker-suspension-not-found": _l("没有这项暂停"),
    }.items()
}
