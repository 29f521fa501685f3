"""What bodies charge, as anybody may read it; what one case costs, for its parties."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.fees.models import FeeEntry, FeeRule, Quote
from certification.fees.operations import rule_on
from certification.fees.reckoning import Reckoned, Size, reckon, size_of
from core.clock import today
from core.db import db
from core.errors import NotFound
from registers.models import BodyScope
from schemes.models import SchemeVersion


@dataclass(frozen=True)
class Account:
    """One case's money: the quote if there is one, what was taken off, invoiced, and shown as paid."""

    quote: Quote | None
    entries: list[FeeEntry]
    expected: Reckoned | None = None  # of a draft, by what is typed and today's rule

    def sum_of(self, kind: str) -> Decimal:
        return sum((entry.amount for entry in self.entries if entry.kind == kind), Decimal(0))

    @property
    def due(self) -> Decimal | None:
        """What is to be paid after reductions; none without a quote."""
        return None if self.quote is None else self.quote.total - self.sum_of("reduction")


def published() -> list[tuple[FeeRule, SchemeVersion | None, bool]]:
    """Every published version with its scheme, the newest first, and whether it is in force today."""
    rules = list(db.session.scalars(select(FeeRule).order_by(FeeRule.body_id, FeeRule.scheme_code)))
    schemes = {scheme.code: scheme for scheme in db.session.scalars(select(SchemeVersion))}
    newest: dict[tuple[int, str], FeeRule] = {}
    for rule in sorted(rules, key=lambda rule: (rule.effective_from, rule.version)):
        if rule.effective_from <= today():
            newest[rule.body_id, rule.scheme_code] = rule
    order = sorted(rules, key=lambda rule: (rule.body_id, rule.scheme_code, -rule.version))
    return [
        (rule, schemes.get(rule.scheme_code), newest.get((rule.body_id, rule.scheme_code)) is rule)
        for rule in order
    ]


def account(actor: Actor, application_id: int) -> Account:
    """The money of a case the actor may see."""
    case = application(actor, application_id)
    return account_of(case)


def account_of(case: Application) -> Account:
    quote = db.session.scalar(select(Quote).where(Quote.application_id == case.id))
    entries = select(FeeEntry).where(FeeEntry.application_id == case.id).order_by(FeeEntry.id)
    return Account(quote, list(db.session.scalars(entries)), expected(case))


def expected(case: Application) -> Reckoned | None:
    """What a draft would be quoted if it were handed in today as it stands."""
    rule = rule_on(case.body_id, case.scheme.code, today()) if case.is_draft else None
    return reckon(rule, case.scheme, size_of(case)) if rule else None


def fees_by_body(scheme: SchemeVersion, case: Application | None = None) -> dict[int, Reckoned]:
    """What each body that publishes its fees would quote today for this case, or for one model at a plant of
    whatever size; by the body's id."""
    size = size_of(case) if case else Size()
    query = select(FeeRule).where(FeeRule.scheme_code == scheme.code, FeeRule.effective_from <= today())
    newest = {
        rule.body_id: rule
        for rule in db.session.scalars(query.order_by(FeeRule.effective_from, FeeRule.version))
    }
    return {body_id: reckon(rule, scheme, size) for body_id, rule in newest.items()}


def entry(actor: Actor, entry_id: int) -> FeeEntry:
    found = db.session.get(FeeEntry, entry_id)
    if found is None:
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found


def schemes_of(actor: Actor) -> list[tuple[str, str]]:
    """The schemes the actor's body is approved for, as choices."""
    codes = select(BodyScope.scheme_code).where(BodyScope.body_id == actor.organisation_id)
    found = db.session.scalars(select(SchemeVersion).where(SchemeVersion.code.in_(codes)))
    return sorted({(scheme.code, scheme.name) for scheme in found})
