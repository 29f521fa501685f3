"""Which certificates a new version of a rule concerns, what each lacks, and which case converts it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.certificate.models import Certificate
from certification.certificate.queries.certificates import not_ended
from certification.conversion.models import ConversionNotice, DryRun, RuleChange
from certification.evaluation.models import Decision
from certification.workflow import amendment as amending
from certification.workflow import conversion as law
from certification.workflow import criteria
from certification.workflow.conversion import Lacks
from certification.workflow.purpose import PARTS
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted
from core.web import Page, paginate
from schemes import judging
from schemes import queries as rules
from schemes.document import Document, differences, plain, read
from schemes.drafts import queries as drafts
from schemes.drafts import telling
from schemes.drafts.models import RuleDraft
from schemes.models import SchemeVersion

CASES = 100  # of those decided last
KINDS = ("case", "certificate")
LACKED = ("tests", "documents", "parameters")  # of Lacks, what is to be handed in


def may_see(actor: Actor) -> bool:
    return actor.kind == "certification_body" or "regulator" in actor.roles


def change_of(actor: Actor, change_id: int) -> RuleChange:
    found = db.session.get(RuleChange, change_id)
    if found is None or not may_see(actor):
        raise NotFound("rule-change-not-found")
    return found


def changes(page: int = 1, size: int = 20) -> Page[RuleChange]:
    return paginate(select(RuleChange).order_by(RuleChange.id.desc()), page, size)


def running() -> list[RuleChange]:
    """Those whose time to convert is not over."""
    query = select(RuleChange).where(RuleChange.convert_by >= today()).order_by(RuleChange.id)
    return list(db.session.scalars(query))


def over() -> list[RuleChange]:
    """Those whose time is over and that have no batch yet."""
    query = select(RuleChange).where(RuleChange.convert_by < today(), ~RuleChange.batch.has())
    return list(db.session.scalars(query.order_by(RuleChange.id)))


def accepted_until() -> dict[tuple[str, str], date]:
    """By scheme and version: the last day on which certificates of a former version stand."""
    former = aliased(SchemeVersion)
    query = (
        select(former.code, former.version, func.min(RuleChange.convert_by))
        .join(SchemeVersion, SchemeVersion.id == RuleChange.scheme_id)
        .join(former, former.code == SchemeVersion.code)
        .where(former.effective_from < SchemeVersion.effective_from)
        .group_by(former.code, former.version)
    )
    return {(code, version): last for code, version, last in db.session.execute(query)}


def to_convert(change: RuleChange) -> Select[Certificate]:
    """Certificates of earlier versions of the rule that nothing has ended."""
    earlier = (SchemeVersion.code == change.scheme.code) & (
        SchemeVersion.effective_from < change.scheme.effective_from
    )
    query = select(Certificate).join(SchemeVersion, SchemeVersion.id == Certificate.scheme_id).where(earlier)
    return not_ended(query).order_by(Certificate.id)


def standing_under(code: str, after: int, limit: int) -> list[Certificate]:
    """What nothing has ended under any version of a rule, from a number on."""
    query = select(Certificate).join(SchemeVersion, SchemeVersion.id == Certificate.scheme_id)
    query = not_ended(query.where(SchemeVersion.code == code, Certificate.id > after))
    return list(db.session.scalars(query.order_by(Certificate.id).limit(limit)))


def told(change: RuleChange) -> Iterable[tuple[Certificate, set[str]]]:
    """Each certificate that is to be converted, with the leads its holder was told of."""
    sent: dict[int, set[str]] = defaultdict(set)
    rows = select(ConversionNotice).where(ConversionNotice.change_id == change.id)
    for row in db.session.scalars(rows):
        sent[row.certificate_id].add(row.lead)
    for certificate in db.session.scalars(to_convert(change)):
        yield certificate, sent[certificate.id]


@dataclass(frozen=True)
class Line:
    """One certificate under an earlier version: what it lacks, and the case that converts it."""

    certificate: Certificate
    lacks: Lacks
    case: Application | None

    @property
    def last(self) -> date:
        return self.certificate.valid_to


def lines(actor: Actor, change: RuleChange, page: int = 1, size: int = 20) -> Page[Line]:
    """A body sees its own certificates, the regulator every one."""
    query = to_convert(change).options(selectinload(Certificate.acts), selectinload(Certificate.models))
    if actor.kind == "certification_body":
        query = query.where(Certificate.body_id == actor.organisation_id)
    found = paginate(query, page, size)
    shown = [line(change.scheme.rules, each) for each in found.items]
    return Page(shown, found.number, found.size, found.total, found.name)


def line(document: Document, certificate: Certificate) -> Line:
    case = next((case for case in certificate.open_cases if case.purpose == "conversion"), None)
    newest = certificate.application
    found = law.lacks(document, criteria.known(document, newest), _handed_in(newest))
    return Line(certificate, found, case)


def _handed_in(case: Application) -> set[str]:
    return {file.kind for file in case.current_files}


def demands(case: Application) -> Lacks | None:
    """What a case that converts a certificate has to bring: what the certificate lacks and the case has not
    handed in; None for other cases."""
    certificate = case.about
    if case.purpose != "conversion" or certificate is None:
        return None
    document = case.scheme.rules
    found = criteria.known(document, case)
    if found.footprint is None:
        found = replace(found, footprint=criteria.known(document, certificate.application).footprint)
    return law.lacks(document, found, _handed_in(case))


def to_review(case: Application) -> tuple[str, ...]:
    """The parts of its evaluation that only new demands of the rule make necessary; of another case, all."""
    asked, certificate = demands(case), case.about
    if asked is None or certificate is None:
        return PARTS
    return law.to_review(certificate.scheme.rules, case.scheme.rules, asked)


def of_certificate(certificate: Certificate) -> RuleChange | None:
    """The newest change that the certificate is to follow, if one does not wait for its day any more."""
    query = (
        select(RuleChange)
        .join(SchemeVersion, SchemeVersion.id == RuleChange.scheme_id)
        .where(
            SchemeVersion.code == certificate.scheme.code,
            SchemeVersion.effective_from > certificate.scheme.effective_from,
        )
        .order_by(SchemeVersion.effective_from.desc())
        .limit(1)
    )
    return db.session.scalar(query)


# The days that are left


@dataclass(frozen=True)
class Due:
    """A change that `count` certificates of one side wait for; `only` is the certificate, where it is one."""

    change: RuleChange
    count: int
    only: Certificate | None


def due(actor: Actor) -> list[Due]:
    """What a holder or a body has to have converted, the nearest day first."""
    sides = {"manufacturer": Certificate.holder_id, "certification_body": Certificate.body_id}
    if actor.kind not in sides:
        return []
    own = sides[actor.kind] == actor.organisation_id
    found = [_due(change, to_convert(change).where(own)) for change in running()]
    return sorted((each for each in found if each.count), key=lambda each: each.change.convert_by)


def _due(change: RuleChange, query: Select[Certificate]) -> Due:
    first = list(db.session.scalars(query.limit(2)))
    count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return Due(change, count, first[0] if len(first) == 1 else None)


def transition(scheme: SchemeVersion) -> RuleChange | None:
    """The newest change of a rule whose time to convert runs."""
    mine = [change for change in running() if change.scheme.code == scheme.code]
    return max(mine, key=lambda change: change.scheme.effective_from, default=None)


# What a small amendment brings to a case that runs

AMENDERS = frozenset({"application_reviewer", "case_officer"})


@dataclass(frozen=True)
class Amendment:
    """The version that a running case may be taken over to, and what it says otherwise."""

    scheme: SchemeVersion
    changes: list[telling.Change]


def case_to_amend(actor: Actor, case_id: int) -> Application:
    found = application(actor, case_id)
    if not may_amend(actor, found):
        raise NotPermitted("role-not-held", step="amend")
    return found


def may_amend(actor: Actor, case: Application) -> bool:
    return bool(AMENDERS & actor.roles) and case.body_id == actor.organisation_id


def offered_to(actor: Actor, case: Application) -> Amendment | None:
    return amendment(case) if may_amend(actor, case) else None


def amendment(case: Application) -> Amendment | None:
    """What is on offer: the version in force, where it only words otherwise, explains or adds options."""
    newest = next((each for each in rules.schemes() if each.code == case.scheme.code), None)
    if newest is None or not case.is_amendable or newest.effective_from <= case.scheme.effective_from:
        return None
    one, other = plain(case.scheme.rules), plain(newest.rules)
    found = differences(one, other)
    if not amending.is_small(found):
        return None
    return Amendment(newest, telling.changes(amending.told(found), other, one))


# How a draft would do


def dry_run(draft: RuleDraft) -> DryRun | None:
    """The newest one of a draft."""
    query = select(DryRun).where(DryRun.draft_id == draft.id).order_by(DryRun.id.desc()).limit(1)
    return db.session.scalar(query)


def dry_run_of(actor: Actor, draft_id: int) -> DryRun:
    """The newest one of a draft that the actor may see."""
    found = dry_run(drafts.draft_of(actor, draft_id))
    if found is None:
        raise NotFound("dry-run-not-found")
    return found


def worst_first(found: DryRun) -> list[dict[str, Any]]:  # as `tried_case` has them
    order = (judging.FAIL, judging.UNKNOWN, judging.UNDECIDED, judging.PASS)
    return sorted(found.lines, key=lambda each: (order.index(each["outcome"]), each["day"]))


def _concerned(draft: RuleDraft, body_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Those under the rule the draft is for, or of its category where the rule is new; of a body's own rule
    those of the body."""
    same = SchemeVersion.code == draft.code
    if draft.based_on_id is None:
        same = SchemeVersion.category == draft.said("category")
    return same & (body_id == draft.owner_id) if draft.owner.kind == "certification_body" else same


