"""The service as `script/server` runs it, on a disk of its own that can be filled, and who uses it."""

import http.client
import os
import re
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import indent
from urllib.parse import urlencode

import psutil
import psycopg

from tests.architecture.tree import ROOT
from tests.factories import uscc
from tests.script.running import free_port, printed_until
from tests.support import disks

PASSWORD = "glazed tile by glazed tile"
ANSWERED_S = 30
BUSY = 503
BLOCKS = (1 << 20, 1 << 12, 1)  # bytes, by which a disk is filled to its last one


# Asked in the place where the file lies: SQLite follows no link into the place of another process.
COUNTED = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
LOCKED = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""
INSIDE = """
from app import create_app
with create_app().app_context():
"""


class Service:
    """The running script and what can be done to it; `folder` is where its data lies, as seen from here."""

    def __init__(self, data_dir: Path, postgresql: str, disk: str = ""):
        """`disk`: the size of a disk of its own; without one the data lies in the folder itself."""
        self.port, self.postgresql, self.file = free_port(), postgresql, str(data_dir / "tanbiao.db")
        command = str(ROOT / "script/server")
        self.environment = os.environ | {
            "DATA_DIR": str(data_dir), "PORT": str(self.port), "DATABASE_URL": postgresql,
            "TANBIAO_ENV": "production", "SECRET_KEY": "only for this test, but long enough for it",
        }  # fmt: skip
        alone = disks.on_a_disk(disk, str(data_dir), command) if disk else [command]
        self.process = self._started(alone, stderr=subprocess.STDOUT)
        printed_until(self.process, "Serving at")
        here = f"/proc/{self.process.pid}/root" if disk else ""
        self.folder = Path(f"{here}{data_dir}")
        there = disks.beside(self.process.pid, str(ROOT)) if disk else []
        self.python = [*there, sys.executable, "-c"]

    def _started(self, command: list[str], **more) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, **pipes | more)

    def stop(self) -> int:
        self.process.terminate()
        self.process.communicate(timeout=60)
        return self.process.returncode

    def parts(self, command: str) -> list[int]:
        children = psutil.Process(self.process.pid).children()
        return [child.pid for child in children if command in " ".join(child.cmdline())]

    def count(self, rows: str) -> int:
        query = f"SELECT count(*) FROM {rows}"
        if self.postgresql:
            with psycopg.connect(self.postgresql) as other:
                return other.execute(query).fetchone()[0]
        return int(self._started([*self.python, COUNTED, self.file, query]).communicate()[0])

    def do(self, code: str) -> None:
        """Another process of the house does this."""
        other = self._started([*self.python, INSIDE + indent(code, "    ")])
        said = other.communicate()
        assert other.returncode == 0, said

    @contextmanager
    def locked(self):
        """Another process holds the lock that everybody needs who writes."""
        if self.postgresql:
            with psycopg.connect(self.postgresql) as other:
                other.execute('LOCK TABLE "user" IN EXCLUSIVE MODE')
                yield
            return
        other = self._started([*self.python, LOCKED, self.file])
        printed_until(other, "locked")
        try:
            yield
        finally:
            other.communicate()

    @contextmanager
    def full(self):
        """Nothing more fits on its disk."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in BLOCKS:
                try:
                    while file.write(b"0" * size) == size:
                        pass
                except OSError:
                    continue
        try:
            yield
        finally:
            filler.unlink()


class Person:
    """Somebody who signed up, and saves by a form that stays open; `acknowledged` counts what was saved."""

    def __init__(self, port: int, number: int):
        self.port, self.cookies, self.tries, self.acknowledged, self.name = port, {}, 0, 0, "测试人"
        facts = {
            "csrf_token": self.token("/sign-up"), "uscc": uscc(900 + number), "name": f"慢线测试单位{number}",
            "region": "320100", "address": "测试路 1 号", "person": self.name,
            "email": f"line{number}@example.org", "password": PASSWORD,
        }  # fmt: skip
        status = BUSY
        while status == BUSY:  # the worker's first round keeps the lock for long where others use the machine
            status, _headers, page = self.ask("POST", "/sign-up", facts)
        assert status == 302, page
        self.form = self.token("/account")

    def ask(self, method: str, path: str, fields: dict | None = None) -> tuple[int, dict, str]:
        body = urlencode(fields) if fields is not None else None
        return self.send(method, path, body, "application/x-www-form-urlencoded" if body else "")

    def send(self, method: str, path: str, body, kind: str) -> tuple[int, dict, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERED_S)) as line:
            line.request(
                method, path, body, {"Cookie": self.cookie} | ({"Content-Type": kind} if kind else {})
            )
            answer = line.getresponse()
            page = answer.read().decode()
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
        self.tries += 1
        name = f"测试人{self.tries}"
        typed = {"csrf_token": self.form, "person": name, "language": "zh"}
        answer = self.ask("POST", "/account/profile", typed)
        if answer[0] == 302:
            self.acknowledged, self.name = self.acknowledged + 1, name
        return answer

    def upload(self) -> tuple[int, dict, str]:
        """A complaint with a file of 100 kB."""
        fields = {
            "csrf_token": self.token("/complaints/new"), "about_kind": "product", "about": "抛釉砖",
            "text": "假的。", "name": "某人", "contact": "13900001234", "consumer": "y",
        }  # fmt: skip
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}' for name in fields]
        parts.append(
            'Content-Disposition: form-data; name="upload"; filename="a.csv"\r\n\r\n' + "day,kWh\n" * 12_500
        )
        body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
        return self.send("POST", "/complaints/new", body.encode(), "multipart/form-data; boundary=b")
