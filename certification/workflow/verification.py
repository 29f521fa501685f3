"""What a verifier makes of each row, parameter and fact that was declared, and the opinion that follows
(ISO 14064-3: misstatements, materiality, level of assurance).  Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.machine import Actor, Facts

if TYPE_CHECKING:
    from carbon.queries import ActivityRow
    from certification.application.models import Application

OUTCOMES = ("agreed", "corrected", "unverifiable")
OPINIONS = ("unmodified", "modified", "adverse", "disclaimed")
UNRECORDED = "unrecorded"  # evaluated before what was verified was kept: what was declared counts
MISSTATED_OPINIONS = ("modified", "adverse", "disclaimed")  # where something material is misstated or open
SOUND_OPINIONS = ("unmodified", "modified")
AGAINST = ("adverse", "disclaimed")  # nothing is granted on these
# What is usual in verification, where a version of a rule says nothing and asks for no share that is proved.
MATERIALITY = Decimal("0.05")

ROW, PARAMETER, MODEL, FACT, SYSTEM = "row", "parameter", "model", "fact", "system"
OUTPUT = "fact:output"
Declared = dict[str, Any]  # JSON


def materiality(case: "Application") -> Decimal:
    """The part of the footprint, 0 to 1, from which on a misstatement counts.  A version that does not say it
    means what it leaves unproved: so it was read before versions could say it."""
    said: Decimal | None = case.scheme.misstatement
    if said is not None:
        return said
    proved: Decimal | None = case.scheme.materiality
    return MATERIALITY if proved is None or proved == 1 else 1 - proved


def subjects(case: "Application") -> dict[str, Declared]:
    """Everything that is verified, by its name in the record, and what was declared of it."""
    return dict(_subjects(case))


def _subjects(case: "Application") -> Iterator[tuple[str, Declared]]:
    inventory = case.inventory
    for row in inventory.rows:
        yield f"{ROW}:{row.key}", declared_row(row)
    if inventory.system:
        spelt = json.dumps(inventory.system, sort_keys=True, ensure_ascii=False)
        yield SYSTEM, {"digest": hashlib.sha256(spelt.encode()).hexdigest()}
    yield OUTPUT, {"amount": _text(inventory.output_amount), "unit": inventory.output_unit}
    for slug, said in _facts(case).items():
        if said:
            yield f"{FACT}:{slug}", {"value": said}
    for slug, value in sorted(case.parameters.items()):
        if value:
            yield f"{PARAMETER}:{slug}", {"value": value}
    for model in case.models:
        for slug, value in sorted(model.parameters.items()):
            if value:
                yield f"{MODEL}:{slug}:{model.code}", {"value": value}


def _facts(case: "Application") -> dict[str, str]:
    """What is said of the product besides its parameters."""
    period = (case.inventory.period_from, case.inventory.period_to)
    return {
        "period": " ～ ".join(day.isoformat() for day in period if day),
        "product": " ".join(filter(None, (case.product_name, case.series, case.trademark))),
        "models": "、".join(model.code for model in case.models),
        "factory": " ".join(case.factory.get(name, "") for name in ("name", "address")),
    }


def declared_row(row: "ActivityRow") -> Declared:
    """What a row says that counts."""
    factors = sorted(f"{factor.code}@{factor.version}" for factor in row.every_factor)
    own = {"own_value": _text(row.own_value), "own_unit": row.own_unit} if row.own_value is not None else {}
    said = {"quantity": _text(row.quantity), "unit": row.unit, **own, "stated": dict(row.stated or {})}
    return said | ({"factors": factors} if factors else {})


def unverified(case: "Application") -> list[str]:
    """What nobody has verified as it is declared now: an item of something that was changed since is none."""
    done = standing(case)
    return [name for name in subjects(case) if name not in done]


def standing(case: "Application") -> Mapping[str, Any]:  # the items, by what they are of
    """The items that say something of what is declared now."""
    now = subjects(case)
    return {item.subject: item for item in case.verified_items if item.declared == now.get(item.subject)}


def every_item_verified(case: "Application", _actor: Actor) -> str | None:
    """Nothing is agreed by default."""
    return "not-all-verified" if unverified(case) else None


def opinion_fits(case: "Application", _actor: Actor, facts: Facts) -> str | None:
    """`misstated` is the largest misstatement, of a row or of the whole, as a part of what was declared."""
    given = facts.get("opinion")
    if given not in OPINIONS:
        return None  # what is missing or is no opinion has a demand of its own
    left = any(item.outcome == "unverifiable" for item in standing(case).values())
    material = left or facts["misstated"] > materiality(case)
    fitting = MISSTATED_OPINIONS if material else SOUND_OPINIONS
    return None if given in fitting else "opinion-contradicts-misstatements"


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
