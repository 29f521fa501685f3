"""What of the parameters and the grade of a case a certificate may state, in words of both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemes.document import Document, Parameter, Words
from schemes.document.identity import Grade
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
            words=words_of(each, stated[each.slug]),
            unit=each.unit,
            shown=tuple(each.shown),
        )
        for each in asked
    )


def words_of(parameter: Parameter, text: str) -> Words:
    """A value as people read it: a choice by its name."""
    known = {choice.slug: choice.names for choice in parameter.choices}
    if parameter.kind == "yes_no":
        known = YES_NO
    return known.get(text) or Words.model_construct(zh=text, en=text)
