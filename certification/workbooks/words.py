"""Why a workbook, or a cell of it, is not taken."""

from core.i18n import _l
from core.words import Word

WORDS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "sheet-not-xlsx": _l("只收 XLSX 和 CSV 表格。请在 Excel 或 WPS 里另存为 XLSX 再上传"),
        "sheet-has-macros": _l("不收带宏的表格（XLSM、XLS 等）。请另存为不带宏的 XLSX 再上传"),
        "sheet-links-elsewhere": _l("表格里有指向别处的链接或数据连接，不收。请断开链接、粘贴为数值后再上传"),
        "sheet-too-large": _l("表格太大：打包后不超过 {limit} MB。请删去图片和多余的表"),
        "sheet-unreadable": _l("表格读不出来，可能已损坏。请下载新的模板，把内容粘贴进去再上传"),
        "sheet-template-other": _l("这是模板 {named}，这里收模板 {expected}。请下载新的模板再填"),
        "sheet-headings-missing": _l("没有找到标题行。应使用模板 {expected}，不要删改标题行"),
        "sheet-columns-missing": _l("缺少这些列：{columns}。应使用模板 {expected}"),
        "sheet-columns-twice": _l("这些列出现了两次：{columns}。应使用模板 {expected}"),
        "sheet-of-another-case": _l("这份表格是为另一个案卷下载的。请在本案下载模板，再把内容粘贴进去"),
        "sheet-rows-settled": _l("这些退回的行已经处理过了"),
        "sheet-settled": _l("这份上传已经处理过了"),
        "sheet-difference-is-stale": _l("显示差别之后，案卷又有改动。下面是和现在内容的差别，请再看一遍"),
        "sheet-gwp-of-another-rule": _l("增温潜势由认证规则规定，请照下载的表里写的填"),
        "sheet-row-still-wrong": _l("这一行还有误，请按提示改正"),
        "sheet-not-found": _l("没有这次上传，或者它不属于贵单位"),
        "cell-is-formula": _l("单元格里是公式，表里没有存下算出的值。请在 Excel 里保存一次，或粘贴为数值"),
        "carbon-content-per-gj": _l(
            "这里的数按 tC/TJ 计，小于 1 的多半是 tC/GJ：请连单位写，例如 0.02618 tC/GJ"
        ),
        "cell-is-error": _l("单元格里是错误值，请改成数值或文字"),
        "cell-is-merged": _l("这一格在合并单元格里，只有第一格有内容。请取消合并，逐行填写"),
        "cell-hides-value": _l("这一格被合并单元格盖住，下面还有看不见的内容。请取消合并，核对后逐行填写"),
        "cell-is-date": _l("表格把这一格当作日期。请把格式设为“文本”，重新写一遍"),
        "cell-is-time": _l("表格把这一格当作时间。请把格式设为“文本”或“常规”，重新写一遍"),
        "cell-is-percentage": _l("这一格显示为百分数。请写成数值，并核对单位"),
        "cell-shows-otherwise": _l(
            "这一格显示的与存着的不一样。请把格式设为“文本”或“常规”，核对后重新写一遍"
        ),
        "model-code-missing": _l("填写规格型号"),
        "model-listed-twice": _l("这个型号已经列过，请删去一行"),
    }.items()
} | {
    f"sheet.{slug}": Word(text)
    for slug, text in {
        "staged": _l("还没有应用"),
        "applied": _l("已应用"),
        "refused": _l("没有收下"),
        "dropped": _l("没有用"),
        "replaced": _l("没有应用，后来上传了另一份"),
    }.items()
}
