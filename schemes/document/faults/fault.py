from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """`pointer` is the JSON pointer of the member, `detail` what the sentence of the slug needs."""

    pointer: str
    slug: str
    detail: Mapping[str, object] = field(default_factory=dict)


Faults = Iterator[Fault]
