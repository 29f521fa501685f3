"""The words of slugs: stored values are English slugs, what people read is looked up here.

Each office brings a table `WORDS`; the source text is Chinese, gettext holds the English.
A status has one word, one tone and one icon, everywhere.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Refused
from core.i18n import _, _l

log = logging.getLogger(__name__)

_words: dict[str, "Word"] = {}
_missing: dict[str, "Word"] = {}  # what was asked for in vain, so that the log says it once
_strict = False


@dataclass(frozen=True)
class Word:
    """`tone` is one of "", ok, warn, stop, info, wait, chg (ux tokens); `icon` a sprite name."""

    text: object  # a lazy string
    tone: str = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.text)


WORDS = {
    "refusal.file-empty": Word(_l("文件是空的，请换一份再传")),
    "refusal.file-too-large": Word(_l("文件超过 {limit} MB。可以拆分或压缩后再传")),
    "refusal.file-type-forbidden": Word(_l("不收这种文件。可以上传：{allowed}。其他的请另存为 pdf")),
    "refusal.file-is-not-what-it-says": Word(
        _l("文件内容不是 {extension} 格式。请用原来的软件打开，另存为 {extension} 再传")
    ),
    "refusal.file-is-another-kind": Word(
        _l("文件内容不是 {extension} 格式，而是 {actual}。请把文件名的后缀改成 {actual} 再传")
    ),
    "refusal.file-holds-nothing": Word(
        _l("文件里没有能读的页、文字、图片、单元格或压缩件，不能作为证据。请打开看看，换一份再传")
    ),
    "refusal.file-is-locked": Word(_l("文件有密码，打不开。请去掉密码再传")),
    "refusal.file-archive-inside": Word(_l("压缩包里还有压缩包（{name}），不收。请解开后直接上传里面的文件")),
    "refusal.file-has-macros": Word(_l("文件带宏，不收。请另存为不带宏的文件再传")),
    "refusal.file-unreadable": Word(_l("文件读不出来，可能已损坏。请打开看看，另存一份再传")),
    "refusal.file-too-much-work": Word(_l("文件太复杂，读不完。请拆成几份，或另存为 PDF 再传")),
    "refusal.file-too-many-parts": Word(_l("文件里的部件超过 {most} 个，不收。请打开后另存一份再传")),
    "refusal.file-unpacks-too-large": Word(_l("文件展开后超过 {most} MB，不收。请删去图片和多余的内容")),
    "refusal.file-too-full": Word(
        _l("文件里的单元格、文字或样式太多，读不完。请把要交的内容复制到新的文件里再传")
    ),
    "refusal.file-declares-type": Word(_l("文件里有不该有的声明，不收。请在 Office 或 WPS 里另存一份再传")),
    "refusal.file-not-found": Word(_l("没有这份文件，或者您不能查看")),
    "refusal.file-altered": Word(_l("存储的文件与登记的不符，查明以前不提供")),
    "refusal.page-is-stale": Word(_l("您打开本页之后，内容已被改动。请看过新内容再提交")),
    "refusal.role-not-held": Word(_l("您在这里没有办理这一步的身份")),
    "refusal.step-out-of-order": Word(_l("现在还不能办这一步，或者已经办过")),
    "refusal.no-such-step": Word(_l("没有这一步")),
    "refusal.body-invalid": Word(_l("请求内容不合格式：{members}")),
    "refusal.body-member-invalid": Word(_l("格式不对，或不在可选范围内")),
    "refusal.body-member-missing": Word(_l("缺少这一项")),
    "refusal.body-member-unknown": Word(_l("没有这一项")),
    "refusal.body-member-too-long": Word(_l("太长，请缩短")),
    "refusal.body-member-out-of-bounds": Word(_l("超出可填的范围")),
    "refusal.body-member-twice": Word(_l("请求正文里有一项写了两次")),
    "refusal.body-not-json": Word(_l("请求正文不是 JSON，请核对格式")),
    "refusal.body-too-deep": Word(_l("请求正文的层次太多")),
    "refusal.body-too-large": Word(_l("请求正文超过 {limit} MB")),
    "refusal.body-unreadable": Word(_l("请求正文里有读不出来的字符")),
    "refusal.argument-not-a-number": Word(_l("地址中的 {name} 应是整数；页码从 1 起")),
    "refusal.argument-not-offered": Word(_l("地址中的 {name} 不能是“{value}”")),
    "refusal.argument-too-long": Word(_l("地址中的 {name} 最多 {most} 个字")),
    "refusal.argument-unreadable": Word(_l("地址中有读不出来的字符")),
    "refusal.argument-unknown": Word(_l("没有这样的参数：{members}")),
    "refusal.filter-unreadable": Word(_l("有条件读不懂，没有查。{faults}")),
    "refusal.value-not-known": Word(_l("没有这个选项，请重新选择")),
    "refusal.number-unreadable": Word(_l("应填写数字，如 1234.5")),
    "refusal.number-comma": Word(_l("逗号的意思不清楚。小数写成 12.5；千位逗号每三位一个，如 1,234.5")),
    "refusal.number-two-ways": Word(
        _l(
            "这个数有两种读法：10² 可以是 100 或 102，1_2 可以是 12 或 1.2，中间的空格也说不清。"
            "请只用数字和小数点，如 1234.5 或 1.2万"
        )
    ),
    "refusal.number-not-whole": Word(_l("应填写整数")),
    "refusal.number-out-of-range": Word(_l("这个数超出了允许的范围")),
    "refusal.quantity-absurd": Word(_l("数量大得或小得不合常理，请核对小数点和单位")),
    "refusal.date-unreadable": Word(_l("日期应写成 2025-01-31 的样子")),
    "refusal.month-unreadable": Word(_l("月份应写成 2025-01 的样子")),
    "refusal.date-absurd": Word(_l("年份应在 1900 至 2200 之间")),
    "refusal.moment-unreadable": Word(_l("时间应写成 2025-01-31 08:00 的样子")),
    "refusal.year-unreadable": Word(_l("年份应为四位数字")),
    "refusal.glyph-missing": Word(_l("证书字体里没有这些字：{characters}。请换用规范字，或联系平台补字")),
    "refusal.text-too-long": Word(_l("文字太长，请缩短")),
    "refusal.text-has-controls": Word(_l("文字里有看不见的控制字符，请删去后重新输入")),
    "refusal.list-too-long": Word(_l("最多 {most} 项，请减少后再提交")),
    "refusal.email-shape": Word(_l("邮箱应写成 name@example.cn 的样子")),
    "refusal.email-mailbox": Word(_l("邮箱 @ 前面只能用字母、数字和 . _ - 等符号，点不能在两端")),
    "refusal.email-domain": Word(_l("邮箱 @ 后面的域名不对，应是 example.cn 或 例子.中国 的样子")),
    "refusal.http-400": Word(_l("请求不完整，请返回上一页再试")),
    "refusal.http-403": Word(_l("您没有查看这一页的身份")),
    "refusal.http-404": Word(_l("没有找到这一页")),
    "refusal.http-405": Word(_l("这个地址不支持这种操作")),
    "refusal.http-415": Word(_l("请用 JSON 格式提交")),
    "refusal.not-a-form": Word(_l("这个地址只收网页上的表单")),
    "refusal.http-429": Word(_l("操作太频繁，请稍后再试")),
    "refusal.http-500": Word(_l("暂时打不开，已经记录。您提交的内容没有保存，请返回再试")),
    "refusal.page-not-shown": Word(_l("这一页暂时打不开，已经记录。之前提交的内容不受影响")),
    "refusal.saved-not-shown": Word(
        _l(
            "已经保存，只是显示结果时出了错，已经记录。请不要再交一次：返回上一页或打开案卷，可以看到已保存的内容"
        )
    ),
    "refusal.said-already": Word(
        _l("同样的内容刚刚已经办成一次，这一次没有再办。确实要再办一次，请带上新的 Idempotency-Key")
    ),
    "refusal.deed-in-hand": Word(_l("这一次提交已经办成，只办了一次。请打开案卷查看结果")),
    "refusal.idempotency-key-reused": Word(_l("这个 Idempotency-Key 已用于另一份内容，请换一个")),
    "refusal.idempotency-key-malformed": Word(_l("Idempotency-Key 应为 8 至 200 个可见的 ASCII 字符")),
    "refusal.lost-race": Word(_l("同一时刻有人改了同样的内容，您这一次没有保存。请看过现在的内容再提交")),
    "refusal.taken-just-now": Word(_l("刚刚有人用了同样的编号，请换一个")),
    "refusal.job-unknown": Word(_l("没有这项任务")),
    "refusal.job-not-failed": Word(_l("这项任务没有失败，不需要再做")),
    "refusal.reference-gone": Word(_l("所选的内容已不存在，请重新选择")),
    "refusal.database-busy": Word(_l("数据库正忙，这一次没有办成，也没有改动任何内容。请过几秒再试")),
    "refusal.disk-full": Word(_l("服务器的磁盘已满，这一次没有保存，没有改动任何内容；查询仍可使用")),
    "refusal.disk-read-only": Word(
        _l("服务器的磁盘不能写入，这一次没有保存，没有改动任何内容；查询仍可使用")
    ),
    "refusal.database-away": Word(_l("数据库暂时连不上，请稍后再试")),
    "refusal.table-columns-missing": Word(_l("第一行要有这些列：{columns}。请对照模板补齐列名后再导入")),
    "refusal.table-unreadable": Word(_l("文件读不出来。请另存为“CSV UTF-8（逗号分隔）”再导入")),
    "refusal.table-too-large": Word(_l("文件超过 {most} MB，请拆成几份再导入")),
    "refusal.table-too-long": Word(_l("文件超过 {most} 行，请拆成几份再导入")),
    "refusal.table-line-unreadable": Word(_l("第 {line} 行读不出来：引号不成对，内容过长，或有看不见的字符")),
    "refusal.table-line-too-wide": Word(_l("第 {line} 行的列比第一行多。含逗号的内容请加引号")),
    "refusal.calendar-line-unreadable": Word(
        _l("第 {line} 行读不懂：要有日期（2027-01-01）、种类、名称和来源")
    ),
    "refusal.calendar-empty": Word(_l("没有内容：第一行之下至少写一天")),
    "unit.item": Word(_l("件")),
    "unit.dozen": Word(_l("打")),
    "unit.weight_case": Word(_l("重量箱")),
    "unit.month": Word(_l("个月")),
    "unit.year": Word(_l("年")),
    "advice.400": Word(_l("返回上一页，刷新后再提交一次。")),
    "advice.403": Word(_l("换一个身份，或请本单位管理员授予相应角色。")),
    "advice.404": Word(_l("核对地址，或从首页重新查找。")),
    "advice.409": Word(_l("返回案卷，看看现在到了哪一步。")),
    "advice.address": Word(_l("改正地址里的这一项，或从首页重新查找。")),
    "advice.413": Word(_l("返回上一页，换一份较小的文件。")),
    "advice.422": Word(_l("返回上一页，补齐后再提交。您填的内容没有改动。")),
    "advice.429": Word(_l("过几分钟再试。")),
    "advice.503": Word(_l("稍等一会儿，返回上一页再试，您填的内容还在那里。")),
    "advice.500": Word(_l("如果再次出现，请把时间告诉技术支持。")),
}


def connect(*tables: Mapping[str, Word], strict: bool) -> None:
    """Take every office's table; the same key twice is an error.  `strict`: so is a key without a word."""
    global _strict
    _strict = strict
    _words.clear()
    _missing.clear()
    for table in tables:
        if twice := _words.keys() & table.keys():
            raise ValueError(f"words written twice: {sorted(twice)}")
        _words.update(table)


