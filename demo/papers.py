"""The papers an applicant of the demonstration uploads and the values its laboratory measures: invented."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pydyf

from certification.application.models import Application
from certification.workflow.site import checks_of
from core import files

CONFIRMED = "与申请书和所附文件核对一致。"
LOOKED_UP = "国家企业信用信息公示系统查询（演示）。"


@cache
def pdf(title: str) -> bytes:
    """A one-page PDF that says it is a demonstration paper (ASCII text needs no embedded font)."""
    document, text = pydyf.PDF(), pydyf.Stream()
    font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"})
    text.begin_text()
    text.set_font_size("F1", 16)
    text.set_text_matrix(1, 0, 0, 1, 72, 760)
    text.show_text_string(f"DEMONSTRATION DATA - {title}".encode("ascii", "replace").decode())
    text.end_text()
    document.add_object(font)
    document.add_object(text)
    page = {
        "Type": "/Page",
        "Parent": document.pages.reference,
        "MediaBox": pydyf.Array([0, 0, 595, 842]),
        "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F1": font.reference})}),
        "Contents": text.reference,
    }
    document.add_page(pydyf.Dictionary(page))
    output = io.BytesIO()
    document.write(output)
    return output.getvalue()


def paper(kind: str, of: str = "") -> tuple[io.BytesIO, str]:
    """(stream, file name) of one required file; the papers of two cases are two papers."""
    return io.BytesIO(pdf(f"{kind} {of}".strip())), f"{kind}.pdf"


def stored(kind: str) -> files.Stored:
    return files.store(*paper(kind), examined=True)


BENCH = {"edition": "演示版本", "equipment": "演示设备 SB-01", "environment": "(23 ± 2) ℃"}


def confirmed(case: Application) -> list[dict[str, Any]]:  # as the shape of a condition has it
    """Each condition of acceptance, with what the reviewer saw and the file that shows it."""
    licence = case.current_files[0].id if case.current_files else None
    elsewhere = "" if licence else LOOKED_UP
    seen = {"confirmed": True, "note": CONFIRMED, "file": licence, "evidence": elsewhere}
    return [{"slug": slug, **seen} for slug in checks_of(case, "acceptance")]


def results(case: Application, day: date) -> list[dict[str, Any]]:  # as the shape of a result has it
    """A measured value for each test item, a little on the good side of its requirement; of the clinker as
    much as the activity data say."""
    burnt = {"clinker_share": share} if (share := _clinker_share(case)) else {}
    return [
        {"item": item["slug"], "value": burnt.get(item["slug"]) or _value(item), "performed_on": day,
         "uncertainty": case.scheme.rules.items[item["slug"]].uncertainty, **BENCH}
        for item in case.scheme.tests
    ]  # fmt: skip


def _clinker_share(case: Application) -> Decimal | None:
    """In percent; both stand in tonnes in our own data."""
    burnt = [row.quantity or Decimal(0) for row in case.inventory.rows if row.kind == "clinker"]
    output = case.inventory.output_amount
    return round(sum(burnt, Decimal(0)) / output * 100, 2) if burnt and output else None


def _value(item: Mapping[str, Any]) -> Decimal:  # a test of a scheme, JSON
    if item.get("limit") is None:
        return Decimal("1.00")
    limit = Decimal(item["limit"])
    return limit * (Decimal("0.8") if item["comparator"] in ("le", "lt") else Decimal("1.2"))
