"""The words of days that are typed late."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "late_kind.visit": Word(_l("现场核查"), "", "pin"),
    "late_kind.test": Word(_l("检测"), "", "flask"),
    "late_entry.asked": Word(_l("等另一人确认"), "wait", "clock"),
    "late_entry.confirmed": Word(_l("补录已确认"), "warn", "check"),
    "late_entry.refused": Word(_l("补录未获确认"), "stop", "x"),
    "notice.application.late_entry_filed": Word(
        _l("案卷 {number}（{product}）：{from} 至 {to} 的现场核查要补录，等确认")
    ),
    "notice.application.late_entry_confirmed": Word(
        _l("案卷 {number}（{product}）：{from} 至 {to} 的补录已确认，可以录入")
    ),
    "notice.application.late_entry_refused": Word(
        _l("案卷 {number}（{product}）：{from} 至 {to} 的补录未获确认")
    ),
    "notice.sample.late_entry_filed": Word(
        _l("样品 {number}（{product}）：{from} 至 {to} 的检测要补录，等确认")
    ),
    "notice.sample.late_entry_confirmed": Word(
        _l("样品 {number}（{product}）：{from} 至 {to} 的补录已确认，可以录入")
    ),
    "notice.sample.late_entry_refused": Word(_l("样品 {number}（{product}）：{from} 至 {to} 的补录未获确认")),
    "refusal.right-ended-since": Word(
        _l("{who}在 {day} 有资格，现在已经终止。这时才录入的日期，先在“补录”交当天形成的文件，由另一人确认")
    ),
    "refusal.late-reason-missing": Word(_l("{day} 早于 {first}，算补录：写明为什么现在才录入")),
    "refusal.late-entry-not-now": Word(_l("案卷在评审中，或者跟踪检查、恢复核实在办，才能补录")),
    "refusal.late-entry-incomplete": Word(_l("日期、理由和当天形成的文件都要有")),
    "refusal.late-entry-days-backwards": Word(_l("最后一天不能早于第一天")),
    "refusal.late-entry-ahead": Word(_l("补录的是已经过去的日子")),
    "refusal.late-entry-too-long": Word(_l("一份文件最多证明半年")),
    "refusal.late-entry-answered": Word(_l("这份补录已经有了结论")),
    "refusal.late-entry-answer-missing": Word(_l("写明为什么不能确认")),
    "refusal.late-entry-own": Word(_l("自己交的补录由另一人确认")),
    "refusal.late-entry-of-own-visit": Word(_l("核查组成员不能确认本组的补录")),
}
