"""What may be asked of the lists.  Drafts are their editors' alone; notices and publications are public."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.actor import Actor
from catalog import queries as catalog
from catalog.search.text import squash
from certification.certificate.queries import certificates, signing
from core import health, lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, OutOfOrder
from core.tables import Output
from core.web import Page, paginate
from procurement import rules
from procurement.assignments import queries as assignments
from procurement.assignments.deciding import Code
from procurement.models import Edition, EditionLine, EditionPaper, Omission, PolicyRule, StruckLine
from procurement.suspensions import queries as suspensions


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in an edition."""

    text: str = ""
    category: str = ""
    treatment: str = ""


# Editions


def may_edit(actor: Actor) -> bool:
    return "list_editor" in actor.roles


def may_see(actor: Actor) -> bool:
    """Who reads drafts: those who draw up the list, and those who approve it."""
    return bool({"list_editor", "regulator"} & actor.roles)


def lists(page: int = 1, size: int = 20) -> Page[Edition]:
    """What the public may read: editions shown for objection or published, the newest first."""
    query = select(Edition).where(Edition.is_public).order_by(Edition.cutoff.desc(), Edition.id.desc())
    return paginate(query, page, size)


def editions(actor: Actor) -> list[Edition]:
    """Every edition of the actor's organisation, drafts included."""
    query = select(Edition).where(Edition.owner_id == actor.organisation_id)
    return list(db.session.scalars(query.order_by(Edition.id.desc()))) if may_see(actor) else []


def edition(number: str) -> Edition:
    """A public edition by its number."""
    found = db.session.scalar(select(Edition).where(Edition.number == number, Edition.is_public))
    if found is None:
        raise NotFound("edition-not-found")
    return found


def edition_of(actor: Actor, edition_id: int) -> Edition:
    """An edition in whatever state, for those who draw it up or approve it."""
    found = db.session.get(Edition, edition_id)
    if found is None or not may_see(actor) or found.owner_id != actor.organisation_id:
        raise NotFound("edition-not-found")
    return found


def latest_published(on: date | None = None) -> Edition | None:
    """The list in force on a day."""
    query = select(Edition).where(Edition.is_published, Edition.published_on <= (on or today()))
    return db.session.scalar(query.order_by(Edition.published_on.desc(), Edition.id.desc()).limit(1))


def open_edition() -> Edition | None:
    """The one that is being drawn up or shown for objection: there is one at a time."""
    return db.session.scalar(select(Edition).where(Edition.is_open).order_by(Edition.id).limit(1))


def number_taken(number: str) -> bool:
    return db.session.scalar(select(Edition.id).where(Edition.number == number)) is not None


def next_number(day: date) -> str:
    """The next issue of the year, as a proposal."""
    taken = db.session.scalars(select(Edition.number).where(Edition.number.like(f"{day.year}-%")))
    issues = [int(number.partition("-")[2]) for number in taken]
    return f"{day.year}-{max(issues, default=0) + 1}"


def history(of: Edition) -> list[lifecycle.StepTaken]:
    return lifecycle.history("edition", of.id)


# Lines


def _lines(of: Edition, asked: Asked) -> Select[EditionLine]:
    query = select(EditionLine).where(EditionLine.edition_id == of.id).order_by(EditionLine.place)
    if asked.category:
        query = query.where(EditionLine.category_code == asked.category)
    if asked.treatment:
        query = query.where(EditionLine.treatment == asked.treatment)
    for piece in asked.text.split():
        query = query.where(_found(piece))
    return query


def _found(piece: str) -> ColumnElement[bool]:
    columns = (EditionLine.product, EditionLine.maker, EditionLine.number, EditionLine.model)
    tests = [column.icontains(piece, autoescape=True) for column in columns]
    if code := squash(piece):
        tests.append(EditionLine.squashed.contains(code, autoescape=True))
    return or_(*tests)


def lines(of: Edition, asked: Asked, number: int = 1, size: int = 50) -> Page[EditionLine]:
    return paginate(_lines(of, asked), number, size)


def line_of(of: Edition, number: str, model: str = "") -> EditionLine | None:
    """The first line of a certificate, or of its model, in an edition."""
    query = select(EditionLine).where(EditionLine.edition_id == of.id, EditionLine.number == number)
    if model:
        query = query.where(EditionLine.model == model)
    return db.session.scalar(query.order_by(EditionLine.place).limit(1))


def line_parts(of: Edition, asked: Asked, size: int = 2_000) -> Iterator[list[EditionLine]]:
    """Every line that is asked for, in the printed order, so many at a time."""
    last = 0
    while part := list(db.session.scalars(_lines(of, asked).where(EditionLine.place > last).limit(size))):
        last = part[-1].place
        yield part


