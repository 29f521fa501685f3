"""Words of handing a case over, and of copying one."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "refusal.handover-not-yours": Word(_l("只有本单位管理员或案卷的负责人可以移交，请联系他们")),
    "refusal.successor-without-role": Word(
        _l("接手的人要在本单位有相应角色：企业为“认证委托人”，机构为“项目负责人”")
    ),
    "refusal.successor-has-it": Word(_l("案卷本来就由这位同事负责，请另选")),
    "refusal.successor-away": Word(_l("这位同事今天缺勤，请另选，或等其回来")),
    "refusal.case-of-others": Word(_l("只能复制本单位的案卷")),
    "refresh.rules": Word(_l("认证规则已换新版本，请核对文件和要求")),
    "refresh.period": Word(_l("统计期还是上次的")),
    "refresh.period-missing": Word(_l("还没有填写统计期")),
    "refresh.quantities": Word(_l("活动量还是上次的")),
    "refresh.factors-renewed": Word(_l("排放因子已过期，换成了新版本，请核对结果")),
    "refresh.factors-unsourced": Word(_l("排放因子没有可查的来源，不能据以决定")),
    "refresh.files-old": Word(_l("文件上传已超过一年，请更换")),
}
