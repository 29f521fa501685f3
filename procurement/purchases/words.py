"""What is said of purchases."""

from core.i18n import _l
from core.words import Word

WORDS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "not-a-buyer": _l("采购记录由采购单位的采购人员登记和查看，别的单位看不到"),
        "not-for-shares": _l("各单位的占比供主管部门查看"),
        "purchase-not-found": _l("没有这条采购记录，或它是别的单位的"),
        "purchase-file-missing": _l("请选择文件"),
        "purchase-headings-missing": _l(
            "没有找到标题行：至少要有“产品名称”或“合同或订单编号”一列。请下载模板，照标题填写"
        ),
        "purchase-says-nothing": _l("这一行没有产品名称，也没有合同或订单编号"),
        "purchase-unreadable": _l("有 {count} 个单元格要改，一行也没有登记。请按下面的提示改正后再提交"),
        "purchase-bought_on-missing": _l("填写采购日期"),
        "purchase-unit-missing": _l("填写采购单位"),
        "purchase-reference-missing": _l("填写合同或订单编号"),
        "purchase-product-missing": _l("填写产品名称"),
        "purchase-spend-missing": _l("填写金额"),
        "purchase-reason-missing": _l("写明为什么删去"),
        "purchase-day-to-come": _l("采购日期不能晚于今天"),
        "purchase-day-too-early": _l("采购日期早于 2003-01-01（《政府采购法》施行之日），请核对"),
        "purchase-spend-wrong": _l("金额要大于零，最多两位小数"),
        "purchase-recorded-already": _l("同一合同或订单里的这个产品已经登记过"),
    }.items()
} | {
    f"left_out.{slug}": Word(text)
    for slug, text in {
        "no-certificate": _l("没有写证书编号"),
        "not-certified": _l("证书那一天不支持这件产品"),
        "part-of-other-goods": _l("证书只是其中部件的"),
        "not-buyable": _l("那一天不可以凭这张证书采购"),
        "committee": _l("由评标委员会判断，系统不作结论"),
        "not-yet-known": _l("那一天尚不可知"),
        "unknown": _l("不能确认"),
    }.items()
}
