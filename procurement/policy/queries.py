"""What may be asked of policy: rules are public, proposals are read by those who decide on them, with what
they would change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from accounts.actor import Actor
from catalog import queries as catalog
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from procurement import rules
from procurement.models import PolicyRule
from procurement.policy.models import PolicyProposal
from procurement.verdict import queries as verdicts
from procurement.verdict.dated import Question
from procurement.verdict.judging import Verdict
from registers.queries import known as registers

COMPARED = (
    "treatment", "mode", "criterion", "scope_note", "bodies", "last_days", "basis", "valid_from",
    "valid_to", "parameter", "above", "up_to", "choices",
)  # fmt: skip
ROLES = frozenset({"list_editor", "regulator"})


def may_see(actor: Actor) -> bool:
    return bool(ROLES & actor.roles)


def in_force(on: date | None = None, page: int = 1, size: int = 50) -> Page[PolicyRule]:
    """The rules of a day, or all there ever were, by code and day."""
    query = select(PolicyRule)
    if on is not None:
        query = query.where(PolicyRule.valid_from <= on, func.coalesce(PolicyRule.valid_to, on) >= on)
    order = (PolicyRule.category_code, PolicyRule.scheme_code, PolicyRule.valid_from.desc())
    return paginate(query.order_by(*order), page, size)


def proposals(actor: Actor, page: int = 1) -> Page[PolicyProposal]:
    """Those of the actor's organisation, the newest first."""
    query = select(PolicyProposal).where(PolicyProposal.owner_id == actor.organisation_id)
    return paginate(query.order_by(PolicyProposal.id.desc()), page, 20, "proposals")


def proposal_of(actor: Actor, proposal_id: int) -> PolicyProposal:
    found = db.session.get(PolicyProposal, proposal_id)
    if found is None or not may_see(actor) or found.owner_id != actor.organisation_id:
        raise NotFound("policy-proposal-not-found")
    return found


def rule_before(like: PolicyProposal) -> PolicyRule | None:
    """The rule that it would take over from."""
    names = ("category_edition", "category_code", "scheme_code")
    same = [getattr(PolicyRule, name) == getattr(like, name) for name in names]
    query = select(PolicyRule).where(*same, PolicyRule.valid_from < like.valid_from)
    return db.session.scalar(query.order_by(PolicyRule.valid_from.desc()).limit(1))


def bodies() -> dict[str, str]:
    """Whom a rule may name: the bodies that are approved for any scheme, credit code to name."""
    found = {scope.body.uscc: scope.body.name for scope in registers.body_scopes()}
    return dict(sorted(found.items(), key=lambda each: each[1]))


def history(of: PolicyProposal) -> list[lifecycle.StepTaken]:
    return lifecycle.history("policy_proposal", of.id)


# What it would change


@dataclass(frozen=True)
class Moved:
    """One model of which the verdict of today would be another."""

    product: str
    maker: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class Preview:
    """`asked` models were asked about; of `moved` the answer changes."""

    day: date
    asked: int
    moved: Sequence[Moved]

    @property
    def ways(self) -> list[tuple[tuple[str, str], tuple[str, str], int]]:
        """From which answer to which, and how many: each answer is (overall, treatment)."""
        counted = Counter((_answer(each.before), _answer(each.after)) for each in self.moved)
        return [(before, after, count) for (before, after), count in counted.most_common()]


def preview(proposal: PolicyProposal) -> Preview:
    """What the rule would move if it were in force today: judged by the verdict itself, with its rule among
    the others in place of the one it takes over from."""
    entries = [each for each in catalog.certified() if each.scheme_code == proposal.scheme_code]
    models = [(entry, model) for entry in entries for model in entry.models]
    day, moved = today(), list[Moved]()
    for start in range(0, len(models), verdicts.MOST):
        some = models[start : start + verdicts.MOST]
        known = verdicts.known(Question(entry.number or "", model, day) for entry, model in some)
        before = verdicts.judged(known)
        after = verdicts.judged(replace(known, policies=tuple(_with(proposal, known.policies, day))))
        moved += [
            Moved(entry.name, entry.maker, one, other)
            for (entry, _model), one, other in zip(some, before, after, strict=True)
            if _answer(one) != _answer(other)
        ]
    return Preview(day, len(models), moved)


def _with(proposal: PolicyProposal, policies: Iterable[rules.Policy], day: date) -> list[rules.Policy]:
    names = rules.Policy.__dataclass_fields__
    own = rules.Policy(**{name: getattr(proposal, name) for name in names})
    others = [each for each in policies if _goods(each) != _goods(own)]
    return [*others, replace(own, valid_from=day, valid_to=None)]


def _goods(of: rules.Policy) -> tuple[str, str, str]:
    return of.category_edition, of.category_code, of.scheme_code


def _answer(of: Verdict) -> tuple[str, str]:
    return of.overall, of.treatment


def differences(proposal: PolicyProposal, former: PolicyRule | None) -> Mapping[str, tuple[object, object]]:
    """What it says otherwise than the rule it takes over from: member to (before, after)."""
    if former is None:
        return {}
    pairs = {name: (getattr(former, name), getattr(proposal, name)) for name in COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
