"""The texts for tender and contract: what is asked and by which proof, and nobody who could supply it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from core.i18n import _
from procurement.rules import Policy
from procurement.verdict.judging import CATEGORY, CRITERIA, LIST

SHORTEST = 2  # signs; what is shorter stands in every text
COMMON = 3  # makers: what so many call their products by is a grade, and names nobody


class Known(Protocol):
    """A product of the catalogue, of which nothing may be named."""

    @property
    def name(self) -> str: ...
    @property
    def trademark(self) -> str: ...
    @property
    def maker(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def models(self) -> list[str]: ...


@dataclass(frozen=True)
class Clause:
    """`named` says that the criterion of the rule names somebody, and was left out for it."""

    tender: str
    contract: str
    named: bool


def clause(rule: Policy, products: Iterable[Known]) -> Clause:
    """For goods of one policy rule; `products` are those that come under it."""
    names = names_of(products, rule.category_name)
    named = bool(names_in(rule.criterion, names))
    criterion = "" if named else rule.criterion
    basis = "" if names_in(rule.basis, names) else rule.basis
    return Clause(_tender(rule, criterion, basis), _contract(rule, criterion), named)


def names_of(products: Iterable[Known], goods: str) -> set[str]:
    """By what a product, its brand, its model or who makes it would be known; what the goods themselves are
    called is nobody's name."""
    products, makers = list(products), Counter[str]()
    for model, _maker in {(model, each.maker) for each in products for model in each.models}:
        makers[model] += 1
    own = {text for each in products for text in (each.trademark, each.maker, each.holder, each.number or "")}
    own |= {model for model, count in makers.items() if count < COMMON}
    own |= {each.name for each in products}
    return {text for text in own if len(text) >= SHORTEST and text not in goods}


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those that stand in it as words of their own."""
    return [
        name
        for name in names
        if name in text
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name), text)
    ]


def _tender(rule: Policy, criterion: str, basis: str) -> str:
    facts: Mapping[str, str] = {
        "name": rule.category_name, "code": rule.category_code, "edition": rule.category_edition,
    }  # fmt: skip
    must = rule.treatment == "mandatory"
    said = [
        _("本项目采购的%(name)s（品目编码 %(code)s，%(edition)s 版目录）属于政府强制采购的产品。", **facts)
        if must
        else _(
            "本项目采购的%(name)s（品目编码 %(code)s，%(edition)s 版目录）属于政府优先采购的产品。", **facts
        ),
        _("依据：%(basis)s。", basis=basis.rstrip("。")) if basis else "",
        _("指标要求：%(criterion)s。", criterion=criterion.rstrip("。")) if criterion else "",
        _proof(rule.mode),
        _("投标文件应写明证书编号、统一社会信用代码、型号和配置，逐项与证书一致。"),
        _("投标产品不符合以上要求的，投标无效。")
        if must
        else _("符合以上要求的投标产品优先采购，优先的方式和幅度：________（由采购人填写）。"),
    ]
    return "".join(each for each in said if each)


def _proof(mode: str) -> str:
    return {
        LIST: _("投标产品的型号应在投标截止日现行的一期采购清单内，其低碳或碳足迹认证证书在投标截止日有效。"),
        CATEGORY: _(
            "投标产品的型号应列在低碳或碳足迹认证证书内，证书由有资质的认证机构签发、在投标截止日有效；"
            "不要求列入某一期清单。"
        ),
        CRITERIA: _(
            "是否达到指标，以在投标截止日有效、列有该型号的低碳或碳足迹认证证书证明；"
            "也可以提交符合要求的检测报告，由评标委员会判断是否等同。"
        ),
    }[mode]


def _contract(rule: Policy, criterion: str) -> str:
    said = [
        _(
            "供货的%(name)s应与中标文件写明的型号、配置和证书一致，证书在交货日有效。",
            name=rule.category_name,
        ),
        _("指标要求与招标文件相同：%(criterion)s。", criterion=criterion.rstrip("。")) if criterion else "",
        _("交货前证书被暂停、撤销、注销，或型号移出证书范围的，供方应在 ____ 日内书面告知，")
        + _("并以符合同一要求的产品替换，费用由供方承担。"),
        _("验收时逐项核对证书编号、型号、配置和证书在当日的状态，核对结果存入采购档案。"),
        _("不能替换或隐瞒不报的，需方可以拒收、解除合同，并要求供方承担违约责任。"),
    ]
    return "".join(each for each in said if each)
