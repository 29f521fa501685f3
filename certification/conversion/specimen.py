"""How a draft of a rule looks to those who will live with it: certificate and label of a fictive product.

Nothing of it is kept, numbered or signed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from certification.certificate import facts, statement
from certification.certificate.operations.issue import CONCLUSION
from certification.certificate.statement import Said
from certification.label import artwork
from certification.workflow.certificate import validity
from core.clock import today
from core.errors import Invalid
from schemes import stated
from schemes.document import Criterion, Document, Parameter, read
from schemes.document.parameters import NUMBERS, values_of
from schemes.drafts.classes import Held, held
from schemes.judging import UNKNOWN, UPPER, Judged, limits_of, row_of

# No certificate bears a number without year and serial, and no code has the letter I.
NUMBER, CODE, MODEL = "SPECIMEN", "SPECIMEN0000", "SPECIMEN-1"
MOST_LOOKS = 20  # at a draft, each without what was found wrong before
BETTER = Decimal("0.9")  # of the strictest limit, for a figure that nobody measured
WITHOUT_LIMIT = Decimal(100)
Stated = Mapping[str, str]


@dataclass(frozen=True)
class Specimen:
    """`limits` are those of the class that the fictive product belongs to; `label` is a drawing as SVG."""

    said: Said
    limits: tuple[Held, ...]
    label: str


def readable(draft: Mapping[str, Any]) -> tuple[Document | None, int]:  # JSON
    """A draft without the things of its lists in which something is wrong, and how many these were; None
    while what every rule must say is wanting."""
    document: Any = dict(draft)  # JSON
    left_out = 0
    for _look in range(MOST_LOOKS):
        try:
            return read(document), left_out
        except Invalid as refused:
            document, dropped = _without(document, [each.split("/")[1:] for each in refused.fields])
            if not dropped:
                break
            left_out += dropped
    return None, left_out


def _without(part: Any, places: Collection[Sequence[str]]) -> tuple[Any, int]:  # JSON
    """Without the things of its lists at these places, and how many these were."""
    if isinstance(part, list):
        wrong = {place[0] for place in places if place}
        kept = [thing for number, thing in enumerate(part) if str(number) not in wrong]
        return kept, len(part) - len(kept)
    if not isinstance(part, dict):
        return part, 0
    inner = {
        name: _without(said, [place[1:] for place in places if place[:1] == [name]])
        for name, said in part.items()
    }
    return {name: said for name, (said, _dropped) in inner.items()}, sum(
        count for _said, count in inner.values()
    )


def sample(parameter: Parameter) -> str:
    """A value that the parameter takes, "" where none can be told."""
    if values := values_of(parameter):
        return values[0]
    if parameter.kind in NUMBERS:
        ends = [end for end in (parameter.least, parameter.most) if end is not None]
        return f"{(ends or [Decimal(1)])[0]:f}"
    if parameter.kind == "date":
        return today().isoformat()
    return parameter.example or ("" if parameter.pattern else "样张")


def samples(rules: Document, per: str) -> dict[str, str]:
    return {parameter.slug: sample(parameter) for parameter in stated.fields_of(rules, per)}


def made(rules: Document, product: Stated, model: Stated) -> Specimen:
    """Of a product that reaches the best grade; what is stated was read before."""
    values = stated.typed(rules, {**product, **model})
    limits = {each.slug: limits_of(rules, each, values) for each in rules.criteria}
    said = _statement(rules, product, model, limits)
    rows = [
        Judged(each, UNKNOWN, row_of(rules, each, values), None, limits[each.slug]) for each in rules.criteria
    ]
    return Specimen(said, tuple(held(rules, row) for row in rows), artwork.draw("full", said))


Limits = Mapping[str, Mapping[str, Decimal | None]]  # by criterion, then by grade


def _figure(criterion: Criterion, limits: Mapping[str, Decimal | None]) -> Decimal:
    """A little better than the strictest limit."""
    known = [limit for limit in limits.values() if limit is not None]
    if not known:
        return WITHOUT_LIMIT
    upper = criterion.comparator in UPPER
    return min(known) * BETTER if upper else max(known) / BETTER


def _statement(rules: Document, product: Stated, model: Stated, limits: Limits) -> Said:
    about, day = rules.identity, today()
    begins_on, valid_to = validity(day, about.validity.years, None)
    grades = about.conclusion.grades
    held = {each.slug: f"{_figure(each, limits[each.slug]).normalize():f}" for each in rules.criteria}
    found = facts.facts_under(rules, grades[0].slug if grades else "", held, product, {MODEL: model})
    maker = {"name": "样张制造有限公司（虚构）", "uscc": "", "address": "虚构地址 1 号"}
    return statement.compose(
        footprint=_footprint(rules, limits),
        number=NUMBER,
        check=statement.check_character(NUMBER),
        code=CODE,
        family=about.family,
        demo=True,
        client=maker,
        manufacturer=maker,
        factory=maker,
        product=_product(rules),
        basis={
            "rule": about.names.zh,
            "rule_en": about.names.en,
            "number": about.rule.number,
            "version": about.version,
            "source": about.rule.source,
            "demo": about.demo,
        },
        mode={"name": about.mode.zh, "name_en": about.mode.en},
        conclusion=CONCLUSION[about.family],
        issued_on=day,
        begins_on=begins_on,
        valid_to=valid_to,
        edition={"number": 1, "replaces": ""},
        body={"name": "样张认证机构（虚构）", "name_en": "Specimen body"},
        decision=_decision(rules, limits, day),
        evaluation={"reports": [], "site_from": None, "site_to": None},
        query={"address": "", "short": NUMBER, "telephone": ""},
        stated=facts.as_stated(found),
    )


def _product(rules: Document) -> dict[str, object]:
    about = rules.identity
    return {
        "name": f"{about.category_names.zh}（虚构产品）",
        "name_en": "",
        "trademark": "",
        "series": "",
        "category": about.category,
        "category_name": about.category_names.zh,
        "category_name_en": about.category_names.en,
        "models": [{"code": MODEL, "specification": ""}],
    }


def _value(rules: Document, limits: Limits) -> Decimal:
    asked = rules.footprint
    limited = asked is not None and asked.ground == "absolute_limit"
    value = _figure(asked, limits[asked.slug]) if asked and limited else WITHOUT_LIMIT
    return round(value, rules.accounting.digits)


def _decision(rules: Document, limits: Limits, day: date) -> dict[str, object]:
    asked = rules.footprint
    shown = [limit for limit in limits[asked.slug].values() if limit is not None] if asked else []
    return {
        "basis": "",
        "value": _value(rules, limits),
        "exact": _value(rules, limits),
        "unit": rules.identity.carbon_unit,
        "limit": shown[-1] if shown else None,
        "limit_source": asked.source.text if asked and shown else "",
        "limit_demo": bool(asked and shown and asked.source.demo),
        "comparison": asked.comparison if asked and shown else "",
        "decided_by": "样张",
        "decided_on": day,
        "countersigned_by": "样张",
        "countersigned_on": day,
    }


def _footprint(rules: Document, limits: Limits) -> dict[str, object]:
    """All of it in one source of the first stage: nobody reckoned it."""
    about, total = rules.identity, _value(rules, limits)
    return {
        "total": total,
        "unit": about.carbon_unit,
        "interval": {},
        "stages": {"manufacturing": total},
        "apart": {},
        "thereof": {},
        "boundary": about.boundary,
        "declared_unit": f"{about.declared.amount.normalize():f} {about.declared.unit}",
        "output": "",
        "period_from": "",
        "period_to": "",
        "gwp": "",
        "gases": {},
        "rows": [{"stage": "manufacturing", "name": "样张", "emission": total}],
        "footprint_digest": "",
    }
