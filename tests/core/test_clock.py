"""The clock of the demonstration: set for a block of code, or for every process of an installation."""

from datetime import date, timedelta

import pytest

from core import clock
from core.clock import follow_standing, set_standing, today, travel


@pytest.fixture(autouse=True)
def standing(tmp_path):
    """A demonstration whose processes tell each other the time in a file of its own."""
    clock.allow_travel(True, tmp_path / "demo_clock")
    real = today()
    yield real
    clock.allow_travel(True, tmp_path / "nowhere")
    follow_standing()


def test_every_process_follows_the_day_that_was_set(standing):
    set_standing(date(2031, 2, 28))
    assert today() == standing
    follow_standing()
    assert today() == date(2031, 2, 28)
    assert clock.is_set()


def test_it_is_the_real_day_again_when_no_day_is_set(standing):
    set_standing(standing + timedelta(days=400))
    follow_standing()
    set_standing(None)
    follow_standing()
    assert today() == standing
    assert not clock.is_set()


def test_who_travels_is_not_called_back_by_a_request(standing):
    set_standing(standing + timedelta(days=400))
    with travel(date(2029, 1, 1)):
        follow_standing()
        assert today() == date(2029, 1, 1)


@pytest.mark.parametrize(
    "setting", [lambda: set_standing(date(2031, 1, 1)), lambda: travel(date(2031, 1, 1)).__enter__()]
)
def test_outside_of_demonstration_and_tests_nobody_sets_the_clock(setting, tmp_path):
    clock.allow_travel(False, tmp_path / "demo_clock")
    with pytest.raises(RuntimeError, match="only in demonstration"):
        setting()


def test_outside_of_a_demonstration_a_day_that_was_left_behind_is_not_followed(tmp_path, standing):
    set_standing(standing + timedelta(days=400))
    clock.allow_travel(False, tmp_path / "demo_clock")
    follow_standing()
    assert today() == standing


def test_an_installation_without_a_file_for_its_time_says_so_when_it_is_to_travel(monkeypatch):
    monkeypatch.setattr(clock, "_settable", True)
    monkeypatch.setattr(clock, "_standing", None)
    with pytest.raises(RuntimeError, match="no file says"):
        set_standing(date(2031, 1, 1))
