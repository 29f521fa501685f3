"""Words of the registers: what they are called, how an entry stands, and why one is not taken."""

from core.i18n import _l
from core.words import Word
from registers.adoption.words import WORDS as ADOPTION

WORDS = ADOPTION | {
    "register.bodies": Word(_l("认证机构")),
    "register.laboratories": Word(_l("检测机构")),
    "register.accreditations": Word(_l("认可")),
    "register.people": Word(_l("注册人员")),
    "register.training": Word(_l("培训记录")),
    "entry.state.future": Word(_l("尚未生效"), "wait", "clock"),
    "entry.state.valid": Word(_l("有效"), "ok", "check"),
    "entry.state.expiring": Word(_l("即将到期"), "warn", "clock"),
    "entry.state.expired": Word(_l("已到期"), "stop", "stop"),
    "entry.state.ended": Word(_l("已终止"), "stop", "stop"),
    "notice.application.hand_over": Word(_l("案卷 {number}（{product}）移交给您负责：{reason}")),
    "notice.register.ending.bodies": Word(_l("认证规则 {what} 的批准 {day} 到期，请及时续期")),
    "notice.register.ending.laboratories": Word(
        _l("方法 {what} 的资质认定 {day} 到期，请提前三个月申请复查")
    ),
    "notice.register.ending.accreditations": Word(_l("认可 {what} {day} 到期，请及时续期")),
    "notice.register.ending.people": Word(_l("{who} 的注册 {what} {day} 到期，到期后不能参加评审")),
    "notice.register.ending.training": Word(_l("{who} 的培训“{what}” {day} 到期，请安排再培训")),
    "refusal.register-not-yours": Word(_l("这份登记只由监管部门维护；培训记录由本机构管理员维护")),
    "refusal.register-entry-not-found": Word(_l("没有这条登记，或者它不属于贵单位")),
    "refusal.register-overlap": Word(_l("同样的内容在这段日期里已经登记过，请先终止原来的，或改日期")),
    "refusal.register-number-taken": Word(_l("编号 {number} 已登记给别的单位或人员，请核对")),
    "refusal.organisation-of-another-kind": Word(_l("请选择相应类型的机构")),
    "refusal.person-registered-elsewhere": Word(
        _l("这个人在 {body} 注册到 {until}。一人只在一家机构执业（认证认可条例第十四条），请先终止那条")
    ),
    "refusal.cma-valid-too-long": Word(_l("资质认定证书有效期是 6 年，请核对日期")),
    "refusal.cnas-number-malformed": Word(_l("认可编号应写成 CNAS L12345 或 CNAS C123-P 的样子")),
    "refusal.hours-not-positive": Word(_l("学时应是大于零的整数")),
    "refusal.ends-before-it-began": Word(_l("写明终止日期；它不能早于生效日 {day}")),
    "refusal.ends-in-the-past": Word(_l("终止日期不能早于今天")),
    "refusal.entry-ends-anyway": Word(_l("这条登记本来就到 {day} 为止，不必终止")),
}
