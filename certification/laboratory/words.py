"""The words of samples and tests."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "sample.state.planned": Word(_l("待抽样"), "info", "clock"),
    "sample.state.in_transit": Word(_l("在途"), "info", "clock"),
    "sample.state.received": Word(_l("已收样"), "info", "check"),
    "sample.state.testing": Word(_l("检测中"), "info", "flask"),
    "sample.state.reported": Word(_l("已出报告"), "ok", "filecheck"),
    "sample.state.doubted": Word(_l("真实性存疑"), "stop", "alert"),
    "sample.step.dispatch": Word(_l("记录抽样与寄送"), "", "send"),
    "sample.step.receive": Word(_l("收样"), "", "check"),
    "sample.step.doubt": Word(_l("报告真实性存疑"), "", "alert"),
    "sample.step.record": Word(_l("录入检测结果"), "", "flask"),
    "sample.step.report": Word(_l("签发检测报告"), "", "filecheck"),
    "sampling.submitted": Word(_l("委托人送样")),
    "sampling.drawn": Word(_l("现场抽样")),
    "sampling.sealed": Word(_l("现场封样后送样")),
    "verdict.pass": Word(_l("合格"), "ok", "check"),
    "verdict.fail": Word(_l("不合格"), "stop", "stop"),
    "verdict.undecided": Word(_l("不能判定"), "stop", "alert"),
    "verdict.reported": Word(_l("仅报告"), "", "info"),
    "rule.simple": Word(_l("简单接受")),
    "rule.guard_band": Word(_l("保护带 W=U")),
    "refusal.tester-not-authorised": Word(_l("{who}在 {day} 没有得到本机构对 {method} 的检测授权")),
    "refusal.signatory-out-of-field": Word(_l("不在您的签字领域：{methods}")),
}
