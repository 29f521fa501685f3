"""Faults of product parameters and of what is derived from them."""

from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import Field, TypeAdapter
from pydantic_core import SchemaError

from schemes.document.faults.fault import Fault, Faults
from schemes.document.parameters import NUMBERS, OF_KIND, Parameter, values_of
from schemes.document.whole import Document

MEMBERS = ("unit", "least", "most", "step", "choices", "pattern", "example", "past")


def members(document: Document) -> Faults:
    """A kind has its own members; a choice has two or more to choose from."""
    for index, parameter in enumerate(document.parameters):
        for name in MEMBERS:
            if getattr(parameter, name) and name not in OF_KIND[parameter.kind]:
                yield Fault(f"/parameters/{index}/{name}", "parameter-member-of-another-kind")
        if parameter.kind == "choice" and len(parameter.choices) < 2:
            yield Fault(f"/parameters/{index}/choices", "choices-missing")


def ranges(document: Document) -> Faults:
    for index, parameter in enumerate(document.parameters):
        least, most = parameter.least, parameter.most
        if least is not None and most is not None and least >= most:
            yield Fault(f"/parameters/{index}/most", "range-turned")


@lru_cache(maxsize=256)
def patterned(pattern: str) -> TypeAdapter[str]:
    """A reader of texts of this pattern, by an engine whose time grows with the text and no faster."""
    return TypeAdapter(Annotated[str, Field(pattern=f"^(?:{pattern})$")])


def patterns(document: Document) -> Faults:
    for index, parameter in enumerate(document.parameters):
        if not parameter.pattern:
            continue
        try:
            reader = patterned(parameter.pattern)
        except SchemaError:
            yield Fault(f"/parameters/{index}/pattern", "pattern-unreadable")
            continue
        if parameter.example and not _reads(reader, parameter.example):
            yield Fault(f"/parameters/{index}/example", "example-does-not-fit")


def _reads(reader: TypeAdapter[str], text: str) -> bool:
    try:
        reader.validate_python(text)
    except ValueError:
        return False
    return True


def conditions(document: Document) -> Faults:
    """A parameter is required when another has a value that it can have."""
    for index, parameter in enumerate(document.parameters):
        place = f"/parameters/{index}"
        if (parameter.required == "when") != bool(parameter.when):
            yield Fault(f"{place}/when", "condition-missing")
        for number, match in enumerate(parameter.when):
            other = document.fields.get(match.parameter)
            if other is None or other is parameter:
                yield Fault(
                    f"{place}/when/{number}/parameter", "parameter-unknown", {"name": match.parameter}
                )
            else:
                yield from unmatched(other, match.one_of, f"{place}/when/{number}/one_of")


def unmatched(parameter: Parameter, words: tuple[str, ...], place: str) -> Faults:
    """Words that the parameter cannot be."""
    known = values_of(parameter)
    for index, word in enumerate(words):
        if word not in known:
            yield Fault(f"{place}/{index}", "choice-unknown", {"name": word})


def figures(document: Document) -> Faults:
    """A derived figure is made of figures there are; a sum or a difference of those of its own unit."""
    for index, figure in enumerate(document.derived):
        for number, quantity in enumerate(figure.of):
            unit, place = document.unit_of(quantity), f"/derived/{index}/of/{number}"
            if unit is None or not is_a_number(document, quantity):
                yield Fault(place, "quantity-unknown", {"name": quantity})
            elif figure.kind in ("sum", "difference") and unit != figure.unit:
                yield Fault(place, "derivation-units-differ", {"unit": unit, "other": figure.unit})


def is_a_number(document: Document, quantity: str) -> bool:
    kind, _colon, slug = quantity.partition(":")
    return kind != "parameter" or (slug in document.fields and document.fields[slug].kind in NUMBERS)


def circles(document: Document) -> Faults:
    """No figure is derived from itself, nor is a parameter required by way of itself."""
    derived = {f"derived:{figure.slug}": set(figure.of) for figure in document.derived}
    yield from _circle(
        derived, [figure.slug for figure in document.derived], "/derived", "derivation-circular"
    )
    asked = {field.slug: {match.parameter for match in field.when} for field in document.parameters}
    yield from _circle(asked, list(asked), "/parameters", "condition-circular")


def _circle(graph: dict[str, set[str]], slugs: list[str], pointer: str, slug: str) -> Faults:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        names = [name.removeprefix("derived:") for name in error.args[1]]
        yield Fault(f"{pointer}/{slugs.index(names[0])}", slug, {"names": " → ".join(reversed(names))})
