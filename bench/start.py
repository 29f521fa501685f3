"""How long from a cold start to the first page, and what a web process weighs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.server import BARE, OURS, fetch, flask, resident_mb, serving, wait_for

PAGES = ("/", "/catalog/", "/verify", "/procurement/lists/")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        flask(data, "db", "upgrade")
        ours, ours_mb = _measure(OURS, data, PAGES)
        bare, bare_mb = _measure(BARE, data, ("/",))
    yield Figure("start.first_page_s", round(ours, 2), "s", round(bare, 2))
    yield Figure("start.web_rss_mb", round(ours_mb, 1), "MB", round(bare_mb, 1))


def _measure(application: str, data: Path, pages: tuple[str, ...]) -> tuple[float, float]:
    with serving(application, data) as (address, process):
        seconds = wait_for(address + "/")
        for page in pages * 5:
            fetch(address + page)
        return seconds, resident_mb(process.pid)
