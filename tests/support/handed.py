"""What might be handed in with a step, made by chance from its shape."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from pydantic import BaseModel
from werkzeug.datastructures import FileStorage

from core.clock import today
from core.members import OneOf, Whole, taken_apart

PDF = b"%PDF-1.4\n"


def by_chance(shape: type[BaseModel], pick: Random) -> dict:
    """A body that the shape may take: what is said in it is of the right kind, not always right."""
    given = {
        name: _one(member.annotation, member.metadata, pick) for name, member in shape.model_fields.items()
    }
    return {name: value for name, value in given.items() if value is not None and pick.random() < 0.9}


def _one(annotation, metadata, pick: Random):
    bare, said = taken_apart(annotation, *metadata)
    for each in said:
        match each:
            case OneOf():
                return pick.choice(each.words)
            case Whole():
                return each.least + pick.randrange(3)
    if getattr(bare, "__origin__", None) is list:
        return [_one(bare.__args__[0], (), pick) for _ in range(pick.randrange(3))]
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return by_chance(bare, pick)
    made = MADE.get(bare)
    return made(pick) if made else None


MADE = {
    str: lambda _pick: "写明理由。",
    bool: lambda pick: pick.random() < 0.8,
    int: lambda pick: pick.randrange(1, 40),
    date: lambda pick: today() + timedelta(days=pick.choice((-3, 0, 1, 30))),
    Decimal: lambda pick: pick.choice((Decimal("0.5"), Decimal(1), Decimal(100))),
    FileStorage: lambda _pick: FileStorage(BytesIO(PDF), "证据.pdf"),
}
