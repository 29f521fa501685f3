"""What the list of cases calls its views, its days and its columns."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "queue.view.mine": Word(_l("轮到我办")),
    "queue.view.waiting": Word(_l("我经手，在等别人")),
    "queue.view.unassigned": Word(_l("没有负责人")),
    "queue.view.own": Word(_l("我负责")),
    "queue.view.open": Word(_l("全部在办")),
    "queue.view.closed": Word(_l("已办结")),
    "queue.due.late": Word(_l("逾期")),
    "queue.due.next": Word(_l("下一工作日前到期")),
    "queue.due.soon": Word(_l("3 个工作日内到期")),
    "queue.due.halted": Word(_l("停止计时，等别人")),
    "queue.due.untimed": Word(_l("没有期限在走")),
    "queue.filter.scheme": Word(_l("规则")),
    "queue.filter.person": Word(_l("人员")),
    "queue.filter.laboratory": Word(_l("检测机构")),
    "queue.filter.region": Word(_l("地区")),
    "queue.filter.state": Word(_l("环节")),
    "queue.column.number": Word(_l("案卷号")),
    "queue.column.client": Word(_l("委托人")),
    "queue.column.due": Word(_l("期限")),
    "queue.column.state": Word(_l("环节")),
    "queue.column.turn": Word(_l("轮到")),
    "queue.column.scheme": Word(_l("规则")),
    "queue.column.officer": Word(_l("负责人")),
    "queue.column.team": Word(_l("评审组")),
    "queue.column.laboratory": Word(_l("检测机构")),
    "queue.column.region": Word(_l("地区")),
    "queue.column.updated": Word(_l("最近办理")),
}
