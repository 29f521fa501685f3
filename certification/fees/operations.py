"""Publishing what certification costs, quoting a case, and keeping invoices and proofs of payment."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from certification.application.models import Application
from certification.fees.models import FeeEntry, FeeRule, Quote
from certification.fees.reckoning import reckon, size_of
from core import audit, files
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.machine import Actor
from schemes import queries as rules

PRICES = ("application_fee", "person_day", "test_item", "model", "certificate_fee")
PUBLISHERS = frozenset({"head_of_body", "organisation_admin"})
ENTERED_BY = {"reduction": "case_officer", "invoice": "case_officer", "payment": "applicant"}
ONCE = ("application_fee", "certificate_fee")  # of PRICES, those of the case as a whole
LARGEST = Decimal("1e8")


def publish_fees(
    actor: Actor, scheme_code: str, effective_from: date, source: str, **prices: Decimal | None
) -> FeeRule:
    """A new version of the body's fees for a scheme (认证认可条例 art. 20); former ones stay as they were."""
    if actor.kind != "certification_body" or not PUBLISHERS & actor.roles:
        raise NotPermitted("role-not-held", step="publish_fees")
    wrong = {name: "amount-wrong" for name in PRICES if not _amount(prices.get(name))}
    if wrong:
        raise Invalid("amount-wrong", wrong)
    _refuse_above_rule(scheme_code, prices)
    if effective_from < today():
        raise Invalid("fees-not-backdated", {"effective_from": "fees-not-backdated"})
    rule = FeeRule(
        body_id=actor.organisation_id,
        scheme_code=scheme_code,
        version=_next_version(actor.organisation_id, scheme_code),
        effective_from=effective_from,
        source=source.strip(),
        published_by=actor.label,
        **{name: prices[name] for name in PRICES},
    )
    db.session.add(rule)
    db.session.flush()
    audit.record(actor, "fees.publish", f"fee_rule/{rule.id}", scheme=scheme_code, version=rule.version)
    return rule


def _refuse_above_rule(scheme_code: str, prices: Mapping[str, Decimal | None]) -> None:
    """A rule may say how much a line costs at most; what is paid once a case is one line there."""
    for line in rules.current(scheme_code).rules.fees:
        names = ONCE if line.per == "case" else (line.per,)
        asked = sum((prices[name] or Decimal(0) for name in names if name in PRICES), Decimal(0))
        if line.most is not None and asked > line.most:
            raise Invalid("fee-above-rule", dict.fromkeys(names, "fee-above-rule"), most=f"{line.most:f}")


def rule_on(body_id: int, scheme_code: str, day: date) -> FeeRule | None:
    """The version in force on a day."""
    query = select(FeeRule).where(FeeRule.body_id == body_id, FeeRule.scheme_code == scheme_code)
    query = query.where(FeeRule.effective_from <= day)
    return db.session.scalar(query.order_by(FeeRule.effective_from.desc(), FeeRule.version.desc()).limit(1))


def follow(application: Application, *_taken: object) -> None:
    """A case is quoted when it is handed in, by the rules of that day; a correction may change the sum."""
    rule = rule_on(application.body_id, application.scheme.code, today())
    if rule is None:
        return
    reckoned = reckon(rule, application.scheme, size_of(application))
    quote = db.session.scalar(select(Quote).where(Quote.application_id == application.id))
    if quote is None:
        quote = Quote(application_id=application.id)
        db.session.add(quote)
    quote.rule, quote.lines, quote.total = rule, reckoned.lines, reckoned.total


def enter_fee(
    application: Application,
    actor: Actor,
    kind: str,
    amount: Decimal | None,
    *,
    on: date | None = None,
    number: str = "",
    note: str = "",
    upload: FileStorage | None = None,
) -> FeeEntry:
    """A reduction or an invoice by the body, a proof of payment by the client."""
    _refuse_entry(application, actor, kind, amount, note, upload)
    stored = files.store(upload.stream, upload.filename or "") if upload else None
    entry = FeeEntry(
        application_id=application.id,
        kind=kind,
        amount=amount,
        on=on or today(),
        number=number.strip(),
        note=note.strip(),
        file=stored.digest if stored else None,
        file_name=stored.name if stored else "",
        entered_by=actor.label,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record(actor, f"fees.{kind}", f"application/{application.id}", amount=amount, number=entry.number)
    return entry


def _refuse_entry(
    application: Application,
    actor: Actor,
    kind: str,
    amount: Decimal | None,
    note: str,
    upload: FileStorage | None,
) -> None:
    role = ENTERED_BY.get(kind)
    if role is None or role not in actor.roles or application.party(role) != actor.organisation_id:
        raise NotPermitted("role-not-held", step=kind)
    if application.is_draft:
        raise OutOfOrder("step-out-of-order", step=kind, state=application.state)
    if not _amount(amount) or amount == 0:
        raise Invalid("amount-wrong", {"amount": "amount-wrong"})
    if kind == "reduction" and not note.strip():
        raise Invalid("ground-missing", {"note": "ground-missing"})
    if kind == "payment" and upload is None:
        raise Invalid("proof-missing", {"upload": "proof-missing"})


def _amount(value: Decimal | None) -> bool:
    """Yuan and fen, nothing below zero."""
    if value is None or not 0 <= value <= LARGEST:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -2


def _next_version(body_id: int | None, scheme_code: str) -> int:
    query = select(func.max(FeeRule.version)).where(
        FeeRule.body_id == body_id, FeeRule.scheme_code == scheme_code
    )
    return (db.session.scalar(query) or 0) + 1
