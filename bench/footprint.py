"""What a live recalculation of 200 rows costs in the server, beside a bare view that only reads the JSON."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator

from bench import draws, economy
from bench.figure import Figure

ROWS = 200
ROUNDS = 60


def body() -> dict:
    """Two hundred rows of five stages, each with a factor of its own and a unit to convert."""
    stages = ("raw_material", "manufacturing", "distribution", "use", "end_of_life")
    rows = [
        {
            "name": f"row {number}",
            "stage": stages[number % 5],
            "amount": str(number + 1),
            "unit": ("kg", "t", "g")[number % 3],
            "factor": {"value": "0.525", "unit": "tCO2e/t"},
        }
        for number in range(ROWS)
    ]
    unit = {"amount": "1", "unit": "t"}
    return {"declared_unit": unit, "output": {"amount": "1000", "unit": "t"}, "gwp": "AR6", "rows": rows}


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        from app import create_app
        from bench.bare import app as bare
        from config import Settings

        ours = create_app(Settings({"DATA_DIR": folder}))
        ours_ms, bare_ms = _alternate(ours, "/api/v1/footprints/preview", bare, "/echo")
    yield Figure("footprint.preview_200_rows_ms", round(ours_ms, 2), "ms", round(bare_ms, 2))
    yield from draws.figures()
    yield from economy.figures()


def _alternate(ours, ours_path: str, bare, bare_path: str) -> tuple[float, float]:
    """The median of each, taken in turns, so that a busy moment weighs on both."""
    payload, times = json.dumps(body()), {ours_path: [], bare_path: []}
    for _ in range(ROUNDS):
        for application, path in ((ours, ours_path), (bare, bare_path)):
            client = application.test_client()
            started = time.perf_counter()
            answer = client.post(path, data=payload, content_type="application/json")
            times[path].append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text[:200]}")
    return statistics.median(times[ours_path]), statistics.median(times[bare_path])
