"""How a row of the table is written: who is told, what the sentence is filled with, how pressing it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from accounts.notices import a_day, a_name, a_word
from accounts.queries import holders as role_holders
from accounts.queries import staff_ids
from certification.workflow.checks import check_of
from core.machine import Facts, Subject
from core.words import known

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.evaluation.models import Nonconformity
    from certification.laboratory.models import Sample

APPLICANT = frozenset({"applicant"})
LABORATORY = frozenset({"sample_receiver", "tester", "authorised_signatory"})


Said = dict[str, object]  # what a sentence is filled with
Tells = Callable[[Any, Facts], Said]  # of the thing; which type that is, the key of its row says
Link = Callable[[Any], str]  # likewise


@dataclass(frozen=True)
class People:
    """`side` says whose pages the link leads to: applicant, body or laboratory."""

    side: str
    find: Callable[[Any], set[int]]  # of the thing; which type that is, the key of its row says
    roles: frozenset[str] = frozenset()
    named: bool = False  # only these persons, not everybody in the role


def holders(*roles: str) -> People:
    """Everybody who holds one of these roles, all of one party, in the thing the step was taken on."""
    side = "applicant" if APPLICANT & set(roles) else "laboratory" if LABORATORY & set(roles) else "body"
    return People(side, lambda subject: role_holders(subject.party(roles[0]), roles), frozenset(roles))


def team(*functions: str) -> People:
    """The members of the team in these functions who still work for the body."""

    def find(subject: Subject) -> set[int]:
        case = case_of(subject)
        team = case.plan.team if case.plan else ()
        named = {member.user_id for member in team if member.function in functions}
        return named & staff_ids(case.body_id)

    return People("body", find, frozenset(functions), named=True)


def person(attribute: str) -> People:
    """The one member of the body whose id stands in this attribute of the thing."""
    return People("body", lambda subject: {getattr(subject, attribute)} & staff_ids(case_of(subject).body_id))


def uninvolved(*roles: str) -> People:
    """Whoever took a step in the case does not hear the appeal, and is not told of it either."""
    office = holders(*roles)
    return People("body", lambda appeal: office.find(appeal) - appeal.involved, office.roles)


def case_of(subject: Subject) -> "Application":
    """The case a thing belongs to: itself, or what its `application` or `certificate` says."""
    found = getattr(subject, "application", None)
    if found is None and hasattr(subject, "certificate"):
        found = subject.certificate.application
    return cast("Application", found or subject)


@dataclass(frozen=True)
class Row:
    """`about` finds what the notice is about, when it is not the thing the step was taken on;
    `facts` fills the sentence (told the thing and the facts of the step); `when` may leave it out."""

    to: People
    group: str = "progress"
    asks: bool = False
    urgent: bool = False
    variant: str = ""
    about: Callable[[Any], Any] = lambda subject: subject  # from one thing to another, likewise
    facts: Tells = lambda subject, facts: {}
    when: Callable[[Any], bool] = lambda subject: True  # likewise
    link: Link | None = None


def line(at: Mapping[str, str], text: str | None) -> Said:
    return {"at": at, "text": (text or "").strip()}


def reason(_subject: Subject, facts: Facts) -> Said:
    return {"lines": [line(a_word("notice.reason"), facts.get("reason"))]}


def at(case: "Application", anchor: str) -> dict[str, str]:
    """What a point or a finding hangs on, in the reader's language."""
    kind, _, rest = anchor.partition(":")
    if kind == "file":
        named = case.scheme.rules.kinds.get(rest)
        return a_name(named.names.zh, named.names.en) if named else a_word(f"file.{rest}")
    if kind == "inventory.row":  # counted from 0
        return a_word("anchor.inventory") | {"more": str(int(rest) + 1)}
    if kind == "row":
        return a_word("anchor.inventory") | {"more": rest}
    found = None if known(f"anchor.{anchor}") else check_of(case, anchor)
    return a_name(found.names.zh, found.names.en) if found else a_word(f"anchor.{anchor}")


def points(case: "Application", _facts: object) -> Said:
    """Every point of the list, in full: whoever reads the mail need not sign in to know."""
    return {
        "count": len(case.open_points),
        "due": a_day(case.correction_due),
        "lines": [line(at(case, point.anchor), point.text) for point in case.open_points],
    }


def visit(case: "Application", _facts: object) -> Said:
    plan = case.plan
    assert plan is not None  # told after the step that makes it
    return {
        "from": a_day(plan.site_from),
        "to": a_day(plan.site_to),
        "days": f"{plan.person_days:f}",
        "laboratory": plan.laboratory.name if plan.laboratory else "",
        "lead": "、".join(member.user.name for member in plan.team if member.function == "lead_verifier"),
    }


def partly(case: "Application", _facts: object) -> Said:
    """A plan without a visit: which parts there are, and why the others are left out."""
    reason = case.plan.parts_reason if case.plan else ""
    named = [line(a_word(f"plan_part.{part}"), reason) for part in case.planned_parts]
    return {"lines": named}


def finding(case: "Application", _facts: object) -> Said:
    found = newest_finding(case)
    return {
        "finding": found.number,
        "grade": a_word(f"grade.{found.grade}"),
        "due": a_day(found.due),
        "lines": [line(at(case, found.anchor), found.fact)],
    }


def of_finding(found: "Nonconformity", facts: Facts) -> Said:
    said = facts.get("reason") or facts.get("answer")
    key = "notice.answer" if facts.get("answer") else "notice.reason"
    return {"finding": found.number, "lines": [line(a_word(key), said)]}


def of_sample(sample: "Sample", facts: Facts) -> Said:
    lines = [line(a_word("notice.reason"), facts["reason"])] if facts.get("reason") else []
    return {"sample": sample.number, "model": sample.model, "quantity": sample.quantity, "lines": lines}


def ordered(case: "Application", facts: Facts) -> Said:
    return of_sample(newest_sample(case), facts)


def newest_finding(case: "Application") -> "Nonconformity":
    return case.nonconformities[-1]


def newest_sample(case: "Application") -> "Sample":
    return case.samples[-1]


def task(to: People, **more: Any) -> Row:  # further fields of Row
    """Something is asked of these people; it is settled when the thing leaves the state it is in."""
    return Row(to, group="task", asks=True, **more)
