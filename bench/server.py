"""Starts a web server for a measurement, ours or a bare peer, and stops it again."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = "app:create_app()"
BARE = "bench.bare:app"
STACK = "bench.stack:app"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data_dir: Path, port: int) -> dict[str, str]:
    return os.environ | {"DATA_DIR": str(data_dir), "PORT": str(port), "PYTHONPATH": str(ROOT)}


def flask(data_dir: Path, *arguments: str) -> None:
    """Run a command of the product on a data directory of the measurement's own."""
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(data_dir, 0), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(application: str, data_dir: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Serve as script/server does, without a worker; yield the address and the process."""
    port = free_port()
    command = [sys.executable, "script/lib/supervisor.py", "--web-only", "--application", application]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(data_dir, port), stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def wait_for(address: str, seconds: float = 60) -> float:
    """Fetch until it answers; return the seconds that took."""
    started = time.perf_counter()
    while True:
        try:
            fetch(address)
            return time.perf_counter() - started
        except OSError:
            if time.perf_counter() - started > seconds:
                raise
            time.sleep(0.01)


def resident_mb(pid: int) -> float:
    """The resident memory of the largest web process under the supervisor."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(_rss(child) for child in children) / 1024


def _rss(pid: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
