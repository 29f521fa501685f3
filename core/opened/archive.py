"""A ZIP of XML parts, as office programs write them: opened part by part, everything counted on the way."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pyexpat import ExpatError
from typing import IO

from core.errors import Invalid
from core.opened.markup import End, Start, Walker

MOST_MEMBERS = 2000
MOST_UNPACKED = 60 * 1024 * 1024
CHUNK = 1 << 16
LONGEST_END = 22 + (1 << 16)  # the last record of a ZIP and its comment
LONGEST_ENTRY = 512  # bytes of a member in the list, on average

# What reading a package that was damaged, or made to do damage, may raise.
BROKEN = (
    LookupError, ValueError, RuntimeError, EOFError, NotImplementedError, struct.error,
    ExpatError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass
class Archive:
    """`unpacked` and the elements add up over every part that is read; each bound refuses with a sentence."""

    package: zipfile.ZipFile
    unpacked: int = 0
    walker: Walker = field(default_factory=Walker)

    @classmethod
    def of(cls, source: IO[bytes], refusal: str, **detail: object) -> "Archive":
        """Raise Invalid(`refusal`) when `source` is no archive that can be read."""
        _count_members(source)
        try:
            return cls(zipfile.ZipFile(source))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Invalid(refusal, None, **detail) from error

    @property
    def names(self) -> list[str]:
        return self.package.namelist()

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.package.open(name) as part:
            while chunk := part.read(CHUNK):
                self.unpacked += len(chunk)
                if self.unpacked > MOST_UNPACKED:
                    raise Invalid("file-unpacks-too-large", most=MOST_UNPACKED // (1024 * 1024))
                yield chunk

    def parse(self, name: str, start: Start, end: End | None = None, text: End | None = None) -> None:
        """Walk the XML of a part, as Walker.walk tells it."""
        self.walker.walk(self.chunks(name), start, end, text)


def _count_members(source: IO[bytes]) -> None:
    """By the record at the end of the file, before a list of members is built from it."""
    size = source.seek(0, 2)
    source.seek(max(0, size - LONGEST_END))
    end = source.read()
    found = end.rfind(b"PK\x05\x06")
    if 0 <= found <= len(end) - 16:
        members, listed = struct.unpack_from("<HL", end, found + 10)
        if members > MOST_MEMBERS or listed > MOST_MEMBERS * LONGEST_ENTRY:
            raise Invalid("file-too-many-parts", most=MOST_MEMBERS)
