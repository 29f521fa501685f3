"""What the demonstration uploads it made itself, so nobody takes it apart to see what it is."""

from decimal import Decimal

import pytest

from core import bounded
from demo import load, papers, products
from demo.road import Road


@pytest.fixture
def unexamined(monkeypatch):
    """No child may be asked to look through a file."""

    def refuse(*_arguments, **_more):
        raise AssertionError("a paper made here was examined")

    monkeypatch.setattr(bounded, "run", refuse)


def test_no_child_looks_through_the_papers_of_a_case_that_were_made_here(db, unexamined):
    case = Road(load.furnish(), next(products.real_devices()))
    required = set(case.application.scheme.required_files)
    assert {file.kind for file in case.application.current_files} == required
    assert papers.stored("other").size > 0


def test_the_clinker_of_a_cement_is_by_its_analysis_and_the_laboratory_finds_as_much(db):
    cast = load.furnish()
    cement = next(each for each in products.invented(5) if each.scheme.code == "lc-cement")
    case = Road(cast, cement).to("pending_decision")
    [clinker] = [row for row in case.inventory.rows if row.kind == "clinker"]
    # 63.5 % × 44/56 + 2 % × 44/40 = 0.498929 + 0.022 t for each tonne.
    burnt = next(row for row in case.footprint.rows if row["name"] == clinker.name)
    each = Decimal(burnt["value"]) * case.inventory.output_amount / clinker.quantity / 1000
    assert round(each, 6) == Decimal("0.520929")
    share = clinker.quantity / case.inventory.output_amount * 100
    [report] = case.reports
    found = next(result.value for result in report.sample.results if result.item == "clinker_share")
    assert abs(found - share) <= Decimal("0.01")
    assert "clinker-share-differs" not in {question.slug for question in case.questions}
