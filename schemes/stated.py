"""What is stated of a product or a model, read against the parameters of a rule.  Pure.

What is kept is one canonical text by slug: a number without blanks and zeros that say nothing, in the unit of
the parameter; the slug of a choice; a day as ISO 8601 has it; yes or no; a text in one line.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core import fonts
from core.errors import Invalid
from core.readers import days, numbers, texts
from schemes.document import Document, Parameter
from schemes.document.faults.parameters import patterned
from schemes.document.parameters import NUMBERS, WORDS, values_of
from schemes.document.tables import Value, holds

Stated = Mapping[str, str]
LONGEST = 200  # characters of a text
WRONG = "parameters-wrong"
BOOLEANS = {True: "yes", False: "no"}


def fields_of(document: Document, per: str) -> tuple[Parameter, ...]:
    """Those that are stated once for the product, or once for every model."""
    return tuple(parameter for parameter in document.parameters if parameter.per == per)


def read(document: Document, per: str, given: Mapping[str, object], day: date) -> dict[str, str]:
    """Each value as it is kept, "" where nothing is stated; raise Invalid with a slug for each parameter."""
    known = {parameter.slug: parameter for parameter in fields_of(document, per)}
    found, refused = dict[str, str](), dict[str, Invalid]()
    for slug, value in given.items():
        try:
            if slug not in known:
                raise Invalid("parameter-not-of-the-rule", name=slug)
            found[slug] = _read(known[slug], value, day)
        except Invalid as error:
            refused[slug] = error
    if refused:
        wrong = Invalid(WRONG, {slug: error.slug for slug, error in refused.items()})
        wrong.details = {slug: error.detail for slug, error in refused.items()}
        raise wrong
    return found


def fitting(document: Document, per: str, texts: Stated, day: date) -> dict[str, str]:
    """What of these values another version of a rule takes as it stands."""
    found = dict[str, str]()
    for slug, text in texts.items():
        try:
            found |= read(document, per, {slug: text}, day)
        except Invalid:
            continue
    return found


def typed(document: Document, stated: Stated) -> dict[str, Value]:
    """Values as criteria compare them: numbers as numbers, everything else as its text."""
    found = dict[str, Value]()
    for slug, text in stated.items():
        parameter = document.fields.get(slug)
        if parameter and text:
            number = numbers.number(text) if parameter.kind in NUMBERS else None
            found[slug] = text if number is None else number
    return found


def people(document: Document, product: Stated) -> Decimal | None:
    """How many work at the plant, where the rule has that stated and it is."""
    slug = document.person_days.people
    found = typed(document, product).get(slug) if slug else None
    return found if isinstance(found, Decimal) else None


def units(document: Document, product: Stated, models: Iterable[Stated]) -> int:
    """Into how many units of certification the rule divides these models; at least one."""
    by = document.person_days.unit_by
    return max(1, len({tuple({**product, **model}.get(slug, "") for slug in by) for model in models}))


def is_required(document: Document, parameter: Parameter, stated: Stated) -> bool:
    """Always, never, or because of what else is stated of the same thing."""
    if parameter.required != "when":
        return bool(parameter.required == "always")  # a Literal that is spread at run time
    values, fields = typed(document, stated), document.fields
    return all(
        match.parameter in values and holds(match, values[match.parameter], fields[match.parameter].most)
        for match in parameter.when
    )


def lacking(
    document: Document, product: Stated, models: Iterable[Stated]
) -> tuple[list[str], list[list[str]]]:
    """The slugs that are required and not stated: of the product, and of each of its models.  What the
    product must state may hang on any of them."""
    each = list(models)
    whole: list[Stated] = [{**product, **model} for model in each]
    own = [
        parameter.slug
        for parameter in fields_of(document, "product")
        if not product.get(parameter.slug)
        and any(is_required(document, parameter, values) for values in (whole or [product]))
    ]
    of_model = fields_of(document, "model")
    theirs = [
        [one.slug for one in of_model if not values.get(one.slug) and is_required(document, one, values)]
        for values in whole
    ]
    return own, theirs


def _read(parameter: Parameter, value: object, day: date) -> str:
    if parameter.kind == "yes_no" and isinstance(value, bool):
        return BOOLEANS[value]
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | date):
        raise Invalid("body-member-invalid")
    if not isinstance(value, str) and parameter.kind not in NUMBERS and not isinstance(value, date):
        raise Invalid("body-member-invalid")
    return READERS[parameter.kind](parameter, value, day)


def _number(parameter: Parameter, value: object, _day: date) -> str:
    number = numbers.number(value)
    assert number is not None  # an empty text was met before
    if parameter.kind == "whole" and number != number.to_integral_value():
        raise Invalid("number-not-whole")
    _within(parameter, number)
    digits = f"{number:f}" if number else "0"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _within(parameter: Parameter, number: Decimal) -> None:
    unit, least, most, step = parameter.unit, parameter.least, parameter.most, parameter.step
    if least is not None and number < least:
        raise Invalid("parameter-too-small", least=f"{least:f}", unit=unit)
    if most is not None and number > most:
        raise Invalid("parameter-too-large", most=f"{most:f}", unit=unit)
    start = least or Decimal(0)
    if step is not None and ((Fraction(number) - Fraction(start)) / Fraction(step)).denominator != 1:
        raise Invalid("parameter-between-steps", step=f"{step:f}", start=f"{start:f}", unit=unit)


def _choice(parameter: Parameter, value: object, _day: date) -> str:
    text = str(value).strip()
    if text not in values_of(parameter):
        raise Invalid("value-not-known")
    return text


def _text(parameter: Parameter, value: object, _day: date) -> str:
    text = texts.line(value, LONGEST)
    fonts.refuse_undrawable([text])
    if parameter.pattern:
        try:
            patterned(parameter.pattern).validate_python(text)
        except ValueError as error:
            raise Invalid("parameter-of-another-pattern", example=parameter.example) from error
    return text


def _day(parameter: Parameter, value: object, day: date) -> str:
    found = days.day(value)
    assert found is not None  # an empty text was met before
    if parameter.past and found > day:
        raise Invalid("date-in-the-future")
    return found.isoformat()


READERS: dict[str, Callable[[Parameter, object, date], str]] = {
    "number": _number,
    "whole": _number,
    "choice": _choice,
    **dict.fromkeys(WORDS, _choice),
    "text": _text,
    "date": _day,
}
