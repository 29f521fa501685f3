"""The columns of a workbook of models for what its rule asks of each of them.

Their slugs begin with PREFIX, which no other column has; `code` and `specification` alone make the sheet, so
that a workbook without the others says nothing of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from certification.application.words.parameters import hint, named, spoken
from certification.workbooks.exchange.columns import KINDS, MODELS, Column, Kind, spellings
from certification.workbooks.exchange.layouts import Told
from core.errors import Invalid
from core.words import explain, sentence
from schemes import stated
from schemes.document import Document, Parameter
from schemes.document.parameters import NUMBERS, values_of

PREFIX = "parameters."


def kind_for(rules: Document, slug: str) -> Kind:
    """A kind of workbook as a case under this rule has it."""
    asked = stated.fields_of(rules, "model")
    if slug != MODELS.slug or not asked:
        return KINDS[slug]
    return replace(MODELS, columns=(*MODELS.columns, *_columns(rules, asked)), rules=rules)


def _columns(rules: Document, asked: tuple[Parameter, ...]) -> Iterator[Column]:
    taken = {spelt for column in MODELS.columns for spelt in spellings(column.heading)}
    for each in asked:
        heading = Told(named, (each,))
        if taken.intersection(spellings(heading)):
            heading = Told(_apart, (each,))
        taken |= {*spellings(heading)}
        yield Column(
            f"{PREFIX}{each.slug}",
            heading,
            Told(hint, (rules, each)),
            20,
            number=each.kind in NUMBERS,
            day=each.kind == "date",
            offers=tuple((slug, Told(spoken, (each, slug))) for slug in values_of(each)),
        )


def _apart(parameter: Parameter) -> str:
    """What is called like another column is told from it by its slug."""
    return f"{named(parameter)} [{parameter.slug}]"


def said_in(values: Mapping[str, object]) -> dict[str, object]:
    """What a row says of parameters, by their slugs."""
    return {slug.removeprefix(PREFIX): said for slug, said in values.items() if slug.startswith(PREFIX)}


def as_columns(said: Mapping[str, str]) -> dict[str, str]:
    return {f"{PREFIX}{slug}": text for slug, text in said.items()}


def read(rules: Document, values: Mapping[str, object], day: date) -> tuple[dict[str, str], dict[str, str]]:
    """The parameters of one row as they are kept, and the slugs of what cannot be read; both by column."""
    try:
        return as_columns(stated.read(rules, "model", said_in(values), day)), {}
    except Invalid as refused:
        return {}, as_columns(refused.fields)


def why(rules: Document, column: str, slug: str) -> str:
    """Why a cell could not be taken, with the bounds of its parameter."""
    parameter = rules.fields.get(column.removeprefix(PREFIX))
    if parameter is None or not column.startswith(PREFIX):
        return explain(slug)
    least, most, step = parameter.least, parameter.most, parameter.step
    bounds = {"least": least, "most": most, "step": step, "start": least or 0}
    plain = {name: "" if bound is None else f"{bound:f}" for name, bound in bounds.items()}
    return sentence(slug, {**plain, "unit": parameter.unit, "example": parameter.example}).strip()
