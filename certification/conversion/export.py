"""A dry run as a table to keep."""

from certification.conversion.models import DryRun
from core.assets import local
from core.i18n import _, language
from core.words import word
from schemes.document import read


def name(found: DryRun) -> str:
    return f"{found.draft.code}-{local(found.asked_at, '%Y%m%d-%H%M')}.xlsx"


def table(found: DryRun) -> tuple[list[str], list[list[object]], list[tuple[str, str]]]:
    """(titles, rows, what the file is): for each criterion what was held and by how much it is not met."""
    criteria = read(found.document).criteria
    english = language() == "en"
    head = [_("种类"), _("编号"), _("产品"), _("持有人"), _("决定日期或有效期至"), _("现在"), _("按草案")]
    for each in criteria:
        called = each.names.en if english else each.names.zh
        head += [called, _("%(name)s：超出", name=called)]
    about = [
        (_("规则草案"), f"{found.draft.said_name} {found.draft.said('version')}"),
        (_("数据截至"), str(local(found.asked_at))),
        (_("草案文本 SHA-256"), found.digest),
        (_("没有数据的"), _("写作“没有数据”，不算通过，也不算不通过")),
    ]
    return head, [_row(each) for each in found.lines], about


def _row(line: dict[str, object]) -> list[object]:
    row: list[object] = [str(word(f"tried.{line['kind']}")), line["number"], line["product"], line["holder"]]
    row += [line["day"], _then(line), str(word(f"criterion.{line['outcome']}"))]
    criteria = line["criteria"]
    assert isinstance(criteria, list)  # as it was written
    for each in criteria:
        row += [each["held"] or str(word("criterion.unknown")), each["beyond"] or ""]
    return row


def _then(line: dict[str, object]) -> str:
    if line["kind"] == "case":
        return str(word(f"application.step.{line['then']}"))
    return str(word(f"certificate.state.{line['then']}"))
