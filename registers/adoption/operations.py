"""The verbs of adoptions: begin, write, word a paper, and what each step changes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO

from flask import current_app
from sqlalchemy import update

from accounts.actor import SYSTEM
from core import audit, files, fonts, jobs, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from core.machine import Actor, Facts
from registers.adoption import numbering, papers, queries, wording
from registers.adoption.models import Adoption
from schemes import queries as rules
from schemes.models import SchemeVersion

LISTS = ("acceptance", "documents", "site", "review")
MOST_ITEMS = 50  # that a body adds to one list
LARGEST_PICTURE = 1024 * 1024  # bytes of a logo or a seal
PICTURES = ("png", "jpg")
MOST_DAYS = Decimal(1000)
Sent = tuple[IO[bytes], str]  # a file and its name

# What the next version begins with.
COPIED = ("person_days", "checklists", "papers", "pattern", "logo", "logo_name", "seal", "seal_name")


def begin(actor: Actor, scheme_code: str) -> Adoption:
    """A new version, as the one in force stands; one is written at a time.

    Raises NotPermitted `role-not-held`, NotFound `scheme-not-found`, Unmet `body-out-of-scope`,
    `scheme-of-another-body` or `adoption-open`.
    """
    if actor.kind != "certification_body" or "rule_author" not in actor.roles:
        raise NotPermitted("role-not-held", step="begin")
    assert actor.organisation_id is not None  # whoever holds the role is somebody
    assert actor.id is not None
    scheme = rules.scheme_by_code(scheme_code)
    _refuse_out_of_scope(actor.organisation_id, scheme.code)
    if not queries.may_use(actor.organisation_id, scheme):
        raise Unmet("scheme-of-another-body")
    if queries.open_one(actor.organisation_id, scheme.code) is not None:
        raise Unmet("adoption-open")
    former = queries.in_force(actor.organisation_id, scheme.code)
    made = Adoption(
        body_id=actor.organisation_id,
        scheme_code=scheme.code,
        number=queries.next_number(actor.organisation_id, scheme.code),
        writers=[actor.id],
        **({name: getattr(former, name) for name in COPIED} if former else {}),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "adoption.begin", f"adoption/{made.id}", scheme=scheme.code, number=made.number)
    return made


def write(
    adoption: Adoption,
    actor: Actor,
    *,
    person_days: Decimal | None,
    pattern: str,
    checklists: Mapping[str, Sequence[str]],
    logo: Sent | None = None,
    seal: Sent | None = None,
) -> None:
    """What the body adds; raise Invalid by the box at fault, and nothing is kept."""
    may_write(adoption, actor)
    wrong = _wrong_days(person_days, rules.current(adoption.scheme_code))
    wrong |= _wrong_pattern(adoption, pattern.strip())
    wrong |= _wrong_lists(checklists)
    if wrong:
        first = next(iter(wrong.values()))
        refused = Invalid(first.slug, {place: each.slug for place, each in wrong.items()}, **first.detail)
        refused.details = {place: each.detail for place, each in wrong.items()}
        raise refused
    for place, sent in (("logo", logo), ("seal", seal)):
        if sent is not None:
            kept = _picture(place, sent)
            setattr(adoption, place, kept.digest)
            setattr(adoption, f"{place}_name", kept.name)
    adoption.person_days, adoption.pattern = person_days, pattern.strip()
    adoption.checklists = {name: list(checklists.get(name, ())) for name in LISTS}
    _written(adoption, actor, "write")


def word_paper(adoption: Adoption, actor: Actor, kind: str, text: str) -> None:
    """Word one kind of paper; an empty text leaves it to the house.

    Raises Invalid at `text` by the first line at fault, NotFound `paper-unknown`.
    """
    may_write(adoption, actor)
    refuse_wording(kind, text)
    worded = {name: said for name, said in adoption.papers.items() if name != kind}
    adoption.papers = worded | ({kind: text} if text.strip() else {})
    _written(adoption, actor, "word", kind=kind)


def refuse_wording(kind: str, text: str) -> None:
    if kind not in papers.KINDS:
        raise NotFound("paper-unknown")
    for fault in wording.faults(text, papers.fields(kind)):
        raise Invalid(fault.slug, {"text": fault.slug}, line=fault.line, name=fault.name)
    try:
        fonts.refuse_undrawable([text])
    except Invalid as refused:
        raise Invalid(refused.slug, {"text": refused.slug}, **refused.detail) from refused


def ask_preview(adoption: Adoption, actor: Actor, kind: str) -> None:
    """Have the paper drawn on a fictive case, by the worker."""
    if not queries.ROLES & actor.roles or adoption.body_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="preview")
    if not adoption.papers.get(kind):
        raise NotFound("paper-unknown")
    jobs.enqueue("adoption.preview", adoption_id=adoption.id, paper=kind)


def keep_preview(adoption_id: int, kind: str, text: str, drawn: str) -> None:
    """What the worker drew of a text; nothing of the adoption changes by it."""
    found = db.session.get_one(Adoption, adoption_id)
    kept = found.previews | {kind: [wording.digest(text), drawn]}
    db.session.execute(update(Adoption).where(Adoption.id == adoption_id).values(previews=kept))


def may_write(adoption: Adoption, actor: Actor) -> None:
    if "rule_author" not in actor.roles or adoption.body_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="write")
    if not adoption.is_editable:
        raise OutOfOrder("adoption-not-editable")


def _written(adoption: Adoption, actor: Actor, verb: str, **more: object) -> None:
    assert actor.id is not None  # whoever holds the role is somebody
    adoption.writers = sorted({*adoption.writers, actor.id})
    db.session.flush()
    audit.record(actor, f"adoption.{verb}", f"adoption/{adoption.id}", **more)


# What an adoption must be


def _wrong_days(days: Decimal | None, scheme: SchemeVersion) -> dict[str, Invalid]:
    """A body sends more people than the rule asks, never fewer."""
    if days is None or scheme.person_days <= days <= MOST_DAYS:
        return {}
    return {"person_days": Invalid("adoption-days-below-rule", least=f"{scheme.person_days:f}")}


def _wrong_pattern(adoption: Adoption, pattern: str) -> dict[str, Invalid]:
    if not pattern:
        return {}
    try:
        numbering.check(pattern)
        if queries.pattern_taken(pattern, current_app.config["REGION"], adoption.body_id):
            raise Invalid("number-pattern-taken")
    except Invalid as refused:
        return {"pattern": refused}
    return {}


def _wrong_lists(checklists: Mapping[str, Sequence[str]]) -> dict[str, Invalid]:
    found = {}
    for name in LISTS:
        items = checklists.get(name, ())
        if len(items) > MOST_ITEMS:
            found[name] = Invalid("list-too-long", most=MOST_ITEMS)
        elif len(set(items)) < len(items):
            found[name] = Invalid("checklist-item-twice")
    return found


def _picture(place: str, sent: Sent) -> files.Stored:
    stream, name = sent
    if files.kind_of(name) not in PICTURES:
        raise Invalid("picture-kind-unknown", {place: "picture-kind-unknown"})
    try:
        kept = files.store(stream, name)
    except Invalid as refused:
        raise Invalid(refused.slug, {place: refused.slug}, **refused.detail) from refused
    if kept.size > LARGEST_PICTURE:
        raise Invalid("picture-too-large", {place: "picture-too-large"})
    return kept


# What the steps bring


def check(adoption: Adoption, **_facts: object) -> Facts:
    """Rules, registers and others may have moved since it was written: raise Unmet by what does not fit."""
    _refuse_out_of_scope(adoption.body_id, adoption.scheme_code)
    wrong = _wrong_days(adoption.person_days, rules.current(adoption.scheme_code))
    wrong |= _wrong_pattern(adoption, adoption.pattern)
    for refused in wrong.values():
        raise Unmet(refused.slug, **refused.detail)
    for kind, text in adoption.papers.items():
        refuse_wording(kind, text)
    return {}


def _refuse_out_of_scope(body_id: int, scheme_code: str) -> None:
    if not queries.scope_on(body_id, scheme_code, today()):
        raise Unmet("body-out-of-scope")


def approve(adoption: Adoption, actor: Actor, **_facts: object) -> None:
    """It takes over from the one in force; what was printed by that one stays as it is."""
    former = queries.in_force(adoption.body_id, adoption.scheme_code)
    if former is not None and former is not adoption:
        lifecycle.take(former, "supersede", SYSTEM)
    adoption.approved_by, adoption.in_force_from = actor.label, today()


def end(adoption: Adoption, _actor: Actor, **_facts: object) -> None:
    adoption.ended_on = today()
