"""The words of the plan of evidence."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "trace_risk.heavy": Word(_l("占比达到重要性"), "stop", "alert"),
    "trace_risk.low_quality": Word(_l("数据质量低"), "warn", "info"),
    "trace_risk.unproved": Word(_l("没有证据文件"), "warn", "info"),
    "trace_risk.own_factor": Word(_l("企业自测因子"), "warn", "info"),
    "trace_risk.co2_alone": Word(_l("因子只计二氧化碳"), "warn", "info"),
    "trace_risk.first_time": Word(_l("首次认证"), "", "info"),
    "refusal.trace-of-no-row": Word(_l("证据计划只列活动数据的行")),
    "refusal.trace-without-samples": Word(_l("写明看几份原始单据或读数")),
    "refusal.heavy-row-untraced": Word(_l("占比达到重要性的行都要追溯到原始单据：{rows}")),
    "refusal.evidence-plan-missing": Word(
        _l("还没有证据计划：{rows}的占比达到重要性，先定各看几份原始单据，已经看过的按实际份数写")
    ),
    "refusal.evidence-plan-reason": Word(_l("改动已有的计划，写明为什么")),
    "refusal.planned-evidence-not-seen": Word(_l("看的份数少于证据计划：{rows}。补看，或者写明理由改计划")),
    "refusal.paper-about-nothing": Word(_l("选择底稿关于哪几项")),
    "refusal.paper-missing": Word(_l("选择底稿文件")),
    "refusal.planned-trace-is-frozen": Word(_l("证据计划存下以后不能改，只能另立")),
    "refusal.working-paper-is-frozen": Word(_l("底稿存下以后不能改")),
}
