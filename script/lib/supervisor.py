"""Keeps the web processes and the worker running: whichever falls is started again, and that is said.

Once pages are served it never gives up: a part that keeps falling is tried again and again, at most every
thirty seconds.  A web process that falls before the first page was served ends everything: whoever keeps the
service is looking, and what is wrong then seldom passes by itself.  Each part says every second that it goes
on, by a pipe of its own, so that no crowd of requests can drown it; one that falls silent hangs, and is
ended.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
WEB_PROCESSES = 2
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30
SILENCE_S = 60  # of a part that has spoken before; however busy it is, it speaks every second
LOOK_S = 5  # between two looks at who is silent
STEADY_S = 60  # a part that ran so long fell for another reason than the last time
PATIENCE_S = 25  # for parts that were told to stop
BACKLOG = 1024


class Part:
    """One process that is kept running; it is handed a pipe, `--pulse`, on which to say that it goes on."""

    def __init__(self, name: str, command: list[str], sockets: tuple[int, ...] = ()):
        self.name, self.command, self.sockets = name, command, sockets
        self.process: subprocess.Popen | None = None
        self.falls, self.started, self.due = 0, 0.0, 0.0
        self.pulse: int | None = None  # where it is heard
        self.heard = 0.0  # when it last was; 0 until it has spoken, since a start may take long

    def start(self) -> None:
        self.pulse, speaking = os.pipe()
        os.set_blocking(self.pulse, False)
        # Without its keeper a part would hold the port for ever.
        command = ["setpriv", "--pdeathsig", "TERM", *self.command, "--pulse", str(speaking)]
        self.process = subprocess.Popen(command, pass_fds=(*self.sockets, speaking), cwd=ROOT)
        os.close(speaking)
        self.started, self.heard = time.monotonic(), 0.0

    def silent(self) -> bool:
        """Whether it runs, has been heard, and is heard no more."""
        if self.process is None:
            return False
        try:
            while os.read(self.pulse, 1 << 16):
                self.heard = time.monotonic()
        except BlockingIOError:
            pass
        return bool(self.heard) and time.monotonic() - self.heard > SILENCE_S

    def fell(self) -> str:
        """How it ended, when it has; then it is due again after a while."""
        if self.process is None or (code := self.process.poll()) is None:
            return ""
        now, self.process = time.monotonic(), None
        os.close(self.pulse)
        self.falls = 1 if now - self.started > STEADY_S else self.falls + 1
        pause = min(FIRST_PAUSE_S * 2 ** (self.falls - 1), LONGEST_PAUSE_S)
        self.due = now + pause
        how = f"signal {-code}" if code < 0 else f"status {code}"
        return f"{self.name} ended ({how}); it is started again in {pause:g} s"


class Supervisor:
    def __init__(self, parts: list[Part]):
        self.parts = parts
        self.stopping = self.serving = False
        self.changed = Event()

    def run(self) -> int:
        """Until told to stop; the status to end with."""
        for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(kind, self.stop)
        signal.signal(signal.SIGCHLD, lambda *_: self.changed.set())
        while not self.stopping:
            self.changed.clear()
            if not self.look():
                break
            self.changed.wait(self.pause())
        self.end_all()
        return 0 if self.stopping else 1

    def look(self) -> bool:
        """Start what is due; False when there is no point in going on."""
        for part in self.parts:
            if part.silent():
                say(f"{part.name} has hung for {SILENCE_S} s; it is ended.")
                part.process.kill()
                part.process.wait()
            if how := part.fell():
                if not self.serving and part.sockets:
                    say(f"{part.name} ended before anything was served.")
                    return False
                say(how)
            if part.process is None and time.monotonic() >= part.due:
                part.start()
        return True

    def pause(self) -> float:
        """Until the next start, or the next look at who is silent."""
        due = [part.due - time.monotonic() for part in self.parts if part.process is None]
        return max(0.0, min([LOOK_S, *due]))

    def stop(self, *_signal) -> None:
        self.stopping = True
        self.changed.set()

    def end_all(self) -> None:
        running = [part.process for part in self.parts if part.process]
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE_S
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def flask(*arguments: str) -> list[str]:
    return [PYTHON, "-m", "flask", "--app", "app", *arguments]


def workers() -> list[Part]:
    """Whoever waits for a page goes before the drawing of papers, and so does a mail."""
    return [
        Part("the worker", ["nice", *flask("worker", "--lane", "short")]),
        Part("the worker of what takes long", ["nice", *flask("worker", "--lane", "long")]),
    ]


def listen(port: int) -> socket.socket:
    """Bound here, so that a web process can fall and come back while others wait in the queue."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        raise SystemExit(f"Nothing can be served on port {port}: {error.strerror}") from error
    listening.listen(BACKLOG)
    return listening


def answers(port: int) -> bool:
    """The socket is open before the pages are, so the answer is waited for."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def announce(supervisor: Supervisor, port: int, demonstration: bool) -> None:
    """Wait for the first page, and say where it is."""
    while not answers(port):
        time.sleep(0.2)
    supervisor.serving = True
    if demonstration:
        print("\nDemonstration sign-ins:", flush=True)
        subprocess.run(flask("demo", "accounts"), cwd=ROOT, check=False)
    print(f"\nServing at http://127.0.0.1:{port} (Ctrl-C stops it)", flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--application", default="app:create_app()")
    asked.add_argument("--web-only", action="store_true", help="no worker, no words: for measurements")
    arguments = asked.parse_args()
    port = int(os.environ.get("PORT", "8000"))
    listening = listen(port)
    descriptor = listening.fileno()
    web = [PYTHON, "script/lib/web.py", arguments.application, "--socket", str(descriptor)]
    parts = [Part(f"web process {number + 1}", web, (descriptor,)) for number in range(WEB_PROCESSES)]
    if arguments.web_only:
        return Supervisor(parts).run()
    supervisor = Supervisor([*parts, *workers()])
    demonstration = os.environ.get("TANBIAO_ENV", "demo") == "demo"
    Thread(target=announce, args=(supervisor, port, demonstration), daemon=True).start()
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(main())
