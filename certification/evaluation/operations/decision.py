"""Review, decision, countersignature: other hands than those that evaluated."""

from collections.abc import Sequence

from certification.application.models import Application
from certification.evaluation.models import Decision, Review
from certification.evaluation.operations.site import Item, answered
from certification.workflow import APPLICATION
from certification.workflow.criteria import kept
from core.clock import now, today
from core.db import db
from core.machine import Actor


def recommend(
    application: Application,
    actor: Actor,
    *,
    recommendation: str,
    text: str,
    items: Sequence[Item] = (),
    **_facts: object,
) -> None:
    _retire_review(application)
    review = Review(
        application_id=application.id,
        recommendation=recommendation,
        text=text.strip(),
        items=answered(application, items),
        reviewer=actor.label,
    )
    db.session.add(review)
    db.session.flush()
    db.session.expire(application, ["review"])


def send_back(application: Application, _actor: Actor, **_facts: object) -> None:
    """Whoever evaluates or reviews anew recommends anew."""
    _retire_review(application)


def return_decision(application: Application, _actor: Actor, **_facts: object) -> None:
    """The review stands; the decision is made anew."""
    _retire_decision(application)


def veto(application: Application, actor: Actor, *, reason: str, **_facts: object) -> None:
    """The head's refusal takes the place of the decision that was to be countersigned."""
    _retire_decision(application)
    _decide(application, actor, "refuse", reason)


def grant(application: Application, actor: Actor, *, reason: str = "", **_facts: object) -> None:
    _decide(application, actor, "grant", reason)


def refuse(application: Application, actor: Actor, *, reason: str, **_facts: object) -> None:
    _decide(application, actor, "refuse", reason)


def countersign(application: Application, actor: Actor, **_facts: object) -> None:
    decision = application.decision
    assert decision is not None  # the law lets a decision be countersigned
    decision.countersigned_by, decision.countersigned_at = actor.label, now()


def _decide(application: Application, actor: Actor, kind: str, reason: str) -> None:
    """Keep the value, the limit and the way they were compared, as they stood when signed.  The value is
    rounded by the scheme, once; the exact one stands beside it."""
    footprint, scheme, limit = application.footprint, application.scheme, application.footprint_limit
    verdict = application.verdict
    assert footprint is not None  # kept when the case was handed in
    application.decision = Decision(
        kind=kind,
        basis="quantified" if limit is None else "absolute_limit",
        value=application.stated_carbon,
        exact=footprint.total,
        unit=footprint.unit,
        limit=limit,
        comparison=scheme.comparison,
        grade=verdict.grade if kind == "grant" else "",
        criteria=kept(verdict),
        reasons=reason.strip(),
        decided_by_id=actor.id,
        decided_by=actor.label,
        decided_on=today(),
    )
    db.session.flush()


def _retire_decision(application: Application) -> None:
    if application.decision is not None:
        application.decision.superseded = True
        db.session.flush()
        db.session.expire(application, ["decision"])


def _retire_review(application: Application) -> None:
    if application.review is not None:
        application.review.superseded = True
        db.session.flush()
        db.session.expire(application, ["review"])


EFFECTS = {
    (APPLICATION, "recommend"): recommend,
    (APPLICATION, "return"): send_back,
    (APPLICATION, "grant"): grant,
    (APPLICATION, "refuse"): refuse,
    (APPLICATION, "return_to_review"): send_back,
    (APPLICATION, "return_to_evaluation"): send_back,
    (APPLICATION, "countersign"): countersign,
    (APPLICATION, "return_decision"): return_decision,
    (APPLICATION, "veto"): veto,
}
