"""What of the parameters and the grade of a case a certificate may state, in words of both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.readers import numbers
from schemes.document import Document, Parameter, Words
from schemes.document.identity import Grade
from schemes.document.parameters import NUMBERS
from schemes.stated import fields_of

if TYPE_CHECKING:
    from certification.application.models import Application

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


@dataclass(frozen=True)
class CertificateFacts:
    """Everything that is stated, in the order of the rule; whoever shows it asks `shown` of each.  `grade` is
    that of the decision, None where the rule has none."""

    grade: Grade | None
    product: tuple[Fact, ...]
    models: dict[str, tuple[Fact, ...]]  # by the code of the model


def certificate_facts(case: "Application") -> CertificateFacts:
    rules = case.scheme.rules
    reached = case.decision.grade if case.decision else ""
    grades = rules.identity.conclusion.grades
    return CertificateFacts(
        grade=next((grade for grade in grades if grade.slug == reached), None),
        product=_facts(rules, "product", case.parameters),
        models={model.code: _facts(rules, "model", model.parameters) for model in case.models},
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
        )
        for each in asked
    )


def in_words(parameter: Parameter, text: str) -> Words:
    """A value as people read it: a choice by its name."""
    known = {choice.slug: choice.names for choice in parameter.choices}
    if parameter.kind == "yes_no":
        known = YES_NO
    return known.get(text) or Words.model_construct(zh=text, en=text)


def stated(case: "Application") -> dict[str, Any]:  # JSON
    """The part of a statement about the grade and the parameters: what its rule shows anywhere."""
    found = certificate_facts(case)
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
    """(parameter, value, as a number) of the product and its models, where the rule shows it as a filter."""
    found, fields = certificate_facts(case), case.scheme.rules.fields
    facts = [*found.product, *(fact for facts in found.models.values() for fact in facts)]
    return tuple(
        (fact.slug, fact.text, numbers.number(fact.text) if fields[fact.slug].kind in NUMBERS else None)
        for fact in facts
        if "filter" in fact.shown
    )


def granted(case: "Application") -> tuple[str, str, str]:
    """The grade: its slug and its name in both languages; empty where there is none."""
    found = certificate_facts(case).grade
    return (found.slug, found.names.zh, found.names.en) if found else ("", "", "")
