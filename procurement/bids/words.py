"""What is said of a check of a bid."""

from core.i18n import _l
from core.words import Word

WORDS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "check-headings-missing": _l(
            "没有找到标题行：至少要有“证书编号”或“型号”一列。请下载模板，照标题填写"
        ),
        "check-columns-twice": _l("这些列出现了两次：{columns}。请只留一列"),
        "check-too-wide": _l("表格超过 {most} 列，请只留要核对的列"),
        "check-too-long": _l("一次最多核对 {most} 行，请分成几份"),
        "check-empty": _l("没有要核对的行：选择文件，或把内容粘贴到框里"),
        "check-both-sent": _l("文件和粘贴的内容只能用一种，请去掉其中一种"),
        "check-unreadable": _l("有 {count} 个单元格读不出来，一行也没有核对。请按下面的提示改正后再提交"),
        "check-cell-too-long": _l("这一格超过 200 字"),
        "check-line-asks-nothing": _l("这一行没有证书编号、企业和型号"),
        "check-title-missing": _l("填写项目或包的名称"),
        "check-not-found": _l("没有这份核对结果，请核对附件上的地址"),
        "check-not-signed": _l("这份核对结果没有签名"),
        "check-is-kept": _l("核对结果已经保存，不再改动；要改请重新核对"),
    }.items()
} | {
    "bid_note.full-width": Word(_l("写的是全角字符，按半角核对")),
    "bid_note.row-is-hidden": Word(_l("这一行在表格里是隐藏的")),
    "bid_note.cell-was-computed": Word(_l("这一行有公式，按表格存下的结果核对")),
}
