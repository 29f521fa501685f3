"""Many people who save at once: nothing but sockets, so that it is never the crowd that is waited for."""

import asyncio
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

SAVED = re.compile(rb"HTTP/1\.1 30[23] ")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Writer:
    """Somebody with a form open: each save changes what was typed, and makes the next version."""

    path: str
    cookie: str
    fields: dict[str, str]
    version: int = 1
    saved: int = 0

    @property
    def name(self) -> str:
        return f"抛釉砖 {self.saved}"

    def save(self) -> bytes:
        """The request of the next save, whole."""
        self.saved += 1
        typed = self.fields | {"product_name": self.name, "version": str(self.version)}
        body = urlencode(typed).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: bench\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.version += 1
        return head.encode() + body


class Line(asyncio.Protocol):
    """One kept connection, on which a writer saves again as soon as the answer to the last save is there."""

    def __init__(self, writer: Writer, until: float):
        self.writer, self.until = writer, until
        self.received, self.count = b"", 0
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self.writer.save())

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, whole, body = self.received.partition(b"\r\n\r\n")
        if not whole or len(body) < _length(head):
            return
        self.received = b""
        if not SAVED.match(head):
            self._fail(f"{self.writer.path} answered {head[:40]!r}")
            return
        self.count += 1
        if time.perf_counter() < self.until:
            self.transport.write(self.writer.save())
        else:
            self.ended.set_result(self.count)
            self.transport.close()

    def connection_lost(self, error) -> None:
        if not self.ended.done():
            self._fail(f"{self.writer.path}: the connection broke ({error})")

    def _fail(self, why: str) -> None:
        if not self.ended.done():
            self.ended.set_exception(RuntimeError(why))
        self.transport.abort()


def saves_per_second(address: str, crowd: list[Writer], seconds: float) -> float:
    """All of the crowd at once, for so long; any answer but a redirect is an error."""
    return asyncio.run(_load(urlsplit(address).port, crowd, seconds))


async def _load(port: int, crowd: list[Writer], seconds: float) -> float:
    started = time.perf_counter()
    lines = [Line(writer, started + seconds) for writer in crowd]
    loop = asyncio.get_running_loop()
    for line in lines:
        await loop.create_connection(lambda line=line: line, "127.0.0.1", port)
    counts = await asyncio.gather(*(line.ended for line in lines))
    return sum(counts) / (time.perf_counter() - started)


def _length(head: bytes) -> int:
    found = LENGTH.search(head)
    return int(found[1]) if found else 0
