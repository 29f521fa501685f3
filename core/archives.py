"""Archives that leave the house, made while they are sent.  What comes in is opened by core.opened."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

CHUNK = 1 << 18


class _Sent:
    """What a zip file writes to, taken away piece by piece: no archive stands whole in memory."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def write(self, content: bytes) -> int:
        self.held.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.held = b"".join(self.held), []
        return taken


def packed(contents: Iterable[tuple[str, Path]], last: str, text: str) -> Iterator[bytes]:
    """A ZIP of files as they lie, each by its path in it, and a file named `last` that holds `text`."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_STORED) as book:  # type: ignore[call-overload]  # it needs no more of a file
        for path, content in contents:
            with book.open(ZipInfo(path), "w", force_zip64=True) as inside, content.open("rb") as kept:
                while chunk := kept.read(CHUNK):
                    inside.write(chunk)
                    yield sent.take()
        book.writestr(ZipInfo(last), text)
    yield sent.take()
