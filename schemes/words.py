"""What is wrong with a scheme, in sentences."""

from core.i18n import _l
from core.words import Word
from schemes.drafts.words import WORDS as DRAFTS

WORDS = DRAFTS | {
    f"refusal.{slug}": Word(text)
    for slug, text in {
        "scheme-document-wrong": _l("规则文件有不对的地方，请看各处的说明"),
        "common-part-missing": _l("没有它要引用的公共部分"),
        "scheme-not-open": _l("这份规则有参数、分档限值或分级结论，现在还不能按它申请"),
        "slug-unreadable": _l("代号用小写字母开头，只用小写字母、数字、“_”和“-”"),
        "slug-twice": _l("代号 {name} 用了两次"),
        "effective-ends-before-it-begins": _l("失效日期早于生效日期"),
        "effective-in-the-past": _l("生效日期已经过去，请填今天或以后"),
        "version-published-twice": _l("这个版本已经发布，请用新的版本号"),
        "grades-do-not-fit": _l("结论分级时至少两级，每一行限值写全各级；结论不分级时没有级别"),
        "test-unknown": _l("规则里没有检测项目 {name}"),
        "clock-unit-wrong": _l("发证以后的期限按月计"),
        "recertification-turned": _l("再认证最早的申请日晚于最晚的申请日"),
        "cut-off-turned": _l("单项取舍的份额大于合计的份额"),
        "tolerance-turned": _l("“少见”的倍数大于“不可能”的倍数"),
        "person-days-turned": _l("人数从少到多写，人日不能减少，也不能少于最低人日"),
        "parameter-member-of-another-kind": _l("这种参数没有这一项"),
        "parameter-unknown": _l("没有参数 {name}，或者参数指向了自己"),
        "choices-missing": _l("至少写两个选项；限值行写明是哪些选项"),
        "choice-unknown": _l("参数没有 {name} 这个选项"),
        "range-turned": _l("范围的上限要大于下限"),
        "pattern-unreadable": _l("格式读不懂，请用正则表达式"),
        "example-does-not-fit": _l("例子不符合上面的格式"),
        "condition-missing": _l("写明什么条件下必填；不是按条件必填的，不写条件"),
        "condition-circular": _l("必填条件绕成了圈：{names}"),
        "quantity-unknown": _l("没有可以比较的量 {name}"),
        "derivation-units-differ": _l("相加或相减的量单位要一样：这里是 {unit}，结果是 {other}"),
        "derivation-circular": _l("推出的量绕成了圈：{names}"),
        "comparator-unknown": _l("比较方式只有不高于、低于、不低于、高于（le、lt、ge、gt）"),
        "limit-without-unit": _l("限值没有单位，应当是 {unit}"),
        "limit-unit-differs": _l("限值的单位与判定的量不同，应当是 {unit}"),
        "limit-negative": _l("限值 {limit} 没有意义：这个量不会这样小"),
        "limit-without-source": _l("写明限值的出处；是演示数据的也写明"),
        "limit-digits": _l("限值的小数位数多于碳足迹保留的 {digits} 位"),
        "limit-hangs-on-nothing": _l("限值表按参数 {name} 分档，但没有这个参数，或者表里没有用它分档"),
        "limit-hangs-on-the-endless": _l("限值表只能按选项、是否，或有上下限的数分档；{name} 不是"),
        "limit-hangs-on-the-optional": _l("限值表按 {name} 分档，它就不能选填"),
        "limits-too-many": _l("限值表太大，请减少分档的参数"),
        "rounding-incomplete": _l("修约值比较要写明修约到几位小数"),
        "ground-incomplete": _l("与品类基准比的写明基准，比自身基期降低的写明基期"),
        "ground-only-of-carbon": _l("只有碳足迹可以与基准或基期比"),
        "ranges-hole": _l("有的产品没有限值：{cell}"),
        "ranges-overlap": _l("有的产品有两个限值：{cell}"),
        "criterion-unreachable": _l("任何结果都达不到 {limit}"),
        "grade-unreachable": _l("这一级的要求比 {grade} 还低，{grade} 就没有结果能落进去"),
    }.items()
}
