"""What the products of a process system are called where people read and type them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Plain = Mapping[str, Any]  # JSON, as a system is stored


class ProductNames:
    """A product is called by the title of the process that bears its name, else by its own; where two would
    be called the same, its own name is said besides.  `units` are those in which each is counted."""

    def __init__(self, system: Plain | None) -> None:
        processes = (system or {}).get("processes", [])
        self.units: dict[str, str] = {process["name"]: str(process["unit"]) for process in processes}
        titles: dict[str, str] = {
            process["name"]: str(process.get("title") or process["name"]) for process in processes
        }
        for process in processes:
            for product, value in process.get("outputs", {}).items():
                titles.setdefault(product, product)
                if isinstance(value, Mapping):
                    self.units.setdefault(product, str(value["unit"]))
        alike = Counter([*titles.values(), *(name for name, title in titles.items() if name != title)])
        self.called = {
            name: title if alike[title] == 1 else f"{title}（{name}）" for name, title in titles.items()
        }
        self.named = {text: name for name, text in self.called.items()}

    def __getitem__(self, name: str) -> str:
        return self.called.get(name, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.called.values())

    def name(self, text: str) -> str:
        """The product somebody typed; one that is not known yet has the name it was given."""
        return self.named.get(text, text)

    def unused(self, title: str) -> str:
        """A name for a new process, which nothing else bears."""
        name, number = title, 1
        while name in self.units:
            number += 1
            name = f"{title} {number}"
        return name