def word(key: str) -> Word:
    """The word of a slug.  A page never fails for want of one: it shows the slug, and the log says so."""
    return _words.get(key) or _wanting(key)


def _wanting(key: str) -> Word:
    if _strict:
        raise KeyError(key)
    if key not in _missing:
        log.error("no word for %s", key)
        _missing[key] = Word(key.rpartition(".")[2])
    return _missing[key]


def every() -> frozenset[str]:
    """The keys of all words."""
    return frozenset(_words)


def known(key: str) -> bool:
    return key in _words


COUNTED = ("item", "dozen", "weight_case", "month", "year")  # units without a sign of their own
FORMULA = re.compile(r"CO2|CH4|N2O|SF6|NF3")
SUBSCRIPT = str.maketrans("23456", "₂₃₄₅₆")
SAID = re.compile(rf"\b(?:{'|'.join(COUNTED)})\b")


def unit_text(unit: str) -> str:
    """A unit as people write it, in the language of the page: kgCO₂e/m², kgCO₂e/件, kgCH₄/t."""
    spelt = unit.replace("m2", "m²").replace("m3", "m³")
    spelt = FORMULA.sub(lambda found: found[0].translate(SUBSCRIPT), spelt)
    return SAID.sub(lambda found: str(word(f"unit.{found[0]}")), spelt)


def say(refused: Refused) -> str:
    """The sentence for a no, with its details filled in."""
    return sentence(refused.slug, refused.detail)


def sentence(slug: str, detail: Mapping[str, object] | None = None) -> str:
    return str(word(f"refusal.{slug}")).format_map(_Spoken(detail or {}))


def explain(error: object) -> str:
    """An error of a form as a sentence: some are slugs of refusals, some are sentences already."""
    text = str(error)
    return str(word(f"refusal.{text}")).format_map(_Untold()) if known(f"refusal.{text}") else text


class _Untold(dict[str, object]):
    """At a field only the slug is known."""

    def __missing__(self, _key: str) -> str:
        return "…"


class _Spoken(dict[str, object]):
    """Details as read aloud: a slug with a word is spoken as that word."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        if isinstance(value, list | tuple):
            return str(_("、")).join(map(str, value))
        return value
