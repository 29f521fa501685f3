"""What ten thousand draws of two hundred rows cost, beside numpy drawing as many normal numbers."""

import statistics
import time
from collections.abc import Callable, Iterator

from bench.figure import Figure

ROWS, ROUNDS = 200, 21


def figures() -> Iterator[Figure]:
    import numpy

    from carbon.uncertainty import DRAWS, Part, draw

    parts = [Part(1 + row, 1.01 + row / 400, row) for row in range(ROWS)]
    generator = numpy.random.Generator(numpy.random.Philox(1))  # of the kind that `draw` draws from
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(milliseconds(lambda: draw(parts, 1)))
        peer.append(milliseconds(lambda: generator.standard_normal((DRAWS, ROWS))))
    mine, beside = statistics.median(ours), statistics.median(peer)
    yield Figure("footprint.draws_ms", round(mine, 1), "ms", round(beside, 1))
    yield Figure("footprint.draws_ratio_numpy", round(mine / beside, 2), "x")


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