def line_rows(of: Edition, names: Iterable[str], size: int = 5_000) -> Iterator[Row[Any]]:  # columns named
    """Of every line, in the printed order, these columns of it; no more are held than so many at a time."""
    columns = [getattr(EditionLine, name) for name in names]
    query = select(EditionLine.place, *columns).where(EditionLine.edition_id == of.id)
    query, last = query.order_by(EditionLine.place).limit(size), 0
    while part := db.session.execute(query.where(EditionLine.place > last)).all():
        yield from part
        last = part[-1].place


def entry_ids(of: Edition) -> set[int]:
    """The products an edition has lines of."""
    query = select(EditionLine.entry_id).where(EditionLine.edition_id == of.id).distinct()
    return set(db.session.scalars(query))


def prints_invented(of: Edition) -> bool:
    query = select(EditionLine.id).where(EditionLine.edition_id == of.id, EditionLine.demo)
    return db.session.scalar(query.limit(1)) is not None


def line_differences(of: list[EditionLine]) -> dict[int, list[str]]:
    """By line: what it prints otherwise than each signed version of its certificate, and what its status
    rests on that is not as it was signed."""
    signed = certificates.signed({line.number for line in of})
    mirrored = catalog.differing_by_id({line.entry_id for line in of}, signed)
    told = {number: [rules.told(said) for said in each.versions] for number, each in signed.items()}
    return {
        line.id: rules.differing(line, told.get(line.number, ()))
        + [name for name in mirrored[line.entry_id] if name in ("begins_on", "acts")]
        for line in of
    }


def not_as_signed(of: list[EditionLine]) -> set[int]:
    """The entries of which any line prints what was not signed, or what nobody signed."""
    differs, unsigned = line_differences(of), certificates.unsigned({line.number for line in of})
    return {line.entry_id for line in of if differs[line.id] or line.number in unsigned}


def differing_numbers(of: Edition) -> dict[str, list[str]]:
    """The same by certificate, of all that an edition and the one before it print."""
    found: dict[str, list[str]] = {}
    for part in (part for each in (of, of.previous) if each for part in line_parts(each, Asked())):
        differs = line_differences(part)
        for line in part:
            found[line.number] = list(dict.fromkeys([*found.get(line.number, ()), *differs[line.id]]))
    return found


def categories_of(of: Edition) -> dict[str, str]:
    """The categories an edition has lines in, code to name."""
    columns = (EditionLine.category_code, EditionLine.category_name)
    query = select(*columns).where(EditionLine.edition_id == of.id).distinct().order_by(*columns)
    return dict(db.session.execute(query).all())


def line_counts(of: list[Edition]) -> dict[int, int]:
    query = select(EditionLine.edition_id, func.count()).group_by(EditionLine.edition_id)
    return dict(db.session.execute(query.where(EditionLine.edition_id.in_([each.id for each in of]))).all())


def printed_lines(certificate_id: int) -> list[EditionLine]:
    """Every line of a published edition that rests on a certificate."""
    query = select(EditionLine).join(EditionLine.edition).options(joinedload(EditionLine.edition))
    query = query.where(EditionLine.certificate_id == certificate_id, Edition.is_published)
    return list(db.session.scalars(query.order_by(EditionLine.id)))


def strikes(of: Edition, page: int = 1, size: int = 20) -> Page[StruckLine]:
    """What befell an edition's lines since it was printed, the newest first."""
    query = select(StruckLine).join(StruckLine.line).where(EditionLine.edition_id == of.id)
    query = query.options(joinedload(StruckLine.line)).order_by(StruckLine.id.desc())
    return paginate(query, page, size, "strikes")


def difference(of: Edition) -> rules.Difference:
    """What came in and went out against the edition before, each with its reason."""
    reasons = {omission.number: omission.reason for omission in of.omissions}
    names = ("number", "model", "product", "maker", "issued_on")
    before = line_rows(of.previous, names) if of.previous else ()
    return rules.difference(
        line_rows(of, names), reasons, before, of.previous.cutoff if of.previous else None
    )


def printed(of: Edition) -> Iterator[bytes]:
    """The content whose digest is published, in its one spelling, piece by piece."""
    total = line_counts([of]).get(of.id, 0)
    return rules.spelt(of, line_rows(of, rules.PRINTED), total)


def write_published(of: Edition, output: Output) -> int:
    """The same, written whole; how many lines it has.  OutOfOrder where it is no longer what the digest was
    taken of."""
    if _written(of, output) != of.digest:
        raise OutOfOrder("edition-not-as-published", number=of.number)
    return line_counts([of]).get(of.id, 0)


def _written(of: Edition, output: Output | None = None) -> str:
    """The digest of what it prints, which is written on the way."""
    digest = hashlib.sha256()
    for piece in printed(of):
        digest.update(piece)
        if output is not None:
            output.write(piece)
    return digest.hexdigest()


def refuse_altered(of: Edition) -> None:
    """OutOfOrder where what it prints is no longer what its digest was taken of."""
    if _written(of) != of.digest:
        raise OutOfOrder("edition-not-as-published", number=of.number)


# On paper


def volumes(of: Edition) -> int:
    """How many PDFs an edition fills once it is published."""
    return rules.volumes(line_counts([of]).get(of.id, 0))


