"""What of the parameters, the measured figures and the grade of a case a certificate may state, in words of
both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from carbon.footprint import rounded
from core.readers import numbers
from schemes.document import Criterion, Document, Parameter, Words
from schemes.document.identity import Grade
from schemes.document.parameters import NUMBERS
from schemes.judging import spelt
from schemes.stated import fields_of

if TYPE_CHECKING:
    from certification.application.models import Application

Held = Mapping[str, str]  # the figure that was compared, by criterion
READ = 4  # places of a figure that nobody says the digits of
YES_NO = {"yes": Words(zh="是", en="Yes"), "no": Words(zh="否", en="No")}


@dataclass(frozen=True)
class Fact:
    """A value that is stated: `text` as it is kept, `words` as people read it, without the unit."""

    slug: str
    names: Words
    text: str
    words: Words
    unit: str
    shown: tuple[str, ...]  # certificate, label, public, filter
    is_number: bool = False


@dataclass(frozen=True)
class CertificateFacts:
    """Everything that is stated, in the order of the rule; whoever shows it asks `shown` of each.  `grade` is
    that of the decision, None where the rule has none."""

    grade: Grade | None
    product: tuple[Fact, ...]
    models: dict[str, tuple[Fact, ...]]  # by the code of the model


def certificate_facts(case: "Application") -> CertificateFacts:
    kept = case.decision.criteria if case.decision else []
    return facts_under(
        case.scheme.rules,
        case.decision.grade if case.decision else "",
        {each["criterion"]: each["held"] for each in kept if each["held"] is not None},
        case.parameters,
        {model.code: model.parameters for model in case.models},
        _by_model(kept),
    )


def _by_model(kept: list[dict[str, Any]]) -> dict[str, dict[str, str]]:  # JSON
    """What was held of each model, where they differ."""
    found = dict[str, dict[str, str]]()
    for each in kept:
        for code, held in each.get("models", {}).items():
            found.setdefault(code, {})[each["criterion"]] = held
    return found


def facts_under(
    rules: Document,
    reached: str,
    held: Held,
    product: Mapping[str, str],
    models: Mapping[str, Mapping[str, str]],
    of_models: Mapping[str, Held] = MappingProxyType({}),
) -> CertificateFacts:
    """Of a product and its models, by code, with this grade; `of_models` is what was held of each of them."""
    grades = rules.identity.conclusion.grades
    return CertificateFacts(
        grade=next((grade for grade in grades if grade.slug == reached), None),
        product=_facts(rules, "product", product) + _held(rules, held),
        models={
            code: _facts(rules, "model", stated) + _held(rules, of_models.get(code, {}))
            for code, stated in models.items()
        },
    )


def _facts(rules: Document, per: str, stated: Mapping[str, str]) -> tuple[Fact, ...]:
    asked = [parameter for parameter in fields_of(rules, per) if stated.get(parameter.slug)]
    return tuple(
        Fact(
            slug=each.slug,
            names=each.names,
            text=stated[each.slug],
            words=in_words(each, stated[each.slug]),
            unit=each.unit,
            shown=tuple(each.shown),
            is_number=each.kind in NUMBERS,
        )
        for each in asked
    )


def _held(rules: Document, held: Held) -> tuple[Fact, ...]:
    """The figures that were held to limits, as the decision keeps them; of the product, the worst of its
    models."""
    return tuple(
        _figure(each, _stated_as(rules, each, held[each.slug]))
        for each in rules.criteria
        if each.shown and each.slug in held
    )


def _figure(criterion: Criterion, text: str) -> Fact:
    return Fact(
        slug=criterion.slug,
        names=criterion.names,
        text=text,
        words=Words.model_construct(zh=text, en=text),
        unit=criterion.unit,
        shown=tuple(criterion.shown),
        is_number=True,
    )


def _stated_as(rules: Document, criterion: Criterion, held: str) -> str:
    """In the digits of the criterion, of a footprint in those of its rule; what was measured or stated as it
    was, and what was reckoned from it in no more than anybody reads."""
    digits = rules.accounting.digits if criterion.quantity == "footprint" else None
    digits = digits if criterion.digits is None else criterion.digits
    if digits is None:
        return f"{spelt(Fraction(rounded(Fraction(held), READ))):f}" if _is_reckoned(criterion) else held
    return f"{rounded(Fraction(held), digits):f}"


def _is_reckoned(criterion: Criterion) -> bool:
    return criterion.ground != "absolute_limit" or criterion.quantity.startswith("derived:")


def in_words(parameter: Parameter, text: str) -> Words:
    """A value as people read it: a choice by its name."""
    known = {choice.slug: choice.names for choice in parameter.choices}
    if parameter.kind == "yes_no":
        known = YES_NO
    return known.get(text) or Words.model_construct(zh=text, en=text)


def stated(case: "Application") -> dict[str, Any]:  # JSON
    """What a statement says of grade, parameters and figures: what its rule shows anywhere."""
    return as_stated(certificate_facts(case))


def as_stated(found: CertificateFacts) -> dict[str, Any]:  # JSON
    grade = found.grade
    return {
        "grade": {"slug": grade.slug, "name": grade.names.zh, "name_en": grade.names.en} if grade else {},
        "product": [_said(fact) for fact in found.product if fact.shown],
        "models": [
            {"code": code, "facts": [_said(fact) for fact in facts if fact.shown]}
            for code, facts in found.models.items()
        ],
    }


def _said(fact: Fact) -> dict[str, object]:
    return {
        "slug": fact.slug,
        "name": fact.names.zh,
        "name_en": fact.names.en,
        "value": fact.text,
        "text": fact.words.zh,
        "text_en": fact.words.en,
        "unit": fact.unit,
        "shown": list(fact.shown),
    }


Found = tuple[str, str, Decimal | None]


def looked_for(case: "Application") -> tuple[Found, ...]:
    """(slug, value, as a number) of the product and its models, where the rule shows it as a filter."""
    found = certificate_facts(case)
    facts = [*found.product, *(fact for facts in found.models.values() for fact in facts)]
    looked = [
        (fact.slug, fact.text, numbers.number(fact.text) if fact.is_number else None)
        for fact in facts
        if "filter" in fact.shown
    ]
    return tuple(dict.fromkeys(looked))


def granted(case: "Application") -> tuple[str, str, str]:
    """The grade: its slug and its name in both languages; empty where there is none."""
    found = certificate_facts(case).grade
    return (found.slug, found.names.zh, found.names.en) if found else ("", "", "")
