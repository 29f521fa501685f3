"""What is said of the catalogue of 品目."""

from core.i18n import _l
from core.words import Word

WORDS = {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "code-shape": _l("品目编码的写法不对，现在是“{value}”；2022 版应为一位字母加八位数字"),
        "category-edition-missing": _l(
            "写明目录版本：2013 或 2022。同一个编码在两版里可能是两种货物，没有版本的编码不收"
        ),
        "category-name-missing": _l("编码 {value} 没有名称"),
        "category-file-missing": _l("选择要导入的 CSV 文件"),
        "category-file-kind-missing": _l("选择文件里是什么"),
    }.items()
} | {
    "category_file.codes": Word(_l("品目目录")),
    "category_file.crosswalk": Word(_l("新旧编码对照")),
}
