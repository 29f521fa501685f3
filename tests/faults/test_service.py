"""`script/server` alone, no proxy before it: whatever strangers send and the machine does, it answers, and
nothing that was acknowledged is lost."""

import http.client
import json
import os
import signal
import socket
import time
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import psutil
import pytest

from core.words import sentence
from tests.catalog.test_devices import table
from tests.conftest import DISKS
from tests.factories import uscc
from tests.faults.service import Person, Service
from tests.script.running import printed_until

SOON_S = 2  # within which others are answered whatever strangers do
SLOW = 40_000  # bytes a second
PIECE_S = 0.25
LARGE = 1_000_000
MOST_RSS = 400 << 20  # bytes of a web process

# Where a slow line sends to: pages with files and without, a page open to everybody, the API.
ADDRESSES = [
    "/certification/applications/1/files",
    "/certification/applications/1/product",
    "/account/profile",
    "/sign-in",
    "/complaints/new",
    "/api/v1/applications",
]
# A mail to somebody of whom nothing is to be said; a product for the catalogue; whom complaints go to.
QUEUE = """
from accounts.models import User
from accounts.operations import post
from core.db import db
post.post(db.session.query(User).first(), [], "at_once")
db.session.commit()
"""
PREPARE = f"""
from accounts import operations as accounts
from accounts.actor import SYSTEM
from catalog import operations, search
from core.db import db
operations.import_devices(SYSTEM, {table({})!r})
accounts.register_organisation(SYSTEM, kind="regulator", code={uscc(899)!r}, name="监管局")
db.session.commit()
search.current()
"""
ABSURD = [
    "/catalog/?page=100000000",
    f"/catalog/?page={2**63}",
    "/catalog/?page=-1",
    f"/catalog/?q={'%E7%A0%96' * 400}&sort=nothing",
    f"/api/v1/catalog?page={2**63}&per_page=100000000",
    f"/certification/applications/{2**63}",
    f"/certification/?page={2**31}",
    f"/account/inbox/?page={10**30}",
    "/procurement/?on=0000-99-99",
    "/verify?q=%00%FF",
]


@pytest.fixture(scope="module")
def service(database, tmp_path_factory):
    url = database.another("service") if database.url.startswith("postgresql") else ""
    running = Service(tmp_path_factory.mktemp("service"), url, disk="64m" if DISKS else "")
    running.do(PREPARE)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def person(service):
    return Person(service.port, 1)


@pytest.fixture(autouse=True)
def answers_and_nothing_lost(service, person):
    """After each of these tests it answers at once, and holds all that was acknowledged."""
    yield
    assert seconds(person.ask, "GET", "/healthz") < SOON_S
    assert f'value="{person.name}"' in person.ask("GET", "/account")[2]
    assert service.count("audit_entry WHERE verb = 'user.update'") == person.acknowledged
    assert service.process.poll() is None


@pytest.fixture
def timed(record_property):
    """timed(what, seconds): told at the end of the run, and none of them late."""

    def note(what: str, waited: list[float]) -> None:
        record_property("figure", f"{what}: {max(waited):.2f} s at most of {len(waited)}")
        assert max(waited) < SOON_S

    return note


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


def until(what, patience: float = 120):
    """The first true answer of `what`, which is asked again and again."""
    begun = time.perf_counter()
    while not (found := what()):
        assert time.perf_counter() - begun < patience
        Event().wait(0.1)
    return found


def test_twelve_slow_bodies_and_ten_half_headers_keep_nobody_waiting(service, person, timed):
    stranger = Person(service.port, 2)
    with ExitStack() as lines:
        for _ in range(10):
            lines.enter_context(half_head(service.port))
        for number in range(12):
            path, cookie = ADDRESSES[number % len(ADDRESSES)], stranger.cookie if number < 6 else ""
            lines.enter_context(slow_body(service.port, path, cookie))
        timed("/healthz beside slow lines", [seconds(person.ask, "GET", "/healthz") for _ in range(10)])
        timed("another's save beside slow lines", [seconds(person.save) for _ in range(10)])


def test_absurd_pages_are_answered_soon_and_by_the_same_processes(service, person, timed):
    before, waited = service.parts("web.py"), []
    for path in ABSURD:
        began = time.perf_counter()
        status = person.ask("GET", path)[0]
        waited.append(time.perf_counter() - began)
        assert status == 200 or 400 <= status < 500, path
    timed("absurd pages", waited)
    timed("a save after them", [seconds(person.save)])
    assert service.parts("web.py") == before
    assert max(psutil.Process(pid).memory_info().rss for pid in before) < MOST_RSS


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


def test_a_job_whose_worker_hangs_and_is_killed_is_done_by_the_next(service):
    [hanging] = service.parts("worker --lane short")
    os.kill(hanging, signal.SIGSTOP)
    service.do(QUEUE)
    assert service.count("job WHERE state <> 'done'") == 1
    os.kill(hanging, signal.SIGKILL)
    until(lambda: service.count("job WHERE state <> 'done'") == 0)
    assert service.count("job") == 1


def test_a_spoilt_index_keeps_nobody_from_the_catalogue_and_is_made_anew(service, person, timed):
    [folder] = (service.folder / "index").iterdir()
    for path in [path for path in (folder / "tantivy").iterdir() if path.is_file()]:
        path.unlink()
        path.write_bytes(b"spoilt" * 100)
    assert not json.loads(person.ask("GET", "/readyz")[2])["index"]
    timed("the catalogue on a spoilt index", [seconds(person.ask, "GET", "/catalog/") for _ in range(4)])
    timed("another's save meanwhile", [seconds(person.save)])
    # The worker sees to the index every minute, and when it begins.
    os.kill(service.parts("worker --lane short")[0], signal.SIGKILL)
    until(lambda: json.loads(person.ask("GET", "/readyz")[2])["index"])
    assert "Latitude 5330" in person.ask("GET", "/catalog/")[2]


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing_half_done(service, person, timed, disk):
    with service.full():
        status, headers, page = person.upload()
        assert (status, bool(headers["retry-after"])) == (503, True)
        assert "磁盘已满" in page
        for status, _headers, page in [person.save() for _ in range(10)]:
            assert status == 302 or (status == 503 and "磁盘已满" in page)
        timed("pages on a full disk", [seconds(person.ask, "GET", path) for path in ("/catalog/", "/verify")])
        assert service.count("complaint") == 0
    assert person.save()[0] == 302
    answer = person.upload()
    assert answer[0] == 200, answer[2]
    assert service.count("complaint") == 1


def test_a_body_that_is_too_large_is_answered_in_our_own_words(service, person):
    path, size = "/account/profile", 60 * 1024 * 1024
    line = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    headers = {"Cookie": person.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(
        "POST", path, (b"x" * 1024 * 1024 for _ in range(60)), headers | {"Content-Length": str(size)}
    )
    answer = line.getresponse()
    assert answer.status == 413
    assert sentence("file-too-large", {"limit": 50}) in answer.read().decode()
    line.close()
