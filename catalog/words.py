"""What the catalogue's slugs are called."""

from core.i18n import _l
from core.words import Word

CATEGORIES = {
    "laptop": _l("便携式计算机"),
    "desktop": _l("台式微型计算机"),
    "tablet": _l("平板式计算机"),
    "thin_client": _l("瘦客户机"),
    "monitor": _l("显示器"),
    "printer": _l("打印机"),
    "server": _l("服务器"),
    "hard_drive": _l("硬盘"),
    "smartphone": _l("手机"),
    "other_device": _l("其他电子设备"),
}

GROUPS = {
    "group.category": Word(_l("产品类别")),
    "group.below": Word(_l("相对限值")),
    "group.status": Word(_l("认证状态")),
    "group.family": Word(_l("认证种类")),
    "group.boundary": Word(_l("核算边界")),
    "group.region": Word(_l("生产地")),
    "group.carbon": Word(_l("碳足迹")),
}

PRODUCTS = {
    "below.30": Word(_l("低于限值 30% 以上")),
    "below.20": Word(_l("低 20%～30%")),
    "below.10": Word(_l("低 10%～20%")),
    "below.0": Word(_l("低 0～10%")),
    "below.none": Word(_l("没有限值")),
    "family.none": Word(_l("未获证")),
    "product.region.none": Word(_l("未注明")),
    "certificate.state.not_certified": Word(_l("未获证（公开数据）"), "wait", "info"),
    "sort.relevance": Word(_l("最相关")),
    "sort.newest": Word(_l("最新发证")),
    "sort.carbon": Word(_l("碳足迹低到高")),
    "sort.carbon_desc": Word(_l("碳足迹高到低")),
    "technology.demonstration": Word(_l("示范类"), "info", "flag"),
    "technology.promotion": Word(_l("推广类"), "ok", "check"),
}

DIFFERS = {  # the others are those of a certificate
    "differs.name": Word(_l("产品名称")),
    "differs.name_en": Word(_l("英文名称")),
    "differs.trademark": Word(_l("商标")),
    "differs.maker": Word(_l("生产者")),
    "differs.limit": Word(_l("限值")),
    "differs.stages": Word(_l("各阶段的碳足迹")),
    "differs.declared_unit": Word(_l("声明单位")),
    "differs.boundary": Word(_l("核算边界")),
    "differs.category": Word(_l("产品类别")),
    "differs.family": Word(_l("认证类别")),
    "differs.region": Word(_l("所在地区")),
    "differs.grade": Word(_l("等级")),
    "differs.parameters": Word(_l("产品参数")),
}

REFUSALS = {
    "refusal.product-not-found": Word(_l("没有这个产品，可能地址抄错了；请从产品目录里查找")),
    "refusal.name-missing": Word(_l("缺少产品名称或制造商")),
    "refusal.source-missing": Word(_l("没有来源地址或来源指纹：{value}")),
    "refusal.carbon-not-positive": Word(_l("碳足迹应大于零，现在是“{value}”")),
    "refusal.share-out-of-range": Word(_l("阶段占比应在 0 到 1 之间，现在是 {value}")),
    "refusal.carbon-range-backwards": Word(_l("碳足迹上限应不低于下限")),
    "refusal.parameter-range-backwards": Word(_l("上限应不低于下限")),
}

WORDS = GROUPS | PRODUCTS | DIFFERS | REFUSALS
