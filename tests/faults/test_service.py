"""`script/server` alone, no proxy before it: slow lines, killed processes, a lock held elsewhere."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from urllib.parse import urlencode

import psutil
import psycopg
import pytest

from tests.architecture.tree import ROOT
from tests.factories import uscc
from tests.script.running import free_port, printed_until

SOON_S = 2  # within which others are answered whatever strangers do
SLOW = 40_000  # bytes a second
PIECE_S = 0.25
LARGE = 1_000_000
PASSWORD = "glazed tile by glazed tile"

# Where a slow line sends to: pages with files and without, a page open to everybody, the API.
ADDRESSES = [
    "/certification/applications/1/files",
    "/certification/applications/1/product",
    "/account/profile",
    "/sign-in",
    "/complaints/new",
    "/api/v1/applications",
]


class Service:
    """The running script and what can be done to it."""

    def __init__(self, process: subprocess.Popen, port: int, database_file, postgresql: str):
        self.process, self.port = process, port
        self.database_file, self.postgresql = database_file, postgresql

    def parts(self, command: str) -> list[int]:
        children = psutil.Process(self.process.pid).children()
        return [child.pid for child in children if command in " ".join(child.cmdline())]

    @contextmanager
    def locked(self):
        """Another process holds the lock that everybody needs who writes."""
        if self.postgresql:
            other = psycopg.connect(self.postgresql)
            other.execute('LOCK TABLE "user" IN EXCLUSIVE MODE')
        else:
            other = sqlite3.connect(self.database_file, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()
            other.close()


class Person:
    """Somebody who signed up, and saves by a form that stays open."""

    def __init__(self, port: int, number: int):
        self.port, self.cookies, self.saved = port, {}, 0
        token = self.token("/sign-up")
        facts = {
            "csrf_token": token, "uscc": uscc(900 + number), "name": f"慢线测试单位{number}",
            "region": "320100", "address": "测试路 1 号", "person": "测试人",
            "email": f"line{number}@example.org", "password": PASSWORD,
        }  # fmt: skip
        status, _headers, page = self.ask("POST", "/sign-up", facts)
        assert status == 302, page
        self.form = self.token("/account")

    def ask(self, method: str, path: str, fields: dict | None = None) -> tuple[int, dict, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        for _name, cookie in (pair for pair in answer.getheaders() if pair[0].lower() == "set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, page

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def token(self, path: str) -> str:
        page = self.ask("GET", path)[2]
        field = re.search(r'<input[^>]*name="csrf_token"[^>]*>', page)
        return re.search(r'value="([^"]*)"', field[0])[1]

    def save(self) -> tuple[int, dict, str]:
        self.saved += 1
        typed = {"csrf_token": self.form, "person": f"测试人{self.saved}", "language": "zh"}
        return self.ask("POST", "/account/profile", typed)


@pytest.fixture(scope="module")
def service(database, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("service"), free_port()
    url = database.another("service") if database.url.startswith("postgresql") else ""
    environment = os.environ | {
        "DATA_DIR": str(folder), "PORT": str(port), "DATABASE_URL": url,
        "TANBIAO_ENV": "production", "SECRET_KEY": "only for this test, but long enough for it",
    }  # fmt: skip
    process = subprocess.Popen(
        [ROOT / "script/server"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed_until(process, "Serving at")
    yield Service(process, port, folder / "tanbiao.db", url)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def person(service):
    return Person(service.port, 1)


@contextmanager
def half_head(port: int):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /catalog/ HTTP/1.1\r\nHost: half")
        yield


@contextmanager
def slow_body(port: int, path: str, cookie: str):
    """Somebody sends a megabyte at 40 kB/s for as long as the block lasts."""
    enough = Event()
    kind = "application/json" if path.startswith("/api/") else "multipart/form-data; boundary=b"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {LARGE}\r\n\r\n"
    )

    def send(line: socket.socket) -> None:
        line.sendall(head.encode())
        while not enough.wait(PIECE_S):
            line.sendall(b"0" * int(SLOW * PIECE_S))

    with socket.create_connection(("127.0.0.1", port)) as line:
        sender = Thread(target=send, args=(line,))
        sender.start()
        try:
            yield
        finally:
            enough.set()
            sender.join()


def seconds(deed, *arguments) -> float:
    began = time.perf_counter()
    status = deed(*arguments)[0]
    assert status in (200, 302)
    return time.perf_counter() - began


def until(what, patience: float = 30):
    """The first true answer of `what`, which is asked again and again."""
    begun = time.perf_counter()
    while not (found := what()):
        assert time.perf_counter() - begun < patience
        Event().wait(0.1)
    return found


def test_twelve_slow_bodies_and_ten_half_headers_keep_nobody_waiting(service, person):
    stranger = Person(service.port, 2)
    with ExitStack() as lines:
        for _ in range(10):
            lines.enter_context(half_head(service.port))
        for number in range(12):
            path, cookie = ADDRESSES[number % len(ADDRESSES)], stranger.cookie if number < 6 else ""
            lines.enter_context(slow_body(service.port, path, cookie))
        waited = [seconds(person.ask, "GET", "/healthz") for _ in range(10)]
        waited += [seconds(person.save) for _ in range(10)]
    assert max(waited) < SOON_S


def test_readers_who_take_nothing_keep_nobody_waiting(service, person):
    with ExitStack() as lines:
        for _ in range(8):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", service.port)))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            line.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 4)
        assert seconds(person.ask, "GET", "/healthz") < SOON_S
        assert seconds(person.save) < SOON_S


def test_a_lock_held_elsewhere_is_told_and_forgotten(service, person):
    with service.locked():
        status, headers, page = person.save()
        assert (status, headers["retry-after"]) == (503, "5")
        assert "数据库正忙" in page
        assert seconds(person.ask, "GET", "/healthz") < SOON_S
    assert person.save()[0] == 302


@pytest.mark.parametrize(
    ("which", "number"), [("worker --lane short", 1), ("worker --lane long", 1), ("web.py", 2)]
)
def test_a_part_that_is_killed_is_started_again(service, person, which, number):
    before = service.parts(which)
    assert len(before) == number
    os.kill(before[0], signal.SIGKILL)
    assert "it is started again in" in printed_until(service.process, "it is started again in")
    until(lambda: len(service.parts(which)) == number and service.parts(which) != before)
    assert person.save()[0] == 302


def test_a_body_that_is_too_large_is_answered_in_our_own_words(service, person):
    path, size = "/account/profile", 60 * 1024 * 1024
    line = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    headers = {"Cookie": person.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(
        "POST", path, (b"x" * 1024 * 1024 for _ in range(60)), headers | {"Content-Length": str(size)}
    )
    answer = line.getresponse()
    assert answer.status == 413
    assert "文件超过 50 MB" in answer.read().decode()
    line.close()
