"""Readers that a bounded child is asked to run: each goes wrong in its own way."""

import os
import signal
import sys
import time

from core.errors import Invalid


def well(words: str) -> list:
    return [words, len(os.environ), "flask" in sys.modules, "sqlalchemy" in sys.modules]


def for_ever():
    while True:
        pass


def asleep():
    time.sleep(60)


def greedy():
    return len(bytearray(2 << 30))


def writing(path: str):
    with open(path, "w") as file:
        file.write("x")


def broken():
    raise RuntimeError("what a damaged file makes a reader raise")


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def refusing():
    raise Invalid("file-empty", limit=3)
