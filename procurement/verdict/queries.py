"""The facts a verdict rests on, read for many questions at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from catalog.search.text import squash
from certification.certificate.queries import certificates
from certification.certificate.queries.lives import Life, former, lives
from certification.conversion import queries as conversion
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound
from procurement import queries, rules
from procurement.assignments import queries as assignments
from procurement.assignments.deciding import Code
from procurement.models import Edition, EditionLine, Omission
from procurement.objections import queries as objections
from procurement.suspensions import queries as suspensions
from procurement.verdict.dated import Act, Held, Listing, Meant, Question, Suspended, Version
from procurement.verdict.judging import Verdict, verdict
from procurement.verdict.nearest import meant
from registers.queries import known as registers

MOST = 5000  # questions at once
Key = tuple[str, str]


def data_version() -> int:
    """Which entry of the audit record was the last when the facts were read; 0 while there is none."""
    newest = audit.newest()
    return newest.id if newest else 0


@dataclass(frozen=True)
class Known:
    """What the answers to some questions rest on, as it was known when it was read.

    The questions have their numbers as they are kept; `listings` stand in the same order, and so does what
    may have been `meant`; `confirmed` says to which 品目 a product belongs.  The first checks kept nothing of
    these two, nor of `suspended` makers.
    """

    today: date
    questions: tuple[Question, ...]
    held: dict[str, Held]
    policies: tuple[rules.Policy, ...]
    listings: tuple[Listing, ...]
    meant: tuple[Meant, ...] = ()
    suspended: tuple[Suspended, ...] = ()
    confirmed: Mapping[str, Code] = field(default_factory=dict)


def verdicts(asked: Iterable[Question]) -> list[Verdict]:
    """One for each question, in their order; Invalid where there are more than MOST."""
    return judged(known(asked))


def known(asked: Iterable[Question]) -> Known:
    """The facts of today, and of every day before."""
    asked = list(asked)
    if len(asked) > MOST:
        raise Invalid("list-too-long", {"items": "list-too-long"}, most=MOST)
    kept = {number: _number(number) for number in {each.number for each in asked}}
    questions = [
        each if each.number == kept[each.number] else replace(each, number=kept[each.number])
        for each in asked
    ]
    held = _held({each.number for each in questions})
    listings, likely = _listings(questions, held), meant(questions, held)
    policies = tuple(queries.policies())
    return Known(
        today(),
        tuple(questions),
        held,
        policies,
        tuple(listings[each] for each in questions),
        tuple(likely.get(each, Meant()) for each in questions),
        suspensions.known({each.on for each in questions}),
        _confirmed(questions, held, policies),
    )


def judged(facts: Known) -> list[Verdict]:
    """Asks nothing but the facts: whoever keeps them is answered the same at any time."""
    in_force: dict[date, list[rules.Policy]] = {}
    for day in {each.on for each in facts.questions}:
        in_force[day] = [rule for rule in facts.policies if rule.in_force_on(day)]
    likely = facts.meant or [Meant()] * len(facts.questions)
    return [
        verdict(
            each,
            facts.held.get(each.number),
            in_force[each.on],
            listing,
            facts.today,
            other,
            facts.suspended,
            facts.confirmed,
        )
        for each, listing, other in zip(facts.questions, facts.listings, likely, strict=True)
    ]


def _number(typed: str) -> str:
    """As it is kept, however it was typed; one that was miscopied is nobody's, and stays as it is."""
    try:
        return certificates.read_number(typed.strip())
    except NotFound:
        return typed


def _confirmed(
    questions: Iterable[Question], held: Mapping[str, Held], policies: Iterable[rules.Policy]
) -> dict[str, Code]:
    """Of products whose scheme does not say by itself to which 品目 they belong: few schemes do not."""
    days, every = {each.on for each in questions}, list(policies)
    open_ = {
        scheme
        for day in days
        for scheme in assignments.open_schemes(rule for rule in every if rule.in_force_on(day))
    }
    of_open = [each for each in questions if (found := held.get(each.number)) and found.scheme_code in open_]
    return assignments.confirmed(number for each in of_open for number in _chain(each, held))


# Certificates


