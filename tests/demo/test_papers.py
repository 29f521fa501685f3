"""What the demonstration uploads it made itself, so nobody takes it apart to see what it is."""

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
