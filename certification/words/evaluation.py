"""The words of evaluation: site checks, findings, functions."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "check.process_flow": Word(_l("工艺流程与申报文件一致")),
    "check.energy_material_balance": Word(_l("能源与物料平衡")),
    "check.evidence_reliability": Word(_l("证据可靠")),
    "check.product_consistency": Word(_l("生产的产品与受检样品一致")),
    "check.energy_monitoring": Word(_l("能源计量器具状况")),
    "check.calculation_completeness": Word(_l("碳排放核算完整")),
    "check.quality_assurance": Word(_l("质量保证水平与能力")),
    "finding.conform": Word(_l("符合"), "ok", "check"),
    "finding.minor": Word(_l("一般不符合"), "warn", "flag"),
    "finding.major": Word(_l("严重不符合"), "stop", "flag"),
    "grade.minor": Word(_l("一般"), "warn", "flag"),
    "grade.major": Word(_l("严重"), "stop", "flag"),
    "conclusion.pass": Word(_l("通过"), "ok", "check"),
    "conclusion.pass_after_correction": Word(_l("整改后通过"), "ok", "check"),
    "conclusion.fail": Word(_l("不通过"), "stop", "stop"),
    "conclusion.reported": Word(_l("仅报告"), "", "info"),
    "result.pass": Word(_l("通过"), "ok", "check"),
    "result.fail": Word(_l("不通过"), "stop", "stop"),
    "function.document_reviewer": Word(_l("文件评审员")),
    "function.lead_verifier": Word(_l("核查组长")),
    "function.verifier": Word(_l("核查员")),
    "nonconformity.state.raised": Word(_l("待企业答复"), "warn", "clock"),
    "nonconformity.state.answered": Word(_l("待验证"), "info", "clock"),
    "nonconformity.state.closed": Word(_l("已关闭"), "ok", "check"),
    "nonconformity.step.answer": Word(_l("提交整改答复"), "", "send"),
    "nonconformity.step.reject": Word(_l("退回再补"), "", "undo"),
    "nonconformity.step.close": Word(_l("接受并关闭"), "", "check"),
}
