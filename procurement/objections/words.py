"""What is said of objections."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "list_objection.state.received": Word(_l("待处理"), "wait", "clock"),
    "list_objection.state.upheld": Word(_l("成立"), "ok", "check"),
    "list_objection.state.dismissed": Word(_l("不成立"), "", "minus"),
    "list_objection.step.uphold": Word(_l("认定成立"), "", "check"),
    "list_objection.step.dismiss": Word(_l("认定不成立"), "", "minus"),
    "objection_kind.objection": Word(_l("公示异议")),
    "objection_kind.correction": Word(_l("更正申请")),
    "remedy.strike": Word(_l("剔除这一行")),
    "remedy.correct": Word(_l("内容更正")),
    "notice.list_objection.objection": Word(_l("第 {edition} 期有人提出异议：{number}")),
    "notice.list_objection.correction": Word(_l("第 {edition} 期有人申请更正：{number}")),
    "notice.list_objection.upheld": Word(_l("第 {edition} 期的 {number} 认定成立")),
    "notice.list_objection.dismissed": Word(_l("第 {edition} 期的 {number} 认定不成立")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "objection-own": _l("这一期由您编制，要由没有参与编制的人处理"),
        "objection-not-found": _l("没有这项异议"),
        "objection-notice-over": _l("公示已于 {day} 截止，公布后可以申请更正"),
        "correction-over": _l("更正期已过：公布后 {days} 个工作日内可以申请"),
        "objection-text-missing": _l("写明事实和理由"),
        "objection-line-unknown": _l("这一期里没有这张证书或这个型号"),
        "objection-number-missing": _l("写了型号的，请写证书编号"),
        "objector-half-named": _l("姓名和联系方式要么都写，要么都不写"),
        "objector-anonymous": _l("没有留下姓名"),
        "objection-remedy-missing": _l("选择怎样更正"),
        "objection-remedy-not-asked": _l("公示异议成立就不列入，不用选更正方式"),
        "objection-line-missing": _l("没有写明哪一行，不能剔除"),
        "objection-correction-missing": _l("写明更正为什么"),
        "objections-open": _l("还有异议没有处理"),
        "objections-unanswered": _l("对全期的异议成立后还没有重新起草"),
        "objections-too-often": _l("提交得太多了，请过一小时再来"),
    }.items()
}
