"""The columns of each kind of workbook, and what their headings are called in every language.

A changed column makes a new `template`, so that a form filled in years ago is known for what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import force_locale

from carbon.queries import hint_of
from carbon.records import FIELDS
from core.i18n import _l
from core.opened.workbook import plain
from schemes.document import Document

LANGUAGES = ("zh", "en")
HEADING_ROW, FIRST_ROW = 6, 7  # as the spreadsheet counts


@dataclass(frozen=True)
class Column:
    """`number`, `day`, `month` and `share` (of one) say what stands in it; else it is text.

    `offers` are what may be chosen, each slug with the word a cell has for it; `percent` whether a cell that
    is shown as a percentage says so of itself.
    """

    slug: str
    heading: object  # a lazy string
    hint: object
    width: int = 14
    number: bool = False
    day: bool = False
    month: bool = False
    share: bool = False
    percent: bool = False
    offers: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Said:
    """What the registry of records says of a quantity, in the language of whoever reads it."""

    slug: str

    def __str__(self) -> str:
        return hint_of(FIELDS[self.slug])


@dataclass(frozen=True)
class Kind:
    """`head` are single values that stand above the rows; `identity` are the columns a row is known by.
    `rules` are those whose parameters have columns of their own, see exchange.parameters."""

    slug: str
    template: str
    title: object
    sheet: object
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    head: tuple[Column, ...] = ()
    most: int = 2000
    rules: Document | None = None

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(column.slug for column in self.columns)


INVENTORY = Kind(
    "inventory",
    "inventory-1",
    _l("活动数据表"),
    _l("活动数据"),
    (
        Column("stage", _l("阶段"), _l("从列表里选择"), 14),
        Column("name", _l("排放源"), _l("例如：烧成用天然气"), 24),
        Column("quantity", _l("活动量"), _l("统计期内的总量，只写数字"), 14, number=True),
        Column("unit", _l("单位"), _l("选好因子代码后，列表里只有能换算的单位"), 10),
        Column("factor_code", _l("因子代码"), _l("从“因子库”表里选择；与自有因子、燃料参数三选一"), 34),
        Column("own_value", _l("自有因子"), _l("供应商声明的因子，只写数字"), 12, number=True),
        Column("own_unit", _l("自有因子的单位"), _l("例如 kgCO2e/kg"), 16),
        Column("own_source", _l("自有因子的来源"), _l("声明或报告的名称与编号"), 22),
        Column("ncv", _l("低位发热量"), Said("ncv"), 12, number=True),
        Column("carbon_content", _l("单位热值含碳量"), Said("carbon_content"), 14, number=True),
        Column("oxidation", _l("碳氧化率"), Said("oxidation"), 10, number=True, share=True),
        Column("evidence", _l("来源与证据"), _l("证明文件的名称"), 24),
        Column("quality", _l("数据质量"), _l("A、B、C 或 D"), 10),
    ),
    ("stage", "name"),
    (
        Column("period_from", _l("统计期开始"), _l("写成 2025-01-01"), day=True),
        Column("period_to", _l("统计期结束"), _l("写成 2025-12-31"), day=True),
        Column("output_amount", _l("合格品产量"), _l("统计期内，只写数字"), number=True),
        Column("output_unit", _l("产量的单位"), _l("与声明单位同类")),
        Column("gwp", _l("增温潜势"), _l("由认证规则规定，下载时已填好，不用改")),
    ),
)

MODELS = Kind(
    "models",
    "models-1",
    _l("规格型号表"),
    _l("规格型号"),
    (
        Column("code", _l("规格型号"), _l("与铭牌一致；前面的 0 会保留"), 28),
        Column("specification", _l("规格说明"), _l("选填"), 44),
    ),
    ("code",),
    most=500,
)

KINDS = {kind.slug: kind for kind in (INVENTORY, MODELS)}

# The line that says for which case the workbook was made.
MARKS = {
    "case": _l("案卷号"),
    "template": _l("模板版本"),
    "data_version": _l("数据版本"),
    "supplement": _l("补充上传"),
}
REASON = _l("退回原因")
KEY = Column("key", _l("行标识"), _l("平台用来认出这一行，改了名也认得；不用看，也不要改"), 14)
NO = Column(
    "no", _l("案卷行号"), _l("补正意见里的行号，与页面相同；不要改"), 10
)  # read of workbooks from before keys


def spellings(text: object) -> list[str]:
    """A word of ours in every language a workbook may have been made in."""
    found = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append(plain(str(text)))
    return list(dict.fromkeys(found))


def by_heading(columns: Iterable[Column]) -> dict[str, str]:
    """The slug of every spelling of every heading."""
    return {spelt: column.slug for column in columns for spelt in spellings(column.heading)}
