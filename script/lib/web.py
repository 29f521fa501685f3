"""One web process: answers on a socket it is handed, until it is told to stop.

A request comes to one of the two threads only when it is whole, and an answer leaves without one, so
nobody's slow line takes a thread.  How long a line may be slow has bounds, and so has the number of lines.
"""

import argparse
import gc
import io
import logging
import math
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.server import TcpWSGIServer

ROOT = Path(__file__).parents[2]

THREADS = 2  # in each of two processes: that answered most requests of all that was measured
LINES = 1000
HEAD_S = 20  # for the first line and the headers
BODY_S = 60  # for a body, or as long as it comes at this many bytes a second:
SLOWEST = 4096
IDLE_S = 60  # between two requests of one line, or while an answer is not taken
TIDY_S = 5  # between two looks for lines that are overdue
STUCK_S = 300  # for which the same request waits for a thread: then none will ever come free
SPEAK_S = 1
GRACE_S = 20  # for what was begun, when told to stop


class Nowhere:
    """Where a body goes that is too large: it is received, so that the answer can be, and not kept."""

    def append(self, _data: bytes) -> None: ...

    def close(self) -> None: ...

    def getfile(self) -> io.BytesIO:
        return io.BytesIO()


class Parser(HTTPRequestParser):
    def __init__(self, adj):
        super().__init__(adj)
        self.began = time.time()

    def parse_header(self, header: bytes) -> None:
        super().parse_header(header)
        if self.content_length > self.adj.largest_body:
            self.body_rcv = FixedStreamReceiver(self.content_length, Nowhere())

    def overdue(self, now: float) -> bool:
        seconds = now - self.began
        if not self.headers_finished:
            return seconds > HEAD_S
        return seconds > BODY_S and self.body_bytes_received < seconds * SLOWEST


class Line(HTTPChannel):
    parser_class = Parser

    def readable(self) -> bool:
        return not self.server.stopping and super().readable()

    def busy(self) -> bool:
        return bool(self.requests or self.total_outbufs_len)

    def overdue(self, now: float) -> bool:
        if self.request is not None and not self.busy():
            return self.request.overdue(now)
        waits_for_us = self.requests and not self.total_outbufs_len
        return not waits_for_us and now - self.last_activity > IDLE_S


class Server(TcpWSGIServer):
    channel_class = Line
    stopping = 0.0  # the moment until which what was begun may be finished
    pulse: int | None = None  # where the supervisor listens
    spoke = since = tidied = 0.0
    next_channel_cleanup = math.inf  # waitress never looks for idle lines itself: see `tidy`
    first = None  # in the queue for a thread, since then

    def readable(self) -> bool:
        """While somebody waits for a thread here, who comes next is left to another process."""
        return super().readable() and not (self.stopping or self.task_dispatcher.queue)

    def tidy(self, now: float) -> None:
        """Close what is overdue, at once: a line whose other end takes nothing would never become writable.

        Never while the lines to be asked are gathered, which is when waitress would: the number of a closed
        line goes to the next that is accepted, and what is then said of the number would close the new one.
        """
        if now - self.tidied < TIDY_S:
            return
        self.tidied = now
        for line in [line for line in self.active_channels.values() if line.overdue(now)]:
            line.handle_close()

    def speak(self, now: float) -> None:
        """Say that this process goes on; nothing is said while it only seems to."""
        if self.pulse is None or now - self.spoke < SPEAK_S or self.stuck(now):
            return
        self.spoke = now
        with suppress(OSError):  # nobody listens, or not yet to what was said before
            os.write(self.pulse, b".")

    def stuck(self, now: float) -> bool:
        waiting = next(iter(list(self.task_dispatcher.queue)), None)
        if waiting is not self.first:
            self.first, self.since = waiting, now
        return waiting is not None and now - self.since > STUCK_S

    def stop(self, *_signal) -> None:
        """Woken first, then told: whoever runs it in another thread could have closed the trigger by then."""
        self.pull_trigger()
        self.stopping = time.time() + GRACE_S

    def finished(self) -> bool:
        lines = list(self.active_channels.values())
        return self.stopping and (time.time() > self.stopping or not any(line.busy() for line in lines))

    def run(self) -> None:
        while not self.finished():
            self.tidy(time.time())
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)
            self.speak(time.monotonic())
        wasyncore.close_all(self._map)


def server(app, listening: socket.socket, largest_body: int) -> Server:
    """`app` answers what comes in on a socket; of a body above `largest_body` it sees the length alone."""
    settings = Adjustments(
        threads=THREADS,
        connection_limit=LINES,
        max_request_header_size=32 * 1024,
        max_request_body_size=4 * largest_body,  # beyond this not even the answer is worth receiving it
        outbuf_high_watermark=1 << 30,  # an answer of ours goes to disk rather than keep a thread
        clear_untrusted_proxy_headers=False,  # core.proxies does it, whatever the server
        ident="",
    )
    settings.largest_body = largest_body
    where = (listening.family, listening.type, listening.proto, listening.getsockname())
    return Server(app, map={}, _sock=listening, adj=settings, sockinfo=where, bind_socket=False)


def application(name: str):
    """`module:app`, or `module:make()`."""
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute.removesuffix("()"))
    return found() if attribute.endswith("()") else found


def settle() -> None:
    """What is loaded now stays: collecting garbage among it again would hold up a request for a third of
    a second, and every request a little."""
    gc.collect()
    gc.freeze()


def beating(app) -> None:
    """Say every minute that people can be answered, so that a silence is known, and which tokens were used;
    bare apps of the bench have nobody to answer."""
    if "certification" in app.blueprints:
        from accounts.operations import note_used_tokens
        from certification.clocks.operations import gaps
        from core.worker import keep_doing

        for task in (gaps.beat, note_used_tokens):
            Thread(target=keep_doing, args=(app, task, gaps.EVERY_S, Event()), daemon=True).start()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("application", help="module:app or module:make()")
    asked.add_argument("--socket", type=int, required=True, help="the descriptor of a bound socket")
    asked.add_argument("--pulse", type=int, help="the descriptor on which to say that it goes on")
    arguments = asked.parse_args()
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8 * LINES), most))
    app = application(arguments.application)
    settle()
    beating(app)
    largest = app.config["MAX_CONTENT_LENGTH"] or 1 << 20
    web = server(app, socket.socket(fileno=arguments.socket), largest)
    if arguments.pulse is not None:
        os.set_blocking(arguments.pulse, False)
        web.pulse = arguments.pulse
    signal.signal(signal.SIGTERM, web.stop)
    signal.signal(signal.SIGINT, web.stop)
    web.run()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