def _in_force(draft: RuleDraft) -> Select[Certificate]:
    query = select(Certificate).join(SchemeVersion, SchemeVersion.id == Certificate.scheme_id)
    return not_ended(query.where(_concerned(draft, Certificate.body_id)))


def next_in_force(draft: RuleDraft, after: int, limit: int) -> list[Certificate]:
    query = _in_force(draft).where(Certificate.id > after).order_by(Certificate.id).limit(limit)
    return list(db.session.scalars(query))


def decided(draft: RuleDraft) -> list[Application]:
    """The last cases in which something was decided, the newest first."""
    query = (
        select(Application)
        .join(SchemeVersion, SchemeVersion.id == Application.scheme_id)
        .join(Decision, Decision.application_id == Application.id)
        .where(_concerned(draft, Application.body_id), Decision.superseded.is_(False))
        .order_by(Decision.decided_on.desc(), Application.id.desc())
        .limit(CASES)
    )
    return list(db.session.scalars(query))


def how_many(draft: RuleDraft) -> int:
    whole = select(func.count()).select_from(_in_force(draft).subquery())
    return len(decided(draft)) + (db.session.scalar(whole) or 0)


Tried = dict[str, Any]  # texts, days as ISO 8601 has them, and what follows for each criterion


@dataclass(frozen=True)
class Trial:
    """What is tried against what: the draft, and the version it would take over from, if there is one."""

    document: Document
    former: Document | None

    @classmethod
    def of(cls, found: DryRun) -> "Trial":
        based_on = found.draft.based_on
        return cls(read(found.document), based_on.rules if based_on else None)