def _held(numbers: set[str]) -> dict[str, Held]:
    found, spans, until = lives(numbers), _spans(), conversion.accepted_until()
    before = former(found)
    return {
        number: _certificate(found[number], found, before, spans, until) for number in numbers & found.keys()
    }


def _certificate(
    life: Life,
    every: Mapping[str, Life],
    before: Mapping[str, list[str]],
    spans: Mapping[Key, list[tuple[date, date]]],
    until: Mapping[Key, date],
) -> Held:
    following = every.get(life.successor)
    return Held(
        number=life.number,
        scheme_code=life.scheme_code,
        body=life.body,
        body_uscc=life.body_uscc,
        issued_on=life.issued_on,
        begins_on=life.begins_on,
        valid_to=life.valid_to,
        acts=tuple(Act(act.kind, act.on, act.until, act.cause, act.reason) for act in life.acts),
        versions=tuple(
            Version(**vars(each), accepted_until=until.get((life.scheme_code, each.rule_version)))
            for each in life.versions
        ),
        entitled=tuple(spans.get((life.body_uscc, life.scheme_code), ())),
        as_signed=life.as_signed,
        demo=life.demo,
        follows=tuple(before[life.number]),
        successor=_certificate(following, every, before, spans, until) if following else None,
    )


def _spans() -> dict[Key, list[tuple[date, date]]]:
    """By credit code of the body and scheme: first and last days of its approvals."""
    found = defaultdict(list)
    for scope in registers.body_scopes():
        found[scope.body.uscc, scope.scheme_code].append((scope.valid_from, scope.valid_to))
    return found


# The list


def _listings(questions: Sequence[Question], held: Mapping[str, Held]) -> dict[Question, Listing]:
    """Where each stands in the edition that was in force on its day, and in the one that is in notice."""
    notice = db.session.scalar(
        select(Edition).where(Edition.is_in_notice).order_by(Edition.id.desc()).limit(1)
    )
    by_day: dict[date, list[Question]] = defaultdict(list)
    for each in questions:
        by_day[each.on].append(each)
    found: dict[Question, Listing] = {}
    for day, asked in by_day.items():
        current = queries.latest_published(day)
        numbers = {number for each in asked for number in _chain(each, held)}
        printed, announced = (_printed(edition, numbers) for edition in (current, notice))
        left_out = _left_out(current, numbers)
        struck = _struck(current, printed, day)
        for each in asked:
            keys = {(number, squash(each.model)) for number in _chain(each, held)}
            gone = next((struck[key] for key in keys if key in struck), None)
            found[each] = Listing(
                edition=current.number if current else "",
                cutoff=current.cutoff if current else None,
                printed=not keys.isdisjoint(printed - struck.keys()),
                struck_on=gone.on if gone else None,
                struck_for=gone.reason if gone else "",
                omission=left_out.get(each.number, ""),
                announced=notice.number if notice and not keys.isdisjoint(announced) else "",
            )
    return found


def _chain(asked: Question, held: Mapping[str, Held]) -> list[str]:
    """The numbers of certificates that answer for one product: those it follows, itself, those after it."""
    certificate = held.get(asked.number)
    found = list(certificate.follows) if certificate else []
    while certificate:
        found.append(certificate.number)
        certificate = certificate.successor
    return found


def _printed(edition: Edition | None, numbers: set[str]) -> set[Key]:
    """(number, squashed model) of the lines an edition has for these certificates."""
    if edition is None:
        return set()
    columns = (EditionLine.number, EditionLine.squashed)
    query = select(*columns).where(EditionLine.edition_id == edition.id, EditionLine.number.in_(numbers))
    return {(number, squashed) for number, squashed in db.session.execute(query)}


def _struck(edition: Edition | None, printed: set[Key], day: date) -> dict[Key, objections.Struck]:
    """What corrections had struck by that day, of what is printed."""
    found = [each for each in objections.struck(edition.id) if each.on <= day] if edition else []
    return {
        (number, model): each
        for each in found
        for number, model in printed
        if each.number == number and squash(each.model) in ("", model)
    }


def _left_out(edition: Edition | None, numbers: set[str]) -> dict[str, str]:
    if edition is None:
        return {}
    query = select(Omission.number, Omission.reason).where(
        Omission.edition_id == edition.id, Omission.number.in_(numbers)
    )
    return dict(db.session.execute(query).all())
