"""The keeper of the processes: what falls is started again, sooner the first time than the tenth."""

import importlib.util
import os
import signal
import sys
import time

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture
def supervisor():
    spec = importlib.util.spec_from_file_location("supervisor", ROOT / "script/lib/supervisor.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def part(supervisor):
    """A part that ends at once, with status 3."""
    return supervisor.Part("the part", [sys.executable, "-c", "raise SystemExit(3)"])


def fall(part) -> str:
    part.start()
    part.process.wait(timeout=30)
    return part.fell()


def test_a_part_that_keeps_falling_is_tried_ever_more_seldom_and_never_given_up(part):
    said = [fall(part) for _ in range(9)]
    assert said[0] == "the part ended (status 3); it is started again in 0.5 s"
    pauses = [float(words.split()[-2]) for words in said]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_part_that_ran_long_is_started_again_at_once(part, supervisor, monkeypatch):
    fall(part)
    fall(part)
    monkeypatch.setattr(supervisor, "STEADY_S", -1)
    assert "again in 0.5 s" in fall(part)


def test_a_running_part_has_not_fallen(supervisor):
    running = supervisor.Part("the part", [sys.executable, "-c", "import time; time.sleep(60)"])
    assert running.fell() == ""
    running.start()
    try:
        assert running.fell() == ""
    finally:
        running.process.kill()
        running.process.wait()
    assert "signal 9" in running.fell()


def test_what_falls_is_started_again_when_its_pause_is_over(supervisor, part, capsys):
    keeper = supervisor.Supervisor([part])
    assert keeper.look()
    part.process.wait(timeout=30)
    assert keeper.look()
    assert "started again" in capsys.readouterr().err
    assert part.process is None
    assert 0 < keeper.pause() <= 0.5
    part.due = 0
    keeper.look()
    part.process.wait(timeout=30)
    assert part.process is not None


@pytest.mark.parametrize(("serving", "goes_on"), [(False, False), (True, True)])
def test_a_web_process_that_falls_before_anything_was_served_ends_everything(supervisor, serving, goes_on):
    web = supervisor.Part("web", ["false"], sockets=(0,))
    keeper = supervisor.Supervisor([web])
    keeper.serving = serving
    keeper.look()
    web.process.wait(timeout=30)
    assert keeper.look() is goes_on


# A part that hangs without ending

SPEAKS = """
import os, sys, time
pulse = int(sys.argv[-1])
while True:
    os.write(pulse, b".")
    time.sleep(0.05)
"""


def web_process(supervisor):
    """What stands for one; it would serve on a socket."""
    return supervisor.Part("web process 1", [sys.executable, "-c", SPEAKS], sockets=(0,))


def worker(supervisor):
    """The worker as it is."""
    return supervisor.workers()[0]


@pytest.fixture(params=[web_process, worker])
def speaking(request, supervisor, monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    part = request.param(supervisor)
    yield part
    if part.process:
        part.process.kill()
        part.process.wait()


def look_until(keeper, what) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        keeper.look()
        keeper.changed.wait(0.02)


def test_a_part_that_hangs_is_ended_and_started_again(supervisor, speaking, monkeypatch, capsys):
    keeper = supervisor.Supervisor([speaking])
    keeper.serving = True
    keeper.look()
    look_until(keeper, lambda: speaking.heard)
    first = speaking.process.pid
    os.kill(first, signal.SIGSTOP)
    monkeypatch.setattr(supervisor, "SILENCE_S", 0.2)
    look_until(keeper, lambda: speaking.process and speaking.process.pid != first)
    said = capsys.readouterr().err
    assert f"{speaking.name} has hung for 0.2 s; it is ended.\n" in said
    assert f"{speaking.name} ended (signal 9); it is started again in 0.5 s\n" in said


def test_a_part_that_was_started_again_is_heard_anew(supervisor):
    web = web_process(supervisor)
    for _ in range(2):
        web.start()
        look_until(supervisor.Supervisor([web]), lambda: web.heard)
        web.process.kill()
        web.process.wait()
        assert "signal 9" in web.fell()


def test_a_part_that_has_not_spoken_yet_may_take_its_time(supervisor, monkeypatch):
    monkeypatch.setattr(supervisor, "SILENCE_S", 0)
    slow = supervisor.Part("the part", [sys.executable, "-c", "import time; time.sleep(60)"])
    slow.start()
    try:
        assert not slow.silent()
        assert supervisor.Supervisor([slow]).pause() == supervisor.LOOK_S
    finally:
        slow.process.kill()
        slow.process.wait()
