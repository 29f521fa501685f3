"""The web server: how long a line may be slow, and what becomes of a request that was begun."""

import importlib.util
import os
import socket
import time
from collections import deque
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from waitress import wasyncore

from tests.architecture.tree import ROOT

LARGEST = 1000


@pytest.fixture(scope="module")
def web():
    spec = importlib.util.spec_from_file_location("web", ROOT / "script/lib/web.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def serve(web):
    """serve(app): a server for `app` in a thread of this process; `before(server)` happens before it runs."""
    started = []

    def run(app, before=lambda _server: None):
        listening = socket.create_server(("127.0.0.1", 0))
        server = web.server(app, listening, LARGEST)
        before(server)
        thread = Thread(target=server.run)
        thread.start()
        started.append((server, thread, listening))
        return server

    yield run
    for server, thread, listening in started:
        if not server.stopping:
            server.stop()
        thread.join(timeout=30)
        server.task_dispatcher.shutdown()
        listening.close()


def length(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['CONTENT_LENGTH']} said, {len(body)} given".encode()]


def line_to(server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=30)


def post(body: bytes) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def turn(server) -> None:
    """One look at every line, as `run` has it: the first accepts a line, the next reads what came on it."""
    wasyncore.loop(timeout=0, use_poll=True, map=server._map, count=1)


def whole(line: socket.socket) -> bytes:
    answer = b""
    while piece := line.recv(65536):
        answer += piece
    return answer


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (LARGEST, b"1000 said, 1000 given"),
        (LARGEST + 1, b"1001 said, 0 given"),
        (5 * LARGEST, b"413 Request Entity Too Large"),
    ],
)
def test_a_body_that_is_too_large_is_not_kept_but_answered(serve, size, said):
    with line_to(serve(length)) as line:
        line.sendall(post(b"x" * size))
        assert said in whole(line)


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"


@pytest.mark.parametrize(
    ("received", "seconds", "overdue"),
    [
        (b"POST / HT", 19, False),
        (b"POST / HT", 21, True),
        (HEAD + b"x", 59, False),
        (HEAD + b"x", 61, True),
    ],
)
def test_a_line_may_be_slow_for_so_long(web, received, seconds, overdue):
    settings = web.Adjustments()
    settings.largest_body = LARGEST
    parser = web.Parser(settings)
    while received:
        received = received[parser.received(received) :]
    assert parser.overdue(parser.began + seconds) is overdue


def test_a_long_body_is_waited_for_while_it_keeps_coming(web):
    settings = web.Adjustments()
    settings.largest_body = 10_000_000
    parser = web.Parser(settings)
    parser.received(HEAD.replace(b"900", b"9000000"))
    parser.received(b"x" * 40_000 * 100)
    assert not parser.overdue(parser.began + 100)
    parser.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", post(b"x" * 900)[:-1]])
def test_a_line_that_is_overdue_is_closed(serve, web, monkeypatch, sent):
    def sent_to(server):
        line.append(line_to(server))
        line[0].sendall(sent)
        turn(server)
        turn(server)
        for bound in ("HEAD_S", "BODY_S", "IDLE_S", "TIDY_S"):
            monkeypatch.setattr(web, bound, 0)
        monkeypatch.setattr(web, "SLOWEST", 10**9)

    line = []
    serve(length, sent_to)
    with line[0]:
        assert whole(line[0]) == b""


def test_a_line_that_comes_while_an_idle_one_is_closed_is_answered(serve):
    """The system gives the new line the number of the closed one; what was heard of that one is not its."""
    lines = []

    def both_at_once(server):
        lines.append(line_to(server))
        turn(server)
        (idle,) = server.active_channels.values()
        idle.last_activity = 0
        lines.append(line_to(server))
        lines[1].sendall(post(b"abc"))

    serve(length, both_at_once)
    assert b"3 said, 3 given" in whole(lines[1])
    assert whole(lines[0]) == b""
    for line in lines:
        line.close()


def test_what_was_begun_is_finished_before_the_end(serve):
    begun, go_on = Event(), Event()

    def slow(environ, start_response):
        begun.set()
        go_on.wait(30)
        return length(environ, start_response)

    server = serve(slow)
    with line_to(server) as line:
        line.sendall(post(b"abc"))
        begun.wait(30)
        server.stop()
        assert not server.finished()
        go_on.set()
        assert b"3 said, 3 given" in whole(line)


def test_an_answer_nobody_takes_takes_no_thread(serve, web):
    def large(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return iter([b"x" * 1_000_000] * 50)

    def either(environ, start_response):
        return (large if environ["PATH_INFO"] == "/large" else length)(environ, start_response)

    server = serve(either)
    lines = [line_to(server) for _ in range(2 * web.THREADS)]
    for line in lines:
        line.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    with line_to(server) as line:
        began = time.perf_counter()
        line.sendall(post(b"abc"))
        assert b"3 said, 3 given" in whole(line)
        assert time.perf_counter() - began < 10
    for line in lines:
        line.close()


# Whether it goes on


def test_a_server_says_that_it_goes_on(web, serve, monkeypatch):
    monkeypatch.setattr(web, "SPEAK_S", 0)
    heard, pulse = os.pipe()
    serve(length).pulse = pulse
    assert os.read(heard, 1) == b"."


def test_a_server_that_ends_at_once_has_heard_that_it_should(web, serve, monkeypatch):
    """However long it takes to wake it, its end does not overtake that."""
    server = serve(length)
    pull = server.pull_trigger

    def slowly():
        time.sleep(1.5)  # longer than it waits for a line
        pull()

    monkeypatch.setattr(server, "pull_trigger", slowly)
    server.stop()
    assert server.stopping


def test_a_server_whose_threads_never_come_free_only_seems_to_go_on(web):
    queue = deque(["first", "second"])
    server = SimpleNamespace(task_dispatcher=SimpleNamespace(queue=queue), first=None, since=0.0)
    assert [web.Server.stuck(server, now) for now in (100, 100 + web.STUCK_S, 101 + web.STUCK_S)] == [
        False,
        False,
        True,
    ]
    queue.popleft()
    assert not web.Server.stuck(server, 500)  # it was only busy
    queue.clear()
    assert not web.Server.stuck(server, 5000)