def volume_lines(of: Edition, volume: int) -> list[EditionLine]:
    """The lines of one volume, in the printed order."""
    first = (volume - 1) * rules.VOLUME
    query = select(EditionLine).where(EditionLine.edition_id == of.id).order_by(EditionLine.place)
    return list(db.session.scalars(query.offset(first).limit(rules.VOLUME)))


@dataclass(frozen=True)
class Total:
    """What an edition has under one category."""

    code: str
    name: str
    lines: int
    products: int
    makers: int


def totals(of: Edition) -> list[Total]:
    """By category, in the printed order; the last, without a code, of all."""
    names = (EditionLine.category_code, EditionLine.category_name)
    counts = [
        func.count(),
        *(func.count(each.distinct()) for each in (EditionLine.number, EditionLine.maker)),
    ]
    own = EditionLine.edition_id == of.id
    rows = db.session.execute(select(*names, *counts).where(own).group_by(*names).order_by(*names)).all()
    every = db.session.execute(select(*counts).where(own)).one()
    whole = Total("", "", every[0], every[1], every[2])
    return [*(Total(row[0], row[1], row[2], row[3], row[4]) for row in rows), whole]


def drawn(of: Edition) -> dict[int, str]:
    """The volumes of its PDF that are there, with the digest of each."""
    query = select(EditionPaper.volume, EditionPaper.document).where(EditionPaper.edition_id == of.id)
    return dict(db.session.execute(query).all())


def paper(of: Edition, volume: int) -> str | None:
    """The digest of a volume; None while it is still drawn.  NotFound where it has no such volume."""
    if not (of.is_published and 1 <= volume <= volumes(of)):
        raise NotFound("edition-not-found")
    return drawn(of).get(volume)


def is_signed(of: Edition) -> bool:
    """Whether the owner of the list signed exactly what is published."""
    return bool(of.signature) and signing.verifies(of.signed_by, of.signature, b"".join(printed(of)))


def omissions(of: Edition, page: int = 1, size: int = 50) -> Page[Omission]:
    query = select(Omission).where(Omission.edition_id == of.id).order_by(Omission.id)
    return paginate(query, page, size, "omissions")


def editions_sound() -> str:
    """For the doctor: whether every published edition is what its digest was taken of."""
    published = db.session.scalars(select(Edition).where(Edition.is_published).order_by(Edition.id))
    wrong = [each.number for each in published if _written(each) != each.digest]
    return health.found(wrong, "editions that are not as published")


# What an edition is made of


def candidates(cutoff: date) -> Iterator[rules.Candidate]:
    """Every certified product with what its certificate was worth on the cut-off day; its maker may be
    suspended on that day, or now."""
    suspended = suspensions.suspended(cutoff, today())
    for entries in catalog.certified_by_parts():
        differs = catalog.differing(entries)
        unsigned = certificates.unsigned(entry.number or "" for entry in entries)
        confirmed = assignments.confirmed(entry.number or "" for entry in entries)
        for entry in entries:
            yield _candidate(
                entry,
                cutoff,
                as_signed=not differs[entry.id] and entry.number not in unsigned,
                suspended=entry.number in suspended,
                category=confirmed.get(entry.number or ""),
            )


def _candidate(
    entry: catalog.Entry, cutoff: date, *, as_signed: bool, suspended: bool, category: Code | None
) -> rules.Candidate:
    # What is certified has all four: a constraint of its table, which no type knows.
    assert entry.certificate_id is not None
    assert entry.number is not None
    assert entry.issued_on is not None
    assert entry.valid_to is not None
    return rules.Candidate(
        entry_id=entry.id,
        certificate_id=entry.certificate_id,
        number=entry.number,
        scheme_code=entry.scheme_code,
        status=entry.status_on(cutoff),
        as_signed=as_signed,
        suspended=suspended,
        maker=entry.maker,
        trademark=entry.trademark,
        product=entry.name,
        models=tuple(entry.models),
        issued_on=entry.issued_on,
        valid_to=entry.valid_to,
        carbon=entry.carbon,
        carbon_unit=entry.carbon_unit,
        boundary=entry.boundary,
        demo=entry.demo,
        category=category,
    )


def policies() -> list[rules.Policy]:
    """Every policy rule that was ever made, by category and date."""
    query = select(PolicyRule).order_by(
        PolicyRule.category_code, PolicyRule.scheme_code, PolicyRule.valid_from
    )
    names = rules.Policy.__dataclass_fields__
    return [rules.Policy(**{name: getattr(row, name) for name in names}) for row in db.session.scalars(query)]


def open_schemes(day: date) -> dict[str, list[rules.Policy]]:
    """The schemes that do not say by themselves to which 品目 a product belongs, with the rules of a day."""
    return assignments.open_schemes(policy for policy in policies() if policy.in_force_on(day))


def policies_in_force(day: date) -> list[rules.Policy]:
    return [policy for policy in policies() if policy.in_force_on(day)]
