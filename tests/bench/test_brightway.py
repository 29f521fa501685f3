"""The peer of the arithmetic: measured where it is installed, missed in plain words where it is not."""

from pathlib import Path

import pytest

from bench import brightway
from bench.economy import economy


def test_where_the_peer_is_not_installed_the_bench_says_so(monkeypatch, capsys):
    monkeypatch.setattr(brightway, "PYTHON", Path("/nowhere/python"))
    assert list(brightway.figures()) == []
    assert capsys.readouterr().out == f"{brightway.ABSENT}\n"
    assert "script/setup bench" in brightway.ABSENT


@pytest.fixture
def answering(monkeypatch):
    """A peer that is there, takes two milliseconds for each draw, and finds this much of what we find."""

    def part(times: float):
        def ask(task):
            if "rows" in task:
                assert len(task["rows"]) == 200
                return {"ms": task["draws"] * 2.0}
            return {"score": total(task["system"]) * times}

        monkeypatch.setattr(brightway, "ask", ask)
        monkeypatch.setattr(brightway, "PYTHON", Path(__file__))

    return part


def total(system: dict) -> float:
    """The same by numpy, dense."""
    from numpy import eye, linalg, zeros

    place = {process["name"]: number for number, process in enumerate(system["processes"])}
    makes, wanted = eye(len(place)), zeros(len(place))
    for process in system["processes"]:
        for name, amount in process["inputs"].items():
            makes[place[name], place[process["name"]]] -= float(amount)
    [(product, amount)] = system["demand"].items()
    wanted[place[product]] = float(amount)
    runs = linalg.solve(makes, wanted)
    return sum(
        run * float(each["emissions"]["CO2"]) for run, each in zip(runs, system["processes"], strict=True)
    )


def test_the_draws_of_the_peer_are_told_for_as_many_as_ours(answering, monkeypatch):
    answering(1)
    monkeypatch.setattr("bench.draws.milliseconds", lambda _work: 40.0)
    ratio, apart = brightway.figures()
    assert (ratio.figure, ratio.value) == ("footprint.draws_ratio_brightway", 500)  # of twenty seconds
    assert apart.value < 1e-9


def test_another_answer_to_the_same_system_ends_the_bench(answering):
    answering(1 + 1e-8)
    with pytest.raises(RuntimeError, match="apart"):
        list(brightway.figures())


def test_a_smaller_economy_is_made_like_the_large_one():
    small = economy(150)
    assert len(small["processes"]) == 150
    names = {process["name"] for process in small["processes"]}
    assert all(names >= process["inputs"].keys() for process in small["processes"])
