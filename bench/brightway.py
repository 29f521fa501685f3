"""Brightway beside us: the same draws and the same system, by bw2calc in an environment of its own.

It is peer and oracle only.  `script/setup bench` makes the environment; where it is not there, nothing is
measured.  That environment's Python runs this file, which then imports nothing of the house: it reads a task
on its standard input.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.figure import Figure

PYTHON = Path(__file__).parents[1] / "var" / "peers" / "bin" / "python"
DRAWN = 500  # of the ten thousand, which would take it half a minute
NEAR = 1e-9
ABSENT = (
    "footprint.draws_ratio_brightway is not measured: script/setup bench installs what it is held against"
)


def figures() -> Iterator["Figure"]:
    from bench.draws import ROWS, milliseconds
    from bench.figure import Figure
    from carbon import systems
    from carbon.uncertainty import DRAWS, Part, draw

    if not PYTHON.exists():
        print(ABSENT)
        return
    rows = [(1 + row, 1.01 + row / 400) for row in range(ROWS)]
    parts = [Part(value, gsd, row) for row, (value, gsd) in enumerate(rows)]
    ours = min(milliseconds(lambda: draw(parts, 1)) for _ in range(7))
    drawn = ask({"rows": rows, "draws": DRAWN})
    theirs = drawn["ms"] / DRAWN * DRAWS
    yield Figure("footprint.draws_ratio_brightway", round(theirs / ours), "x")

    asked = chain()
    solved = systems.solve(systems.read(asked))
    found = sum(float(runs) * float(emitted(asked, name)) for name, runs in solved.scaling.items())
    apart = abs(found / ask({"system": asked})["score"] - 1)
    if apart > NEAR:
        raise RuntimeError(f"a system of ours and Brightway's are {apart} apart")
    yield Figure("footprint.system_apart_brightway", apart, "of the total")


def ask(task: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [PYTHON, "-P", __file__], input=json.dumps(task), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def chain() -> dict[str, Any]:
    """Two hundred processes with loops, each of which emits CO2."""
    from bench import economy

    return economy.economy(200)


def emitted(system: dict[str, Any], name: str) -> str:
    return str(next(each["emissions"]["CO2"] for each in system["processes"] if each["name"] == name))


# What the environment's Python runs


def main() -> None:
    task = json.load(sys.stdin)
    print(json.dumps(_draw(**task) if "rows" in task else _solve(task["system"])))


def _draw(rows: list[tuple[float, float]], draws: int) -> dict[str, float]:
    """One activity with an exchange for each row."""
    from math import log

    lognormal = [(2, log(value), log(gsd)) for value, gsd in rows]
    found = _lca([(0, 0, 1.0)], [(row, 0, value) for row, (value, _gsd) in enumerate(rows)], lognormal)
    started = time.perf_counter()
    for _ in range(draws):
        next(found)
    return {"ms": (time.perf_counter() - started) * 1000}


def _solve(system: dict[str, Any]) -> dict[str, float]:
    place = {process["name"]: number for number, process in enumerate(system["processes"])}
    makes = [(number, number, 1.0) for number in place.values()]
    needs = [
        (place[name], place[process["name"]], -float(amount))
        for process in system["processes"]
        for name, amount in process["inputs"].items()
    ]
    emits = [
        (0, place[process["name"]], float(process["emissions"]["CO2"])) for process in system["processes"]
    ]
    [(product, amount)] = system["demand"].items()
    return {"score": _lca([*makes, *needs], emits, demand={place[product]: float(amount)}).score}


def _lca(
    makes: list[tuple[int, int, float]],
    emits: list[tuple[int, int, float]],
    lognormal: list[tuple[int, float, float]] | None = None,
    demand: dict[int, float] | None = None,
) -> Any:  # bw2calc is not installed where types are checked
    """Numbers of flows begin behind those of activities: Brightway tells nodes apart by their number."""
    import bw2calc
    import bw_processing
    import numpy

    behind = 1_000_000
    package = bw_processing.create_datapackage()
    named = {
        "indices_array": bw_processing.INDICES_DTYPE,
        "distributions_array": bw_processing.UNCERTAINTY_DTYPE,
    }
    package.add_persistent_vector(
        matrix="technosphere_matrix",
        data_array=numpy.array([amount for *_at, amount in makes]),
        indices_array=numpy.array([(row, column) for row, column, _ in makes], named["indices_array"]),
    )
    spread: dict[str, Any] = {}
    if lognormal:
        blank = numpy.nan
        spread["distributions_array"] = numpy.array(
            [(kind, loc, scale, blank, blank, blank, False) for kind, loc, scale in lognormal],
            named["distributions_array"],
        )
    package.add_persistent_vector(
        matrix="biosphere_matrix",
        data_array=numpy.array([amount for *_at, amount in emits]),
        indices_array=numpy.array(
            [(row + behind, column) for row, column, _ in emits], named["indices_array"]
        ),
        **spread,
    )
    flows = sorted({row + behind for row, _column, _amount in emits})
    package.add_persistent_vector(
        matrix="characterization_matrix",
        data_array=numpy.ones(len(flows)),
        indices_array=numpy.array([(flow, flow) for flow in flows], named["indices_array"]),
    )
    found = bw2calc.LCA(demand or {0: 1.0}, data_objs=[package], use_distributions=bool(lognormal))
    found.lci()
    found.lcia()
    return found


if __name__ == "__main__":
    main()
