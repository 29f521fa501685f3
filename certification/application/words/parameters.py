"""Parameters and what is stated of them, as people read them."""

from collections.abc import Iterator, Mapping

from core.i18n import _
from core.words import unit_text
from schemes.called import called
from schemes.document import Document, Parameter
from schemes.drafts.classes import class_of
from schemes.stated import fields_of


def named(parameter: Parameter) -> str:
    """With its unit, where it has one."""
    name, unit = called(parameter.names), unit_text(parameter.unit)
    return _("%(name)s（%(unit)s）", name=name, unit=unit) if unit else name


def spoken(parameter: Parameter, text: str) -> str:
    """A value: a choice by its name."""
    known = {choice.slug: called(choice.names) for choice in parameter.choices}
    if parameter.kind == "yes_no":
        known = {"yes": _("是"), "no": _("否")}
    return known.get(text, text)


def told(rules: Document, per: str, stated: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is stated, each with what it is called, in the order of the rule."""
    asked = [parameter for parameter in fields_of(rules, per) if stated.get(parameter.slug)]
    return [(named(each), spoken(each, stated[each.slug])) for each in asked]


def hint(rules: Document, parameter: Parameter) -> str:
    """What helps to fill it in: what the rule says, what it may be, and when it is required."""
    return "".join(_hints(rules, parameter))


def _hints(rules: Document, parameter: Parameter) -> Iterator[str]:
    if parameter.help:
        yield called(parameter.help)
    least, most, step = parameter.least, parameter.most, parameter.step
    if least is not None and most is not None:
        yield _("%(least)s 到 %(most)s。", least=f"{least:f}", most=f"{most:f}")
    elif least is not None:
        yield _("不小于 %(least)s。", least=f"{least:f}")
    elif most is not None:
        yield _("不大于 %(most)s。", most=f"{most:f}")
    if step is not None:
        yield _("每档 %(step)s。", step=f"{step:f}")
    if parameter.example:
        yield _("例如 %(example)s。", example=parameter.example)
    if parameter.required == "when":
        yield _("%(when)s时必填。", when=class_of(rules, parameter))


def condition(rules: Document, slug: str) -> list[dict[str, object]]:
    """When a parameter is required, for the script of its page; empty where that does not depend."""
    asked = rules.fields[slug].when
    return [
        {
            "slug": match.parameter,
            "words": list(match.one_of),
            "least": None if match.least is None else f"{match.least:f}",
            "below": None if match.below is None else f"{match.below:f}",
        }
        for match in asked
    ]
