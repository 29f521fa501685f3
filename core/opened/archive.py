"""A ZIP of XML parts, as office programs write them: opened part by part, everything counted on the way."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pyexpat import ParserCreate
from typing import BinaryIO

from core.errors import Invalid

MOST_MEMBERS = 2000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ELEMENTS = 300_000
DEEPEST = 100
CHUNK = 1 << 16
LONGEST_END = 22 + (1 << 16)  # the last record of a ZIP and its comment
LONGEST_ENTRY = 512  # bytes of a member in the list, on average


@dataclass
class Archive:
    """`unpacked` and `elements` add up over every part that is read; each bound refuses with a sentence."""

    package: zipfile.ZipFile
    unpacked: int = 0
    elements: int = 0

    @classmethod
    def of(cls, source: BinaryIO, refusal: str) -> "Archive":
        """Raise Invalid(`refusal`) when `source` is no archive that can be read."""
        _count_members(source)
        try:
            return cls(zipfile.ZipFile(source))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Invalid(refusal) from error

    @property
    def names(self) -> list[str]:
        return self.package.namelist()

    def chunks(self, name: str):
        with self.package.open(name) as part:
            while chunk := part.read(CHUNK):
                self.unpacked += len(chunk)
                if self.unpacked > MOST_UNPACKED:
                    raise Invalid("file-unpacks-too-large", most=MOST_UNPACKED // (1024 * 1024))
                yield chunk

    def parse(self, name: str, start: Callable, end: Callable = lambda tag: None, text=None) -> None:
        """Walk the XML of a part: `start(tag, attributes)`, `end(tag)` and `text(data)`, names without their
        namespace.  A part that declares a document type, and could grow without end, is refused."""
        parser, depth = ParserCreate(namespace_separator="}"), 0

        def begin(tag, attributes):
            nonlocal depth
            depth += 1
            self.elements += 1
            if self.elements > MOST_ELEMENTS or depth > DEEPEST:
                raise Invalid("file-too-full")
            start(local(tag), attributes)

        def finish(tag):
            nonlocal depth
            depth -= 1
            end(local(tag))

        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.buffer_text = True
        if text:
            parser.CharacterDataHandler = text
        for chunk in self.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _count_members(source: BinaryIO) -> None:
    """By the record at the end of the file, before a list of members is built from it."""
    size = source.seek(0, 2)
    source.seek(max(0, size - LONGEST_END))
    end = source.read()
    found = end.rfind(b"PK\x05\x06")
    if 0 <= found <= len(end) - 16:
        members, listed = struct.unpack_from("<HL", end, found + 10)
        if members > MOST_MEMBERS or listed > MOST_MEMBERS * LONGEST_ENTRY:
            raise Invalid("file-too-many-parts", most=MOST_MEMBERS)


@lru_cache(maxsize=1000)
def local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_declared):
    raise Invalid("file-declares-type")
