"""Runs the areas: each module bench/<area>.py offers `figures()`, which yields its Figures as they come."""

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from bench.figure import Figure

AREAS = ("start", "footprint", "pdf", "catalog", "draft", "sheets", "procurement", "queue")
RESULTS = Path(__file__).parents[1] / "var" / "bench"


def run(area: str, figures: Iterable[Figure], results: Path) -> None:
    """Print each figure when it is known, then keep them all in <results>/<area>.json."""
    rows = []
    for figure in figures:
        print(figure, flush=True)
        rows.append(figure.as_row())
    results.mkdir(parents=True, exist_ok=True)
    (results / f"{area}.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def main(areas: list[str]) -> int:
    if unknown := set(areas) - set(AREAS):
        print(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}", file=sys.stderr)
        return 2
    for area in areas or AREAS:
        run(area, import_module(f"bench.{area}").figures(), RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
