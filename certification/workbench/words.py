"""What the lists call their views, their days and their columns."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "list.title.cases": Word(_l("案卷队列")),
    "list.sought.cases": Word(_l("案卷号、产品、企业")),
    "list.lines.cases": Word(_l("案卷清单")),
    "list.view.cases_mine": Word(_l("轮到我办")),
    "list.view.cases_waiting": Word(_l("我经手，在等别人")),
    "list.view.cases_unassigned": Word(_l("没有负责人")),
    "list.view.cases_own": Word(_l("我负责")),
    "list.view.cases_open": Word(_l("全部在办")),
    "list.view.cases_closed": Word(_l("已办结")),
    "list.due.late": Word(_l("逾期")),
    "list.due.next": Word(_l("下一工作日前到期")),
    "list.due.soon": Word(_l("3 个工作日内到期")),
    "list.due.halted": Word(_l("停止计时，等别人")),
    "list.due.untimed": Word(_l("没有期限在走")),
    "list.filter.scheme": Word(_l("规则")),
    "list.filter.person": Word(_l("人员")),
    "list.filter.laboratory": Word(_l("检测机构")),
    "list.filter.region": Word(_l("地区")),
    "list.filter.state": Word(_l("环节")),
    "list.column.product": Word(_l("产品")),
    "list.column.number": Word(_l("案卷号")),
    "list.column.client": Word(_l("委托人")),
    "list.column.due": Word(_l("期限")),
    "list.column.state": Word(_l("环节")),
    "list.column.turn": Word(_l("轮到")),
    "list.column.scheme": Word(_l("规则")),
    "list.column.officer": Word(_l("负责人")),
    "list.column.team": Word(_l("评审组")),
    "list.column.laboratory": Word(_l("检测机构")),
    "list.column.region": Word(_l("地区")),
    "list.column.updated": Word(_l("最近办理")),
}
