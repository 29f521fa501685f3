"""What a live recalculation of 200 rows costs in the server, beside a bare view that only reads the JSON.

Somebody types: from one time to the next one row is another, and the first time all are.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

from bench import brightway, draws, economy
from bench.figure import Figure
from script.lib.web import settle

ROWS = 200
ROUNDS = 60
OURS, BARE = "/api/v1/footprints/preview", "/echo"


def body(more: int = 0) -> dict:
    """Two hundred rows of five stages, each with a factor of its own and a unit to convert; those of another
    number are all others."""
    stages = ("raw_material", "manufacturing", "distribution", "use", "end_of_life")
    rows = [
        {
            "name": f"row {number}",
            "stage": stages[number % 5],
            "amount": str(number + 1 + more * ROWS),
            "unit": ("kg", "t", "g")[number % 3],
            "factor": {"value": "0.525", "unit": "tCO2e/t"},
        }
        for number in range(ROWS)
    ]
    unit = {"amount": "1", "unit": "t"}
    return {"declared_unit": unit, "output": {"amount": "1000", "unit": "t"}, "gwp": "AR6", "rows": rows}


def typing(number: int) -> dict:
    """The same rows, of which one is being typed."""
    found = body()
    found["rows"][number]["amount"] += f".{number + 1}"
    return found


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        from app import create_app
        from bench.bare import app as bare
        from config import Settings

        ours = create_app(Settings({"DATA_DIR": folder}))
        first_ms, bare_ms = _alternate(ours, bare, body)
        yield Figure("footprint.preview_200_new_rows_ms", round(first_ms, 2), "ms", round(bare_ms, 2))
        ours_ms, bare_ms = _alternate(ours, bare, typing)
    yield Figure("footprint.preview_200_rows_ms", round(ours_ms, 2), "ms", round(bare_ms, 2))
    yield from draws.figures()
    yield from economy.figures()
    yield from brightway.figures()


def _alternate(ours, bare, sent: Callable[[int], dict]) -> tuple[float, float]:
    """The median of each, taken in turns, so that a busy moment weighs on both."""
    times: dict[str, list[float]] = {OURS: [], BARE: []}
    settle()  # as the server does, before it answers
    for number in range(ROUNDS):
        payload = json.dumps(sent(number))
        for application, path in ((ours, OURS), (bare, BARE)):
            client = application.test_client()
            started = time.perf_counter()
            answer = client.post(path, data=payload, content_type="application/json")
            times[path].append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text[:200]}")
    return statistics.median(times[OURS]), statistics.median(times[BARE])
