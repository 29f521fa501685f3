"""What ten thousand processes cost to solve, beside one solve of the same matrix by scipy alone."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.figure import Figure

SIZE, HUBS, ROUNDS = 10_000, 100, 3


def economy(size: int = SIZE) -> dict[str, Any]:
    """Each takes from a few near it, loops included, and from two of a hundred that supply everybody."""
    chance = random.Random(1)
    return {"demand": {"p50": "1"}, "processes": [_process(chance, place, size) for place in range(size)]}


def _process(chance: random.Random, place: int, size: int) -> dict[str, Any]:
    near = [min(size - 1, max(0, place + chance.randint(-20, 60))) for _ in range(chance.randint(2, 5))]
    needs = {f"p{other}": f"{chance.uniform(0.001, 0.2):.4f}" for other in near if other != place}
    hubs = [chance.randrange(HUBS) for _ in range(2)]
    needs |= {f"p{other}": f"{chance.uniform(0.0001, 0.01):.5f}" for other in hubs if other != place}
    emissions = {"CO2": f"{chance.uniform(0, 3):.3f}"}
    return {
        "name": f"p{place}",
        "stage": "manufacturing",
        "unit": "kg",
        "inputs": needs,
        "emissions": emissions,
    }


def figures() -> Iterator[Figure]:
    """The peer is given the ordering that suits such a matrix; its own takes a hundred times as long."""
    from numpy import array
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import spsolve

    from carbon import systems

    system = systems.read(economy())
    row = {process.name: place for place, process in enumerate(system.processes)}
    entries = [(place, place, 1.0) for place in row.values()] + [
        (row[name], place, -float(amount))
        for place, process in enumerate(system.processes)
        for name, amount in process.inputs.items()
    ]
    rows, columns, amounts = zip(*entries, strict=True)
    matrix = csc_array((amounts, (rows, columns)), shape=(SIZE, SIZE))
    demand = array([float(name == system.product) for name in row])
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: systems.solve(system)))
        peer.append(_seconds(lambda: spsolve(matrix, demand, permc_spec="MMD_AT_PLUS_A")))
    seconds, beside = statistics.median(ours), statistics.median(peer)
    yield Figure("footprint.system_10000_ms", round(seconds * 1000), "ms", round(beside * 1000))
    yield Figure("footprint.system_10000_ratio_scipy", round(seconds / beside, 2), "x")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
