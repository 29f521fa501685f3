"""What was read once is not read again: what was typed decides, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from carbon.footprint import FactorCopy
from carbon.operations import reading

ROW = {"stage": "use", "name": "电", "quantity": "1", "unit": "kWh", "factor_code": "A"}
FACTOR = FactorCopy(Decimal(1), "kgCO2e/kWh", "CO2e", code="A")


def read(*rows, library=None):
    complaints = reading.Complaints()
    return reading.rows(rows, {"A": FACTOR} if library is None else library, complaints), complaints.fields


@pytest.fixture
def counted(monkeypatch):
    """The rows that were really read."""
    found = []
    really = reading._read
    reading._read_before.cache_clear()
    monkeypatch.setattr(reading, "_read", lambda raw, *more: found.append(raw) or really(raw, *more))
    return found


def test_a_row_that_stands_as_it_stood_is_read_once(counted):
    others = [ROW | {"name": f"{number}"} for number in range(5)]
    first = read(*others)
    assert read(*others) == first
    assert len(counted) == 5
    changed = read(*others[:4], ROW | {"name": "4", "quantity": "2"})[0]
    assert (len(counted), changed[4].quantity) == (6, 2)


def test_a_complaint_is_said_at_the_place_where_the_row_stands_now(counted):
    wrong = ROW | {"quantity": "much"}
    assert read(wrong)[1] == {"rows-0-quantity": "number-unreadable"}
    assert read(ROW, wrong)[1] == {"rows-1-quantity": "number-unreadable"}
    assert len(counted) == 2


def test_the_factor_of_the_library_is_a_part_of_what_was_read(counted):
    assert read(ROW)[1] == {}
    assert read(ROW, library={})[1] == {"rows-0-factor_code": "factor-unknown"}
    of_another = {"A": replace(FACTOR, unit="kgCO2e/t")}
    assert read(ROW, library=of_another)[1] == {"rows-0-unit": "unit-does-not-fit"}
    assert read(ROW)[1] == {}


def test_what_is_equal_and_not_the_same_is_read_anew():
    """True is 1 to a dictionary, and no amount."""
    assert read(ROW | {"quantity": 1})[1] == {}
    assert read(ROW | {"quantity": True})[1] == {"rows-0-quantity": "number-unreadable"}
    assert read(ROW | {"quantity": [1]})[1] == {"rows-0-quantity": "number-unreadable"}


def test_a_list_that_is_too_long_is_refused_at_its_row():
    legs = [{"mode": "truck"}] * 51
    with pytest.raises(reading.Invalid) as refused:
        read(ROW, ROW | {"kind": "transport", "legs": legs})
    assert refused.value.fields == {"rows-1-legs": "list-too-long"}


def test_what_is_read_once_is_made_a_record_once():
    [first], _faults = read(ROW)
    [again], _faults = read(ROW)
    assert first.record is again.record
    assert first.record.alone is again.record.alone
    assert first.record.factor == FACTOR