def tried_case(trial: Trial, case: Application) -> Tried:
    decision = case.decision
    assert decision is not None  # it was decided
    about = {
        "kind": "case",
        "number": case.number,
        "product": case.product_name,
        "holder": case.applicant.name,
    }
    day = {"day": decision.decided_on.isoformat(), "then": decision.kind}
    return {**about, **day, **_fares(trial, case)}


def tried_certificate(trial: Trial, each: Certificate) -> Tried:
    """`day` is the last of its validity; `lacks` what it does not have yet, by slug."""
    case = each.application
    about = {"kind": "certificate", "number": each.number, "product": each.product_name}
    day = {"holder": each.holder.name, "day": each.valid_to.isoformat(), "then": each.state}
    lacks = law.lacks(trial.document, criteria.known(trial.document, case), _handed_in(case))
    asked = {name: list(getattr(lacks, name)) for name in LACKED}
    return {**about, **day, "body": each.body.name, "lacks": asked, **_fares(trial, case)}


def _fares(trial: Trial, case: Application) -> Tried:
    """The whole, the grade, and each criterion: what was held, the limits now and before, by how much it is
    not met.  `row` is that of the class of the model that fares worst."""
    found = criteria.judged(trial.document, criteria.known(trial.document, case))
    before = _limits_before(trial, case)
    return {
        "outcome": found.outcome,
        "grade": found.grade,
        "criteria": [
            {
                "slug": each.criterion.slug,
                "outcome": each.outcome,
                "held": _text(each.held),
                "beyond": _text(judging.beyond(each)),
                "grade": each.grade,
                "row": each.row,
                "limit": _text(judging.asked_least(each)),
                "former": _text(before.get(each.criterion.slug)),
            }
            for each in (line.judged for line in found.lines)
        ],
    }


def _limits_before(trial: Trial, case: Application) -> dict[str, Fraction | None]:
    """By criterion, what the version in force asks of the same product."""
    if trial.former is None:
        return {}
    held = criteria.judged(trial.former, criteria.known(trial.former, case)).lines
    return {line.criterion.slug: judging.asked_least(line.judged) for line in held}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else f"{law.plain(value):f}"


def sums(found: DryRun) -> dict[str, dict[str, int]]:
    """How many of each kind come to each outcome."""
    counted: dict[str, dict[str, int]] = {kind: dict.fromkeys(judging.OUTCOMES, 0) for kind in KINDS}
    for each in found.lines:
        counted[each["kind"]][each["outcome"]] += 1
    return counted
