"""What a row says while it is closed, and the one line that its doubts have."""

import re

from certification.application.operations.documents import prove_rows
from core.db import db


def row_of(page: str, number: int) -> str:
    return page[page.index(f'id="rows-{number}"') :].partition("</details>")[0]


def test_a_closed_row_says_its_name_result_evidence_and_amount(world, browser):
    case = world.case("draft").application
    file = case.current_files[0]
    prove_rows(case, world.actor("applicant"), file, {1}, case.inventory.version)
    db.session.commit()
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    bare, proved = row_of(page, 0), row_of(page, 1)
    assert 'value="坯料"' in bare
    assert (' data-bare="all"' in bare, " data-bare" in proved) == (True, False)
    assert re.search(r'data-part="0\.59\d*"', page)
    assert re.search(r"data-result>5(\.00)?<", page)
    said = page.partition('id="fold-template"')[2].partition("</template>")[0]
    assert ["有证据" in said, "缺证据" in said, "缺月份" in said] == [True] * 3


def test_the_place_of_a_doubt_is_kept_where_there_is_none(world, browser):
    """A sum that arrives with one then moves nothing."""
    case = world.case("draft").application
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    assert page.count("<details data-doubts>") == len(case.inventory.rows) + 1  # and of the blank one
    assert "<summary></summary>" in page.partition('id="row-template"')[2]
