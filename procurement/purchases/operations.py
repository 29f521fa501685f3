"""The verbs of a purchase: record, one or many, write anew, and remove."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import select

from accounts.actor import Actor
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.readers import days, numbers
from procurement.bids.reading import Line, Sheet
from procurement.purchases.counting import left_out
from procurement.purchases.models import Purchase
from procurement.purchases.queries import may_record
from procurement.purchases.reading import MOST, PURCHASES
from procurement.shortlists import answers
from procurement.verdict.dated import Question

Values = Mapping[str, Any]  # columns of SAID, each of the type its form or shape gave it
SAID = ("bought_on", "unit", "reference", "category", "product", "number", "model", "maker", "spend")
NEEDED = ("bought_on", "unit", "reference", "product", "spend")
FIRST = date(2003, 1, 1)  # 政府采购法 (主席令第 68 号, 2002), art. 88: in force from that day
FEN = Decimal("0.01")
MOST_SPENT = Decimal(10) ** 12
SAME = ("reference", "product", "number", "model")
Same = tuple[str, ...]


def record(actor: Actor, many: Sequence[Values]) -> list[Purchase]:
    """Each with the verdict of the day it was bought on.  Raises NotPermitted, Invalid by the place of the
    line and its member; nothing is recorded unless all are."""
    _check_writer(actor)
    if len(many) > MOST:
        raise Invalid("list-too-long", {"items": "list-too-long"}, most=MOST)
    wrong = {
        f"items-{place}-{name}": slug
        for place, found in enumerate(faults(actor, many))
        for name, slug in found.items()
    }
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    return _made(actor, many)


def record_one(actor: Actor, values: Values) -> Purchase:
    """The same of one; Invalid by its member."""
    _check_writer(actor)
    [wrong] = faults(actor, [values])
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    return _made(actor, [values])[0]


def _made(actor: Actor, many: Sequence[Values]) -> list[Purchase]:
    made = [Purchase(organisation_id=actor.organisation_id, author=actor.label) for _values in many]
    _say(made, many)
    db.session.add_all(made)
    db.session.flush()
    for each in made:
        audit.record(actor, "purchase.record", f"purchase/{each.id}", reference=each.reference)
    return made


def bring_in(actor: Actor, sheet: Sheet) -> list[Purchase]:
    """The same of a table: what is wrong is put to its cell, and nothing is recorded unless all is right."""
    _check_writer(actor)
    many = [_values(line) for line in sheet.lines]
    if not sheet.wrong:
        for line, found in zip(sheet.lines, faults(actor, many), strict=True):
            sheet.wrong += [sheet.blame(line, name, slug, PURCHASES) for name, slug in found.items()]
    if sheet.wrong:
        raise Invalid("purchase-unreadable", count=len(sheet.wrong))
    return record(actor, many)


def write(purchase: Purchase, actor: Actor, values: Values) -> None:
    """What was recorded wrongly is written anew, and answered anew."""
    _check_writer(actor)
    [wrong] = faults(actor, [values], purchase)
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    before = {name: str(getattr(purchase, name)) for name in SAID}
    _say([purchase], [values])
    purchase.author = actor.label
    db.session.flush()
    changed = [name for name in SAID if before[name] != str(getattr(purchase, name))]
    audit.record(
        actor, "purchase.write", f"purchase/{purchase.id}", reference=purchase.reference, changed=changed
    )


def remove(purchase: Purchase, actor: Actor, reason: str) -> None:
    """What was never bought.  The audit record keeps what was said of it, and why it went."""
    _check_writer(actor)
    if not reason.strip():
        raise Invalid("purchase-reason-missing", {"reason": "purchase-reason-missing"})
    said = {name: str(getattr(purchase, name)) for name in (*SAID, "overall")}
    audit.record(actor, "purchase.remove", f"purchase/{purchase.id}", reason=reason.strip(), **said)
    db.session.delete(purchase)
    db.session.flush()


def _check_writer(actor: Actor) -> None:
    if not may_record(actor):
        raise NotPermitted("not-a-buyer")


def faults(actor: Actor, many: Sequence[Values], instead_of: Purchase | None = None) -> list[dict[str, str]]:
    """Of each what is wrong, by member."""
    there, found = _recorded(actor, instead_of), list[dict[str, str]]()
    for values in many:
        wrong = {name: f"purchase-{name}-missing" for name in NEEDED if not values[name]}
        if values["bought_on"] and values["bought_on"] > today():
            wrong["bought_on"] = "purchase-day-to-come"
        elif values["bought_on"] and values["bought_on"] < FIRST:
            wrong["bought_on"] = "purchase-day-too-early"
        if values["spend"] is not None and not _is_money(values["spend"]):
            wrong["spend"] = "purchase-spend-wrong"
        same = _same(values)
        if same in there:
            wrong.setdefault("reference", "purchase-recorded-already")
        there.add(same)
        found.append(wrong)
    return found


def _is_money(spend: Decimal) -> bool:
    return 0 < spend < MOST_SPENT and spend == spend.quantize(FEN)


def _recorded(actor: Actor, instead_of: Purchase | None) -> set[Same]:
    query = select(*(getattr(Purchase, name) for name in SAME))
    query = query.where(Purchase.organisation_id == actor.organisation_id)
    if instead_of is not None:
        query = query.where(Purchase.id != instead_of.id)
    return {tuple(row) for row in db.session.execute(query)}


def _same(values: Values) -> Same:
    return tuple(str(values[name]).strip() for name in SAME)


def _say(purchases: Sequence[Purchase], many: Sequence[Values]) -> None:
    at = now()
    asked = [_question(values) for values in many]
    for purchase, values, spelt in zip(purchases, many, answers.asked(asked)[1], strict=True):
        for name in SAID:
            setattr(purchase, name, values[name])
        answer = orjson.loads(spelt)
        purchase.answer, purchase.asked_at = spelt, at
        purchase.overall, purchase.left_out = answer["overall"], left_out(values["number"], answer)


def _question(values: Values) -> Question:
    names = ("number", "model", "maker", "category")
    return Question(on=values["bought_on"], **{name: values[name] for name in names})


def _values(line: Line) -> dict[str, object]:
    said: dict[str, object] = {slug: line.values.get(slug, "") for slug in PURCHASES.columns}
    return said | {"bought_on": days.day(said["bought_on"]), "spend": numbers.number(said["spend"])}
