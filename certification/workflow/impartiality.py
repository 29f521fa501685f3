"""Impartiality: the one gate every assignment and every act on a case passes.  Pure.

Sources: 认证认可条例 art. 13 (no tie to the client), 14 (one body for one person), 22 (staff sign, then the
head) and 38 (registered before acting); ISO/IEC 17065 4.2, 6.1, 7.5, 7.6 and 7.13.  The gate asks who
somebody is and what that somebody did, never which roles are held: an administrator passes it like anybody
else.  ISO/IEC 17065 parts the evaluation from review and decision; that whoever plans, evaluates, reviews,
decides and countersigns are five people is the choice of this house.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, cast

from certification.workflow.competence import EVERY_PRODUCT
from core.clock import today, years_after
from core.machine import Actor, Guard, Ruled

if TYPE_CHECKING:
    from certification.application.models import Application
    from core.lifecycle import StepTaken
    from registers.models import Registration

TIES = ("employment", "consulting", "shares", "family", "other")
YEARS_AFTER_A_TIE = 2  # ISO/IEC 17065 4.2.10 and 7.13.7


@dataclass(frozen=True)
class Function:
    """What somebody does in a case, and what it asks beyond being free of ties.

    `registered`: entered in the personnel register for the scheme's family, with this body.
    `competent`: found competent by the body for one of these, for what the case certifies (17065 6.1.2).
    `apart_from`: the duties of which the person may have done none in the same case.
    `declared`: the person has declared for this case before its files were opened.
    """

    registered: bool = False
    competent: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    declared: bool = False


# By which steps of a case, or of a follow-up check, a duty is done; who evaluates stands in the plan.
DUTIES: dict[str, dict[str, tuple[str, ...]]] = {
    "planning": {"application": ("plan", "replan"), "surveillance": ("notify",)},
    "evaluation": {},
    "review": {"application": ("return", "recommend")},
    "decision": {
        "application": ("grant", "refuse", "return_to_review", "return_to_evaluation"),
        "surveillance": ("require", "pass", "fail", "decline_order"),
    },
    "countersignature": {"application": ("countersign", "return_decision", "veto")},
}
JUDGING = ("review", "decision", "countersignature")


def _but(duty: str) -> tuple[str, ...]:
    return tuple(other for other in DUTIES if other != duty)


# Whoever plans is kept off the team when it is named.
EVALUATE = Function(
    registered=True, competent=("review_documents", "verify"), apart_from=JUDGING, declared=True
)

FUNCTIONS = {
    "accept": Function(competent=("accept",)),
    "plan": Function(competent=("plan",), apart_from=JUDGING),
    "evaluate": EVALUATE,
    "review_documents": replace(EVALUATE, competent=("review_documents",)),
    "verify": replace(EVALUATE, competent=("verify",)),
    "order": Function(apart_from=JUDGING),
    "test": Function(),
    "review": Function(competent=("review",), apart_from=_but("review"), declared=True),
    "decide": Function(competent=("decide",), apart_from=_but("decision"), declared=True),
    "countersign": Function(apart_from=_but("countersignature")),
    "change_status": Function(competent=("decide",), apart_from=("evaluation",)),
    "license_label": Function(),
    "handle_appeal": Function(competent=("handle_appeal",), apart_from=("evaluation", *JUDGING)),
    "handle_complaint": Function(competent=("handle_appeal",), apart_from=("evaluation", *JUDGING)),
}

# As what each member of a team evaluates.
MEMBERS = {"document_reviewer": "review_documents", "lead_verifier": "verify", "verifier": "verify"}

# The roles whose holders declare for a case before its files are opened to them.
DECLARING = frozenset(
    {"document_reviewer", "verifier", "lead_verifier", "technical_reviewer", "decision_maker"}
)


def hindrances(subject: Ruled, person: int | None, function: str, day: date) -> list[str]:
    """The slugs of all that keeps a person from a function in a case on `day`; empty when nothing does.

    `subject` is the case, or something that belongs to one.  It is what an assignment asks; who acts has
    also declared (see `clear_to`).
    """
    return list(_hindrances(subject, person, FUNCTIONS[function], day))


def team_hindrances(subject: Ruled, team: Iterable[tuple[int, str]], day: date) -> Iterator[str]:
    """What keeps somebody of a team of (person, function) from that function on `day`."""
    for person, member in sorted(team):
        yield from hindrances(subject, person, MEMBERS[member], day)


@cache
def clear_to(function: str) -> Guard[Ruled]:
    """The guard of a step that only somebody clear of every hindrance to `function` may take today."""
    asked = FUNCTIONS[function]

    def guard(subject: Ruled, actor: Actor) -> str | None:
        found = hindrances(subject, actor.id, function, today())
        if asked.declared and not has_declared(case_of(subject), actor.id):
            found.append("impartiality-not-declared")
        return found[0] if found else None

    guard.__name__ = f"clear_to_{function}"
    guard.function = function  # type: ignore[attr-defined]  # the tests of the law ask for it
    return guard


def hands(kind: str, taken: Iterable["StepTaken"]) -> dict[str, set[int]]:
    """Who did which duty by these steps of a thing, also where what they did was taken back since."""
    found: dict[str, set[int]] = {duty: set() for duty in DUTIES}
    by_step = {step: duty for duty, kinds in DUTIES.items() for step in kinds.get(kind, ())}
    for each in taken:
        if each.step in by_step and each.actor_id is not None:
            found[by_step[each.step]].add(each.actor_id)
    return found


def has_declared(case: "Application", person: int | None) -> bool:
    return any(entry.user_id == person for entry in case.declarations)


def case_of(subject: Ruled) -> "Application":
    """The case a thing belongs to, or the case itself."""
    return cast("Application", getattr(subject, "application", subject))


def bars_until(ended_on: date) -> date:
    """The last day on which a tie that ended still keeps its owner out."""
    return years_after(ended_on + timedelta(days=1), YEARS_AFTER_A_TIE)


def _hindrances(subject: Ruled, person: int | None, asked: Function, day: date) -> Iterator[str]:
    case = case_of(subject)
    if _tied(case, person, day):
        yield "conflict-of-interest"
    if set(case.body_codes) & set(case.client_codes):
        yield "body-tied-to-client"
    done = _done(subject, person) if asked.apart_from else ()
    yield from (f"took-part-in-{duty}" for duty in asked.apart_from if duty in done)
    held = [entry for entry in case.registrations if entry.user_id == person and entry.valid_on(day)]
    if any(entry.body_id != case.body_id for entry in held):
        yield "registered-elsewhere"
    if asked.registered and not any(_serves(entry, case) for entry in held):
        yield "verifier-not-registered"
    if asked.competent and not _competent(case, person, asked.competent, day):
        yield "not-competent"


def _tied(case: "Application", person: int | None, day: date) -> bool:
    declared = any(entry.user_id == person and not entry.free for entry in case.declarations)
    return declared or any(tie.user_id == person and tie.bars_on(day) for tie in case.conflicts)


def _serves(registration: "Registration", case: "Application") -> bool:
    return registration.body_id == case.body_id and registration.family == case.scheme.family


def _competent(case: "Application", person: int | None, functions: tuple[str, ...], day: date) -> bool:
    return any(
        entry.user_id == person
        and entry.function in functions
        and entry.family == case.scheme.family
        and entry.category in (EVERY_PRODUCT, case.scheme.category)
        and entry.valid_on(day)
        for entry in case.competences
    )


def _done(subject: Ruled, person: int | None) -> set[str]:
    """Of which duties somebody did a part: in the thing itself, in its certificate, in its case."""
    case = case_of(subject)
    things = [case, getattr(subject, "certificate", None), None if subject is case else subject]
    done = [getattr(thing, "hands", None) or {} for thing in things]
    return {duty for each in done for duty, people in each.items() if person in people}
