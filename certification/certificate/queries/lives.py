"""Certificates over time, many at once: what each version said, what befell it, and what took its place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import orjson
from sqlalchemy import false, or_, select
from sqlalchemy.orm import aliased, selectinload

from certification.certificate import attested, statement
from certification.certificate.models import Certificate, CertificateVersion, StatusAct
from certification.certificate.queries.certificates import differs, entered, said
from core.db import db


@dataclass(frozen=True)
class Life:
    """`versions` in the order they were issued; `as_signed` says whether the register holds nothing otherwise
    than it was signed; `successor` is the number of the certificate that follows, "" where none does."""

    number: str
    scheme_code: str
    versions: list[statement.Said]
    acts: list[StatusAct]
    as_signed: bool
    successor: str


def lives(numbers: Iterable[str]) -> dict[str, Life]:
    """By number: these certificates, and all that follow them."""
    found: dict[str, Life] = {}
    asked = set(numbers)
    while asked:
        found |= _read(asked)
        asked = {life.successor for life in found.values() if life.successor} - found.keys()
    return found


def _read(numbers: Collection[str]) -> dict[str, Life]:
    parts = (Certificate.acts, Certificate.former, Certificate.written, Certificate.models)
    query = select(Certificate).where(Certificate.number.in_(numbers))
    query = query.options(*map(selectinload, parts), selectinload(Certificate.replaced_by))
    rows = list(db.session.scalars(query))
    recorded = entered(rows)
    return {row.number: _life(row, recorded[row.id]) for row in rows}


def _life(row: Certificate, recorded: list[attested.Recorded]) -> Life:
    told = [said(version) for version in row.versions]
    unlike = [differs(row, version, text, recorded) for version, text in zip(row.versions, told, strict=True)]
    following = row.replaced_by.number if row.replaced_by else ""
    return Life(row.number, row.scheme.code, told, list(row.acts), not any(unlike), following)


def moved() -> set[str]:
    """The numbers of certificates that were changed since they were issued, or that another follows."""
    changed = select(CertificateVersion.certificate_id)
    followed = select(Certificate.replaces_id).where(Certificate.replaces_id.is_not(None))
    query = select(Certificate.number).where(Certificate.id.in_(changed) | Certificate.id.in_(followed))
    return set(db.session.scalars(query))


def made_by(makers: Collection[tuple[str, str]]) -> set[str]:
    """The numbers of the certificates whose statement, as it stands, names one of these makers, each given by
    credit code and name: the name counts where a statement has no code."""
    codes, names = ({maker[place] for maker in makers} for place in (0, 1))
    named = [Certificate.statement.contains(text, autoescape=True) for text in sorted(codes | names)]
    query = select(Certificate.number, Certificate.statement).where(or_(false(), *named))
    return {
        number
        for number, text in db.session.execute(query)
        if _made_by(orjson.loads(text)["manufacturer"], codes, names)
    }


def _made_by(maker: dict[str, str], codes: Collection[str], names: Collection[str]) -> bool:
    return maker["uscc"] in codes if maker.get("uscc") else maker["name"] in names


def numbers() -> set[str]:
    """Of every certificate that was ever issued."""
    return set(db.session.scalars(select(Certificate.number)))


def followed(numbers: Collection[str]) -> dict[str, str]:
    """By number: the certificate that each took over from, of those that did."""
    former = aliased(Certificate)
    query = select(Certificate.number, former.number).join(former, former.id == Certificate.replaces_id)
    rows = db.session.execute(query.where(Certificate.number.in_(numbers)))
    return {row[0]: row[1] for row in rows}


def former(numbers: Collection[str]) -> dict[str, list[str]]:
    """By number: all certificates whose place it took, the last first; none of one that took nobody's."""
    found: dict[str, list[str]] = {number: [] for number in numbers}
    last = {number: number for number in numbers}
    while last:
        before = followed(set(last.values()))
        last = {number: before[each] for number, each in last.items() if each in before}
        for number, each in last.items():
            found[number].append(each)
    return found
