"""What must hold of a policy rule, whoever brings it and by whichever door."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from accounts import uscc
from core.errors import Invalid
from core.lifecycle import MOST_LISTED
from procurement.categories import codes
from procurement.rules import TREATMENTS
from procurement.verdict.judging import MODES
from schemes import queries as schemes
from schemes.document import Words

Values = Mapping[str, Any]  # columns of PolicySaid, each of the type that its form or file gave it
COMPULSORY = "mandatory"
LAST_DAYS = "last_days"
NEEDED = {
    "category_name": "category-name-missing",
    "scheme_code": "policy-scheme-missing",
    "basis": "policy-basis-missing",
    "valid_from": "policy-from-missing",
}


def check(values: Values) -> None:
    """Raise Invalid, each fault at its member."""
    wrong = {name: slug for name, slug in NEEDED.items() if not values[name]}
    wrong |= _wrong_code(values)
    wrong |= {"treatment": "not-in-list"} if values["treatment"] not in TREATMENTS else {}
    wrong |= {"mode": "not-in-list"} if values["mode"] not in MODES else {}
    first, last = values["valid_from"], values["valid_to"]
    wrong |= {"valid_to": "policy-dates-wrong"} if first and last and last < first else {}
    wrong |= _wrong_versions(values) | _wrong_range(values)
    if values["treatment"] == COMPULSORY:
        wrong |= _compulsory(values)
    if wrong:
        slug = next(iter(wrong.values()))
        raise Invalid(slug, wrong, value=_told(values, next(iter(wrong))))
    for code in values["bodies"]:
        uscc.check(code, "bodies")


def _wrong_range(values: Values) -> dict[str, str]:
    """A parameter of the scheme, with a range or with choices; or nothing of it."""
    above, up_to, choices = (values[name] for name in ("above", "up_to", "choices"))
    ranged = above is not None or up_to is not None
    if not values["parameter"]:
        return {"parameter": "policy-parameter-missing"} if ranged or choices else {}
    wrong = (
        {}
        if values["parameter"] in parameters(values["scheme_code"])
        else {"parameter": "policy-parameter-unknown"}
    )
    if ranged == bool(choices):
        wrong["up_to"] = "policy-range-missing"
    if above is not None and up_to is not None and above >= up_to:
        wrong["up_to"] = "policy-range-wrong"
    return wrong


def parameters(scheme_code: str) -> dict[str, Words]:
    """What certificates of a scheme may state of a product, by its newest version: slug to names."""
    known = schemes.versions(scheme_code)
    if not known:
        return {}
    rules = known[0].rules
    return {each.slug: each.names for each in rules.criteria} | {
        each.slug: each.names for each in rules.parameters
    }


def _wrong_code(values: Values) -> dict[str, str]:
    """A code means nothing without its edition."""
    if values["category_edition"] not in codes.EDITIONS:
        return {"category_edition": "category-edition-missing"}
    try:
        codes.code(values["category_edition"], values["category_code"])
    except Invalid as refused:
        return {"category_code": refused.slug}
    return {}


def last_days(said: Iterable[tuple[str, date | None]]) -> dict[str, date]:
    """By version of a scheme, as pairs say it; Invalid where a day is missing or a version said twice."""
    days: dict[str, date] = {}
    entries = list(said)
    if len(entries) > MOST_LISTED:
        raise Invalid("list-too-long", {LAST_DAYS: "list-too-long"}, most=MOST_LISTED)
    for version, day in entries:
        if not version or day is None or version in days:
            raise Invalid("policy-last-use-wrong", {LAST_DAYS: "policy-last-use-wrong"})
        days[version] = day
    return days


def _wrong_versions(values: Values) -> dict[str, str]:
    """Only a former version has a last day: the newest is what the rule asks for."""
    former = {each.version for each in schemes.versions(values["scheme_code"])[1:]}
    return {} if values[LAST_DAYS].keys() <= former else {LAST_DAYS: "policy-version-not-former"}


def _compulsory(values: Values) -> dict[str, str]:
    """What must be bought must be held to something: the scheme has a limit, and the rule says which."""
    wrong = {} if values["criterion"] else {"criterion": "policy-criterion-missing"}
    return wrong if has_limit(values["scheme_code"]) else wrong | {"treatment": "policy-scheme-without-limit"}


def has_limit(scheme_code: str) -> bool:
    """Whether the newest version of a scheme limits the footprint; one that nobody knows limits nothing."""
    known = schemes.versions(scheme_code)
    return bool(known) and known[0].rules.footprint is not None


def _told(values: Values, name: str) -> str:
    given = values.get(name)
    return given if isinstance(given, str) else ""
