"""script/server as a keeper starts it.  What it survives is tried in tests/faults."""

import os
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.script.running import free_port, printed_until

PRODUCTION = {"TANBIAO_ENV": "production", "SECRET_KEY": "only for this test, but long enough for it"}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory) -> Path:
    """Whoever starts first here makes the database, from nothing."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def start(data_dir):
    """start(**environment): the running script, and its address."""
    started = []

    def run(**more) -> tuple[subprocess.Popen, str]:
        port = str(free_port())
        environment = {**os.environ, "DATA_DIR": str(data_dir), "PORT": port, "DATABASE_URL": "", **more}
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


def test_it_serves_until_it_is_told_to_stop(start):
    process, address = start(**PRODUCTION)
    assert f"Serving at {address}" in printed_until(process, "Serving at")
    with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:
        assert answer.status == 200
    process.terminate()
    assert process.wait(timeout=60) == 0


def test_production_does_not_start_without_a_secret(start):
    process, _address = start(**PRODUCTION | {"SECRET_KEY": ""})
    assert "SECRET_KEY is not set" in printed_until(process, "SECRET_KEY")
    assert process.wait(timeout=60) != 0


def test_a_port_that_is_taken_is_said(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process, _address = start(**PRODUCTION | {"PORT": str(port)})
        assert f"Nothing can be served on port {port}" in printed_until(process, "Nothing can be served")
        assert process.wait(timeout=60) == 1
