"""What the files of a case prove, as its page shows it: how much of the footprint, and which months."""

from decimal import Decimal

import pytest

from certification.application.queries.coverage import coverage
from core.db import db
from tests.certification.application.test_ledger_pages import TWELVE
from tests.certification.application.test_month_proofs import address, bills, draft, maker, save  # noqa: F401
from tests.certification.world import reload

JANUARY, FEBRUARY = "2025-01", "2025-02"


def cells(case) -> dict[str, str]:
    [meter] = coverage(reload(case)).meters
    return {month: state for month, (_amount, state) in meter.months.items()}


def test_each_month_of_a_meter_is_held_or_bare_or_idle(world, draft):  # noqa: F811
    [file, *_rest] = bills(draft)
    held = {JANUARY: {"evidence": [file.digest]}, FEBRUARY: {"amount": "0"}}
    save(world, draft, {}, months=[entry | held.get(entry["month"], {}) for entry in TWELVE])
    assert cells(draft) == {JANUARY: "held", FEBRUARY: "idle"} | {
        entry["month"]: "bare" for entry in TWELVE if entry["month"] not in (JANUARY, FEBRUARY)
    }
    assert coverage(reload(draft)).bare_months == 10


def test_a_file_of_the_whole_row_holds_every_month(world, draft):  # noqa: F811
    save(world, draft, {}, evidence_digest=bills(draft)[0].digest)
    assert set(cells(draft).values()) == {"held"}


def test_the_share_that_is_proved_is_that_of_the_rows_with_evidence(world, draft):  # noqa: F811
    """The row with a ledger is 5 of 8.45."""
    save(world, draft, {})
    found = coverage(reload(draft))
    assert (found.proved, found.bare) == (0, [0, 1])
    save(world, draft, {}, evidence_digest=bills(draft)[0].digest)
    found = coverage(reload(draft))
    assert round(found.proved, 6) == round(Decimal(5) / Decimal("8.45"), 6)
    assert [(each.name == "", each.bare, each.bare_months) for each in found.weights] == [
        (False, 0, 0),
        (False, 1, 0),
    ]


def test_nothing_is_shared_out_while_nothing_can_be_computed(world, draft):  # noqa: F811
    reload(draft).inventory.rows[0].quantity = None
    db.session.flush()
    found = coverage(reload(draft))
    assert (found.proved, found.weights) == (None, [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_files_says_it(world, draft, maker, language):  # noqa: F811
    save(world, draft, {JANUARY: bills(draft)[0].digest})
    maker.get(f"/language/{language}")
    page = maker.get(f"{address(draft).removesuffix('/inventory')}/files").text
    assert {"zh": "缺文件 11", "en": "Without a file: 11"}[language] in page
    assert page.count('class="bare"') == 11
    assert page.count('class="held"') == 1
