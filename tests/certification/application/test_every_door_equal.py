"""Whatever is typed: by the page, by the API and in a workbook it is the same rows, and the same total."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as any_

from carbon import operations as carbon
from carbon import records
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, INVENTORY
from certification.workbooks.exchange.layouts import layouts, title_of
from core.db import db as tables
from tests.carbon.test_properties import as_kept, every, figures
from tests.certification.workbooks.workbooks import saved, template, upload
from tests.certification.world import reload
from tests.support.rules import amend

# Each example walks through three doors; to shrink one would take minutes.
FEW = settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def case(world):
    made = world.case("draft")
    amend(world.scheme, declared_unit="t")
    made.application.inventory.declared_unit = "t"
    tables.session.commit()
    return made


def by_api(ask, case, head: dict, rows: list[dict]) -> None:
    body = {"version": reload(case).inventory.version, "rows": rows, **head}
    answer = ask("PUT", f"/applications/{case.id}/inventory", json=body)
    assert answer.status_code == 200, answer.json


def by_page(maker, case, head: dict, rows: list[dict]) -> None:
    fields = {"version": reload(case).inventory.version, "action": "stay", **head}
    for place, row in enumerate(rows):
        boxes = boxed(row) | {"kind": row.get("kind", "own")}
        fields |= {f"rows-{place}-{column}": text for column, text in boxes.items()}
    answer = maker.post(f"/certification/applications/{case.id}/inventory", data=fields)
    assert answer.status_code == 302, answer.text


def by_workbook(actor, case, rows: list[dict]) -> None:
    """Each on the sheet of its kind, numbers as a spreadsheet holds them; the rows that stood are gone."""
    book = template(case, source=None)
    filled: dict[str, int] = {}
    for row in rows:
        kind = row.get("kind", "")
        layout = next(each for each in layouts(INVENTORY) if each.slug == kind)
        sheet = book[title_of(kind)] if kind else book.worksheets[0]
        places = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
        filled[kind] = filled.get(kind, FIRST_ROW - 1) + 1
        for column in layout.columns:
            if (text := boxed(row).get(column.slug)) is not None:
                value = float(text) if column.number else text
                sheet.cell(filled[kind], places[str(column.heading)]).value = value
    came = upload(case, actor, saved(book))
    assert (came.accepted, came.refused) == (len(rows), 0)


def boxed(row: dict) -> dict[str, str]:
    kind = row.get("kind", records.ACTIVITY)
    stated = {name: value for name, value in row.items() if name in records.FIELDS}
    plain = {name: value for name, value in row.items() if name not in (*stated, "kind")}
    return plain | {box: text for box, text in records.boxes(kind, stated).items() if text}


def stands(case) -> tuple[Decimal, list[tuple]]:
    inventory = reload(case).inventory
    rows = [(row.name, row.stage, row.kind, row.quantity, row.unit, row.own_value) for row in inventory.rows]
    return carbon.compute(inventory).total, sorted(rows, key=str)


@FEW
@given(rows=every, output=figures, order=any_.permutations(["api", "page", "workbook"]))
def test_page_api_and_workbook_store_the_same_rows_and_come_to_one_total(
    case, ask, browser, world, rows, output, order
):
    typed = [as_kept(row) | {"name": f"{row['name']} {place}"} for place, row in enumerate(rows)]
    head = {"output_amount": output, "output_unit": "t"}
    by_api(ask, case, head, [])
    doors = {
        "api": lambda: by_api(ask, case, head, typed),
        "page": lambda: by_page(browser("applicant"), case, head, typed),
        "workbook": lambda: by_workbook(world.actor("applicant"), case, typed),
    }
    found = []
    for door in order:
        doors[door]()
        found.append(stands(case))
    assert found[0] == found[1] == found[2]
    tried, complaints = carbon.preview({"declared_amount": "1", "declared_unit": "t"} | head, typed)
    assert (found[0][0], complaints) == (tried.total, {})
