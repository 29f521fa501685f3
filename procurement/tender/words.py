"""What is said of the goods of a purchase."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "goods_kind.mandatory": Word(_l("强制采购"), "info", "flag"),
    "goods_kind.priority": Word(_l("优先采购"), "ok", "tag"),
    "goods_kind.not-required": Word(_l("政策不要求"), "", "minus"),
    "goods_kind.to-be-confirmed": Word(_l("待您确认"), "warn", "help"),
    "goods_kind.not-found": Word(_l("没有找到品目"), "warn", "search"),
    "refusal.goods-not-confirmable": Word(_l("没有这一行或这个品目，请重新选择")),
    "refusal.goods-say-nothing": Word(_l("这一行没有名称，也没有品目编码")),
    "refusal.goods-headings-missing": Word(
        _l("没有找到标题行：至少要有“名称”或“品目编码”一列。请下载模板，照标题填写")
    ),
}
