"""The words of what was verified."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "application.step.verify_data": Word(_l("核对申报数据"), "", "filecheck"),
    "application.step.give_opinion": Word(_l("发表核查意见"), "", "pencil"),
    "data_outcome.agreed": Word(_l("核对一致"), "ok", "check"),
    "data_outcome.corrected": Word(_l("已更正"), "warn", "pencil"),
    "data_outcome.unverifiable": Word(_l("无法核实"), "stop", "alert"),
    "opinion.unmodified": Word(_l("无保留意见"), "ok", "check"),
    "opinion.modified": Word(_l("保留意见"), "warn", "flag"),
    "opinion.adverse": Word(_l("否定意见"), "stop", "stop"),
    "opinion.disclaimed": Word(_l("无法表示意见"), "stop", "alert"),
    "assurance.reasonable": Word(_l("合理保证")),
    "assurance.limited": Word(_l("有限保证")),
    "verified.output": Word(_l("统计期产量")),
    "verified.period": Word(_l("统计期")),
    "verified.product": Word(_l("产品名称、系列和商标")),
    "verified.models": Word(_l("规格型号")),
    "verified.factory": Word(_l("生产企业和地址")),
    "verified.system": Word(_l("过程系统")),
    "refusal.nothing-verified": Word(_l("写明核对了哪一项")),
    "refusal.not-all-verified": Word(_l("还有申报数据没有核对：每一行、每个参数、每项产品信息都要有结论")),
    "refusal.opinion-incomplete": Word(_l("选定核查意见并写明依据")),
    "refusal.opinion-contradicts-misstatements": Word(
        _l("意见与错报不符：有超过重要性的错报或无法核实的数据，不能出无保留意见；没有的，不能出否定意见")
    ),
    "refusal.verified-subject-unknown": Word(_l("申报数据里没有这一项")),
    "refusal.verified-subject-twice": Word(_l("同一项只能写一次结论")),
    "refusal.verified-outcome-missing": Word(_l("选择核对一致、更正或无法核实")),
    "refusal.verified-value-missing": Word(_l("更正要写核实值")),
    "refusal.verified-value-as-declared": Word(_l("核实值与申报值相同；相同的选“核对一致”")),
    "refusal.value-without-correction": Word(_l("只有“更正”才写核实值")),
    "refusal.verified-without-evidence": Word(_l("更正要有依据：选案卷里的文件，或上传一份")),
    "refusal.verified-without-sample": Word(_l("写明看了几份原始单据或读数")),
    "refusal.agreed-without-sample": Word(
        _l("没有看过原始单据就核对一致的，合计不能超过重要性。写明看了几份，或者选依据的文件")
    ),
    "refusal.system-corrected-by-client": Word(_l("过程系统由企业修改：开不符合项，或者写无法核实")),
    "refusal.co2-alone-unsettled": Word(
        _l("这一行的因子只含二氧化碳：写明为什么可以接受，或者更正为二氧化碳当量的因子")
    ),
    "refusal.opinion-missing": Word(_l("还没有核查意见：逐项核对申报数据，由核查组长发表意见")),
    "refusal.opinion-against": Word(_l("核查意见是否定意见或无法表示意见，不能往下走；可以按“没有通过”提交")),
    "part.verification": Word(_l("数据核查")),
    "opinion.unrecorded": Word(_l("核查记录以前的案卷"), "", "info"),
    "refusal.verified-item-is-frozen": Word(_l("核对过的结论保留原样；重新核对的另写一条")),
    "refusal.opinion-is-frozen": Word(_l("发表的核查意见保留原样，不能修改")),
}
