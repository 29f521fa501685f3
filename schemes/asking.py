"""What an application must state under a rule, as JSON Schema for those who send it.  Pure."""

from collections.abc import Callable, Iterable
from typing import Any

from schemes.document import Document, Match, Parameter, Words
from schemes.document.parameters import NUMBERS, values_of
from schemes.document.reading import SCHEMA
from schemes.stated import LONGEST, fields_of

Plain = dict[str, Any]  # JSON


def application_schema(document: Document) -> Plain:
    """Of the members `parameters` and `models` of an application that is complete."""
    product, model = (fields_of(document, per) for per in ("product", "model"))
    of_model = {
        "type": "object",
        "required": ["code", *(["parameters"] if _always(model) else [])],
        "properties": {
            "code": {"type": "string", "minLength": 1, "maxLength": 200},
            "specification": {"type": "string", "maxLength": 200},
            "parameters": _object(document, model),
        },
    }
    return {
        "$schema": SCHEMA,
        "title": f"{document.identity.code} {document.identity.version}",
        "type": "object",
        "required": ["models", *(["parameters"] if _always(product) else [])],
        "properties": {
            "parameters": _object(document, product),
            "models": {"type": "array", "minItems": 1, "items": of_model},
        },
    }


def _always(parameters: Iterable[Parameter]) -> list[str]:
    return [parameter.slug for parameter in parameters if parameter.required == "always"]


def _object(document: Document, parameters: tuple[Parameter, ...]) -> Plain:
    """A condition on what is stated elsewhere, of the product or of a model, is told in words only."""
    here = {parameter.slug for parameter in parameters}
    found: Plain = {
        "type": "object",
        "additionalProperties": False,
        "properties": {parameter.slug: _member(parameter) for parameter in parameters},
        "required": _always(parameters),
    }
    rules = [
        _when(document, parameter)
        for parameter in parameters
        if parameter.required == "when" and {match.parameter for match in parameter.when} <= here
    ]
    return found | ({"allOf": rules} if rules else {})


def _when(document: Document, parameter: Parameter) -> Plain:
    asked = {match.parameter: _held(document.fields[match.parameter], match) for match in parameter.when}
    condition = {"required": list(asked), "properties": asked}
    return {"if": condition, "then": {"required": [parameter.slug]}}


def _held(parameter: Parameter, match: Match) -> Plain:
    if match.one_of:
        return {"enum": list(match.one_of)}
    top = "maximum" if match.below == parameter.most else "exclusiveMaximum"
    ends = {"minimum": match.least, top: match.below}
    return {"type": "number", **{name: float(end) for name, end in ends.items() if end is not None}}


def _member(parameter: Parameter) -> Plain:
    about = {"title": parameter.names.zh, "x-title-en": parameter.names.en, "x-required": parameter.required}
    if parameter.help:
        about |= {"description": parameter.help.zh, "x-description-en": parameter.help.en}
    if parameter.unit:
        about["x-unit"] = parameter.unit
    return about | KINDS[parameter.kind](parameter)


def _number(parameter: Parameter) -> Plain:
    """A number, or its digits as a text, which is exact."""
    kind = "integer" if parameter.kind == "whole" else "number"
    ends = {"minimum": parameter.least, "maximum": parameter.most}
    number = {"type": kind, **{name: float(end) for name, end in ends.items() if end is not None}}
    if parameter.step is not None:
        number["x-step"] = f"{parameter.step:f}"
    return {"anyOf": [number, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}


def _chosen(parameter: Parameter) -> Plain:
    named: dict[str, Words] = {choice.slug: choice.names for choice in parameter.choices}
    return {
        "enum": list(values_of(parameter)),
        **({"x-names": {slug: {"zh": one.zh, "en": one.en} for slug, one in named.items()}} if named else {}),
    }


def _text(parameter: Parameter) -> Plain:
    found: Plain = {"type": "string", "maxLength": LONGEST}
    if parameter.pattern:
        found["pattern"] = f"^(?:{parameter.pattern})$"
    return found | ({"examples": [parameter.example]} if parameter.example else {})


KINDS: dict[str, Callable[[Parameter], Plain]] = {
    **dict.fromkeys(NUMBERS, _number),
    "choice": _chosen,
    "yes_no": _chosen,
    "text": _text,
    "date": lambda _parameter: {"type": "string", "format": "date"},
}
