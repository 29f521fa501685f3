"""script/server as a keeper starts it: both processes come up together and go down together."""

import os
import signal
import socket
import subprocess
import urllib.request

import psutil
import pytest

from tests.architecture.tree import ROOT

PRODUCTION = {"TANBIAO_ENV": "production", "SECRET_KEY": "only for this test, but long enough for it"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """start(**environment): the running script, and its address."""
    started = []

    def run(**more) -> tuple[subprocess.Popen, str]:
        port = str(free_port())
        environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": port, "DATABASE_URL": "", **more}
        process = subprocess.Popen(
            [ROOT / "script/server"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process, f"http://127.0.0.1:{port}"

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def printed_until(process: subprocess.Popen, words: str) -> str:
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            break
    return "".join(lines)


def child(process: subprocess.Popen, command: str) -> int:
    """The process id of the child whose command line holds `command`."""
    children = psutil.Process(process.pid).children()
    return next(child.pid for child in children if command in " ".join(child.cmdline()))


def test_it_serves_until_it_is_told_to_stop(start):
    process, address = start(**PRODUCTION)
    assert f"Serving at {address}" in printed_until(process, "Serving at")
    with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:
        assert answer.status == 200
    process.terminate()
    assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("which", ["app worker", "gunicorn"])
def test_when_one_half_dies_the_other_is_stopped_and_the_keeper_is_told(start, which):
    process, _address = start(**PRODUCTION)
    printed_until(process, "Serving at")
    os.kill(child(process, which), signal.SIGKILL)
    assert "stopped by itself" in printed_until(process, "stopped by itself")
    assert process.wait(timeout=60) == 1


def test_production_does_not_start_without_a_secret(start):
    process, _address = start(**PRODUCTION | {"SECRET_KEY": ""})
    assert "SECRET_KEY is not set" in printed_until(process, "SECRET_KEY")
    assert process.wait(timeout=60) != 0
