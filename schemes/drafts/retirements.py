"""A rule is retired: proposed by who writes rules, confirmed by another; running cases go on."""

from datetime import date

from sqlalchemy import select

from accounts.notices import Message, a_day
from accounts.operations import inbox
from accounts.queries import holders
from core import audit, events
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.machine import Actor
from core.web import Page, paginate
from schemes import queries as rules
from schemes.drafts.models import Retirement, RuleDraft
from schemes.drafts.queries import ROLES
from schemes.events import RuleRetired
from schemes.models import SchemeVersion


def propose(actor: Actor, code: str, day: date | None, reason: str) -> Retirement:
    """Raises NotPermitted `role-not-held`, NotFound `scheme-not-found`, Unmet `retirement-open` or
    `rule-retired`, Invalid by member: `retirement-past`, `reason-missing`."""
    if "rule_author" not in actor.roles or not _is_owner(actor, code):
        raise NotPermitted("role-not-held", step="retire")
    newest = rules.versions(code)[:1]
    if not newest:
        raise NotFound("scheme-not-found")
    if newest[0].retired_on is not None:
        raise Unmet("rule-retired", code=code)
    wrong = {"day": "retirement-past"} if day is None or day < today() else {}
    wrong |= {} if reason.strip() else {"reason": "reason-missing"}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    if proposed(code) is not None:
        raise Unmet("retirement-open", code=code)
    assert actor.id is not None  # whoever holds the role is somebody
    assert day is not None  # said to be wrong above
    made = Retirement(code=code, day=day, reason=reason.strip(), owner_id=actor.organisation_id)
    made.author_id, made.author = actor.id, actor.label
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "rule_retirement.propose", f"rule_retirement/{made.id}", code=code)
    return made


def propose_beside(published: SchemeVersion, actor: Actor) -> list[Retirement]:
    """The province has a rule now for what a body has its own for: that of the body is proposed to be retired
    on the day the province's begins, and people of the body confirm it, or say why not.

    One that is proposed already, or retired, is left as it is.
    """
    beside = [] if published.is_of_a_body else rules.of_bodies_for_the_same(published)
    return [
        _propose_for(scheme, owner_id, published, actor)
        for scheme in beside
        if proposed(scheme.code) is None and (owner_id := rules.owner_id(scheme)) is not None
    ]


def _propose_for(scheme: SchemeVersion, owner_id: int, published: SchemeVersion, actor: Actor) -> Retirement:
    assert actor.id is not None  # whoever publishes is somebody
    day, reason = published.effective_from, f"{published.name}（{published.rule_number}）"
    made = Retirement(code=scheme.code, day=day, reason=reason, owner_id=owner_id)
    made.author_id, made.author = actor.id, actor.label
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "rule_retirement.propose", f"rule_retirement/{made.id}", code=scheme.code)
    told = Message(
        kind="rule_retirement.propose",
        group="task",
        subject=f"rule_retirement/{made.id}",
        reference=scheme.code,
        link="/rules/retirements/",
        facts={"rule": scheme.name, "beside": published.name, "day": a_day(day)},
        once=f"rule_retirement/{made.id}",
    )
    inbox.tell(holders(owner_id, tuple(ROLES)), told)
    return made


def _is_owner(actor: Actor, code: str) -> bool:
    """A rule that came through a draft is its owner's; one that was loaded is the regulator's."""
    query = select(RuleDraft.owner_id).where(RuleDraft.code == code, RuleDraft.published_id.is_not(None))
    owners = set(db.session.scalars(query))
    return actor.organisation_id in owners if owners else actor.kind == "regulator"


def confirm(retirement: Retirement, _actor: Actor, **_facts: object) -> None:
    """No version of the rule takes a new case from its day on; those that run go on."""
    known = rules.versions(retirement.code)
    fact = RuleRetired(retirement.code, known[0].name, retirement.day)
    for version in known:
        if version.retired_on is None:
            version.retired_on = retirement.day
    events.publish(fact)


def proposed(code: str) -> Retirement | None:
    return db.session.scalar(select(Retirement).where(Retirement.code == code, Retirement.is_proposed))


def confirmed(code: str) -> Retirement | None:
    """The newest that holds, for whoever reads the rule: its day and its reason."""
    query = select(Retirement).where(Retirement.code == code, Retirement.is_retired)
    return db.session.scalar(query.order_by(Retirement.id.desc()).limit(1))


def every(actor: Actor, page: int = 1, size: int = 20) -> Page[Retirement]:
    """Those of the actor's organisation, the newest first."""
    query = select(Retirement).where(Retirement.owner_id == actor.organisation_id)
    return paginate(query.order_by(Retirement.id.desc()), page, size)


def of(actor: Actor, retirement_id: int) -> Retirement:
    found = db.session.get(Retirement, retirement_id)
    if found is None or not ROLES & actor.roles or found.owner_id != actor.organisation_id:
        raise NotFound("retirement-not-found")
    return found


def retirable() -> list[SchemeVersion]:
    """The newest version of every rule that was not retired."""
    newest = {
        scheme.code: scheme for scheme in sorted(rules.every_scheme(), key=lambda each: each.effective_from)
    }
    return [scheme for scheme in newest.values() if scheme.retired_on is None]
