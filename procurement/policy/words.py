"""What is said of policy rules and of those that are proposed."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "policy_proposal.state.proposed": Word(_l("待另一人批准"), "wait", "clock"),
    "policy_proposal.state.approved": Word(_l("已批准"), "ok", "check"),
    "policy_proposal.state.dropped": Word(_l("已放弃"), "", "minus"),
    "policy_proposal.step.approve": Word(_l("批准"), "", "stamp"),
    "policy_proposal.step.drop": Word(_l("放弃"), "", "undo"),
    "policy_said.treatment": Word(_l("要求程度")),
    "policy_said.mode": Word(_l("怎样认定")),
    "policy_said.criterion": Word(_l("限值、等级或标准")),
    "policy_said.scope_note": Word(_l("范围说明")),
    "policy_said.bodies": Word(_l("指定机构")),
    "policy_said.last_days": Word(_l("旧版规则的证书用到")),
    "policy_said.basis": Word(_l("依据文件")),
    "policy_said.valid_from": Word(_l("开始")),
    "policy_said.valid_to": Word(_l("结束")),
    "policy_said.parameter": Word(_l("按参数归入")),
    "policy_said.above": Word(_l("大于")),
    "policy_said.up_to": Word(_l("不大于")),
    "policy_said.choices": Word(_l("取值")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "category-unknown": _l("这一版目录里没有编码 {value}，请查品目目录后再填"),
        "policy-scheme-missing": _l("选择按哪条规则的证书"),
        "policy-basis-missing": _l("填写依据文件的文号"),
        "policy-from-missing": _l("填写从哪天开始"),
        "policy-dates-wrong": _l("结束不能早于开始"),
        "policy-criterion-missing": _l("强制采购要写明所依据的限值、等级或标准"),
        "policy-scheme-without-limit": _l("这条规则没有限值，强制采购不能建立在它上面"),
        "policy-last-use-wrong": _l("每行写一个旧版本和最后一天，例如“2023 2027-06-30”，一个版本只写一次"),
        "policy-version-not-former": _l("只能写这条规则的旧版本；现行的一版不写"),
        "policy-parameter-missing": _l("写了范围或取值，也要写按哪个参数"),
        "policy-parameter-unknown": _l("所选规则没有参数 {value}"),
        "policy-range-missing": _l("写明参数的范围，或者取值，两样写一样"),
        "policy-range-wrong": _l("下限要小于上限"),
        "policy-not-later": _l("同一品目、同一规则已有这一天或更晚开始的政策，新的一版要更晚开始"),
        "policy-begun": _l("开始日已经过去，请改为今天或以后"),
        "policy-own": _l("由您起草或改过，要由另一人批准"),
        "policy-decided": _l("这条政策已经办结，不能再改"),
        "policy-proposal-not-found": _l("没有这条政策草案"),
    }.items()
}
