"""XML walked element by element; every element is counted, and nothing outside the text is fetched."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pyexpat import ParserCreate

from core.errors import Invalid

MOST_ELEMENTS = 300_000
DEEPEST = 100

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]


@dataclass
class Walker:
    """`elements` add up over every text that is walked."""

    elements: int = 0
    depth: int = 0

    def walk(
        self,
        chunks: Iterable[bytes],
        start: Start | None = None,
        end: End | None = None,
        text: End | None = None,
        encoding: str | None = None,
    ) -> None:
        """Tell `start(tag, attributes)`, `end(tag)` and `text(data)`, tags without their namespace.

        Raise Invalid beyond the bounds, and for a declared document type, which could grow without end;
        ExpatError for what is no XML.
        """
        parser, self.depth = ParserCreate(encoding, namespace_separator="}"), 0

        def begin(tag: str, attributes: Mapping[str, str]) -> None:
            self._count()
            if start:
                start(local(tag), attributes)

        def finish(tag: str) -> None:
            self.depth -= 1
            if end:
                end(local(tag))

        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        parser.StartDoctypeDeclHandler, parser.CharacterDataHandler = _refuse_doctype, text
        parser.buffer_text = True
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _count(self) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Invalid("file-too-full")


@lru_cache(maxsize=1000)
def local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_declared: object) -> None:
    raise Invalid("file-declares-type")
