"""The words of the gate of impartiality: ties, functions, and why somebody is kept out."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "tie.employment": Word(_l("任职")),
    "tie.consulting": Word(_l("咨询或培训")),
    "tie.shares": Word(_l("持股或投资")),
    "tie.family": Word(_l("亲属")),
    "tie.other": Word(_l("其他利益关系")),
    "declaration.free": Word(_l("我与上列各方没有利益关系，过去两年也没有")),
    "declaration.tied": Word(_l("我与其中一方有利益关系，请求回避")),
    "clearance.accept": Word(_l("受理")),
    "clearance.plan": Word(_l("策划")),
    "clearance.evaluate": Word(_l("评审")),
    "clearance.order": Word(_l("委托检测")),
    "clearance.test": Word(_l("检测")),
    "clearance.review": Word(_l("复核")),
    "clearance.decide": Word(_l("认证决定")),
    "clearance.countersign": Word(_l("会签")),
    "clearance.change_status": Word(_l("证书状态")),
    "clearance.license_label": Word(_l("标识许可")),
    "clearance.handle_appeal": Word(_l("申诉处理")),
    "clearance.handle_complaint": Word(_l("投诉处理")),
} | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "conflict-of-interest": _l("与该企业有利益关系，或关系终止未满两年，须回避"),
        "body-tied-to-client": _l("认证机构与该企业同属一个主体，本机构不能承办"),
        "registered-elsewhere": _l("今天注册在另一家机构，一人只能在一家机构执业"),
        "verifier-not-registered": _l("今天没有本类产品的有效注册"),
        "not-competent": _l("机构没有为此人登记本类产品这项职能的能力评价"),
        "took-part-in-planning": _l("策划过本案的评审，不能再参加评审、复核、决定或会签"),
        "took-part-in-evaluation": _l("参加过本案的评审，不能再策划、复核、决定、会签或处理申诉"),
        "took-part-in-review": _l("复核过本案，不能再策划、评审、决定、会签或处理申诉"),
        "took-part-in-decision": _l("作过本案的认证决定，不能再策划、评审、复核、会签或处理申诉"),
        "took-part-in-countersignature": _l("会签过本案，不能再策划、评审、复核、决定或处理申诉"),
        "impartiality-not-declared": _l("先为本案作公正性声明，再打开案卷"),
        "impartiality-already-declared": _l("本案的公正性声明已经作过，不能改；情况有变请报告机构"),
        "competence-for-oneself": _l("自己的能力由别人评价和登记"),
        "competence-incomplete": _l("写明人员、职能、类别、依据和起止日期"),
        "tie-incomplete": _l("写明企业、关系种类和起止日期"),
        "tie-already-ended": _l("这条利益关系已经登记终止"),
        "tie-not-found": _l("没有这条利益关系，或者它不是您申报的"),
    }.items()
}
