"""An edition as a table to keep: printed values, and beside them the verdict of a day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import Response

from core import tables
from core.i18n import _
from core.words import word
from procurement import queries
from procurement.models import Edition, EditionLine
from procurement.verdict import lines
from procurement.verdict.judging import Verdict
from procurement.verdict.shapes import reasons


@dataclass(frozen=True)
class Told:
    """What is told beside the printed lines: for which day, of which question, and when that was known."""

    on: date
    asked: queries.Asked
    data_version: int


def head(on: date) -> list[str]:
    return [
        _("品目目录版本"), _("品目编码"), _("品目名称"), _("采购方式"), _("依据"), _("生产者"), _("注册商标"),
        _("产品名称"), _("规格型号"), _("证书编号"), _("证书有效期至"), _("碳足迹"), _("单位"), _("核算边界"),
        _("演示数据"), _("%(day)s 的状态", day=on), _("状态自"), _("原因"), _("与签名不符"),
        _("%(day)s 能否采购", day=on), _("理由"), _("作答的证书"), _("数据版本"), _("查询条件"),
    ]  # fmt: skip


def rows(edition: Edition, told: Told) -> Iterator[list[object]]:
    """What was asked for, whole; so many lines at a time are judged and let go."""
    query, said = question(told), cache(lambda key: str(word(key)))
    for part in queries.line_parts(edition, told.asked):
        verdicts, differs = lines.on_day(part, told.on), queries.line_differences(part)
        for line in part:
            yield [*_row(line, verdicts[line.id], differs[line.id], said), told.data_version, query]


def _row(
    line: EditionLine, found: Verdict, differs: Sequence[str], said: Callable[[str], str]
) -> list[object]:
    act = None if found.asked_stands else found.asked_act
    printed = [
        line.category_edition, line.category_code, line.category_name,
        said(f"treatment.{line.treatment}"), line.basis, line.maker, line.trademark, line.product,
        line.model, line.number, line.valid_to, line.carbon, line.carbon_unit,
        said(f"boundary.{line.boundary}"), _("是") if line.demo else "",
    ]  # fmt: skip
    unlike = _("、").join(said(f"differs.{name}") for name in differs)
    return [
        *printed, said(f"certificate.state.{found.asked_status}"), act.on if act else None,
        act.reason if act else "", unlike, said(f"may_buy.{found.overall}"), reasons(found), found.number,
    ]  # fmt: skip


def question(told: Told) -> str:
    """What was asked for, in words; whoever finds the file can ask it again."""
    asked = told.asked
    parts = [
        (_("日期"), str(told.on)),
        (_("查找"), asked.text),
        (_("品目"), asked.category),
        (_("采购方式"), str(word(f"treatment.{asked.treatment}")) if asked.treatment else ""),
    ]
    return _("；").join(_("%(name)s：%(value)s", name=name, value=value) for name, value in parts if value)


def about(edition: Edition, told: Told, total: int, whole: int) -> list[tuple[str, str]]:
    """What the file is, for whoever finds it alone; `total` rows of an edition that has `whole`."""
    return [
        (_("清单"), edition.title),
        (_("期号"), edition.number),
        (_("状态"), str(word(f"edition.state.{edition.state}"))),
        (_("文号"), edition.document_number or ""),
        (_("公布日期"), str(edition.published_on or "")),
        (_("证书截止日"), str(edition.cutoff)),
        (_("适用政策日期"), str(edition.policy_date)),
        (_("生效以后至少还有效（天）"), str(edition.valid_days or "")),
        (_("对已经开始的采购"), edition.grace),
        (_("行数"), _("本文件 %(total)s 行，全期 %(whole)s 行", total=total, whole=whole)),
        (_("状态列"), _("按 %(day)s 计算；清单本身以公布时为准", day=told.on)),
        (_("查询条件"), question(told)),
        (_("数据版本"), str(told.data_version)),
        (_("内容摘要 SHA-256"), edition.digest or ""),
        (_("演示数据"), _("是，不作为采购依据") if edition.demo else _("否")),
    ]


def file(kind: str, edition: Edition, told: Told) -> Response:
    """An XLSX or CSV, written row by row; its name tells how many rows it must hold."""
    names = {str(place): title for place, title in enumerate(head(told.on))}
    content = (dict(zip(names, row, strict=True)) for row in rows(edition, told))
    name = _("采购清单-%(number)s-%(day)s-共%(total)s行", number=edition.number, day=told.on, total="{total}")
    total = queries.lines(edition, told.asked, size=1).total
    notes = about(edition, told, total, queries.line_counts([edition])[edition.id])
    return tables.export(kind, names, content, f"{name}.{kind}", notes)
