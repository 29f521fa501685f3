"""What is typed on a command line, read as at every other door."""

from collections.abc import Callable
from typing import TypeVar

import click

from core.errors import Invalid
from core.readers import days, ids
from core.words import say

T = TypeVar("T")


class Typed(click.ParamType[T]):
    """A value that `reader` reads; `name` stands in the usage."""

    def __init__(self, name: str, reader: Callable[[str], T | None]) -> None:
        self.name, self.reader = name, reader

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> T:
        try:
            read = self.reader(value)
        except Invalid as refused:
            self.fail(str(say(refused)), param, ctx)
        return self.fail(f"no {self.name} is given", param, ctx) if read is None else read


DAY = Typed("day", days.day)
MOMENT = Typed("moment", days.moment)
NUMBER = Typed("number", ids.number)
