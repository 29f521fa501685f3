"""The annex as a workbook, and the table to fill in.  Every text is written as text."""

from collections.abc import Iterable

from certification.certificate.likeness import Near
from certification.certificate.shapes import differences
from core import tables
from core.assets import local
from core.canonical import Plain
from core.i18n import _
from core.words import word
from procurement.bids import told
from procurement.bids.queries import Answered
from procurement.bids.reading import COLUMNS
from procurement.verdict.judging import LISTED, SUBJECTS


def template() -> bytes:
    """One example, which is nobody's."""
    head = [names[0] for names in COLUMNS.values()]
    about = [
        (_("怎么填"), _("一行一个产品：证书编号、型号必填，企业名称或统一社会信用代码填一个即可")),
        (_("最多"), _("5000 行；列的次序不限，标题行请不要改")),
    ]
    return tables.to_xlsx(head, [], about)


def workbook(of: Answered, address: str) -> bytes:
    subjects = (*SUBJECTS, LISTED)
    head = [_("行"), *(names[0] for names in COLUMNS.values()), _("结论"), _("回答的证书")]
    head += [str(word(f"verdict_on.{subject}")) for subject in subjects] + [_("备注")]
    return tables.to_xlsx(head, [_row(line, subjects) for line in of.content["lines"]], _about(of, address))


def _row(line: Plain, subjects: Iterable[str]) -> list[object]:
    found = {each["subject"]: each for each in line["findings"]}
    said = [_said(line, found[subject]) if subject in found else "" for subject in subjects]
    asked = [line["asked"].get(slug, "") for slug in COLUMNS]
    overall = str(word(f"may_buy.{line['overall']}"))
    return [line["row"], *asked, overall, line["certificate"], *said, _("；").join(told.notes(line))]


def _said(line: Plain, finding: Plain) -> str:
    near = [_near(each) for each in told.near(line, finding)]
    answer = word(f"finding_is.{finding['answer']}")
    return _("；").join([f"{answer}{_('：')}{told.sentence(finding)}", *near])


def _near(found: Near) -> str:
    text, said = _("最接近：%(text)s", text=found.text), differences(found)
    return f"{text}{_('（')}{said}{_('）')}" if said else text


def _about(of: Answered, address: str) -> list[tuple[str, str]]:
    """What the file is, for whoever finds it alone."""
    check = of.check
    return [
        (_("编号"), check.number),
        (_("地址"), address),
        (_("问的日期"), check.on.isoformat()),
        (_("答复时刻"), local(check.asked_at, "%Y-%m-%d %H:%M:%S")),
        (_("数据版本"), str(of.content["data_version"])),
        (_("行数"), str(check.lines)),
        (_("内容摘要 SHA-256"), check.digest),
        (_("签名"), check.signature or _("没有签名：清单的主管单位还没有密钥")),
        (_("签名单位"), check.uscc),
        (_("没有核对的列"), _("、").join(of.content["ignored"])),
    ]
