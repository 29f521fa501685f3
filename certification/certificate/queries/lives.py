"""Certificates over time, many at once: what each version said, what befell it, and what took its place."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased, contains_eager

from accounts.models import Organisation
from certification.certificate import attested, statement
from certification.certificate.models import Certificate, CertificateModel, CertificateVersion, StatusAct
from certification.certificate.queries.certificates import entered, told_in_writing
from certification.certificate.queries.seals import SealedText, Seals
from core.db import db
from schemes.models import SchemeVersion

if TYPE_CHECKING:
    from sqlalchemy import Row

Models = list[dict[str, str]]  # code and specification
OF_CERTIFICATE = ("number", "code", "issued_on", "begins_on", "valid_to", "demo", "body", "holder")
OF_VERSION = ("edition", "product_name", "carbon", "carbon_unit")
COLUMNS = (*OF_CERTIFICATE[:6], *OF_VERSION, "id", "reissued_on", "statement", "digest", "signature")


@dataclass(frozen=True)
class Told:
    """What one version said; `models` holds (code, specification), `rule` number and version of the rule it
    was issued under.  What else it said is not kept, since of a bid there are thousands."""

    edition: int
    dated: date
    maker: str
    uscc: str
    factory: str
    models: tuple[tuple[str, str], ...]
    rule: str
    rule_version: str


@dataclass(frozen=True)
class Life:
    """`versions` in the order they were issued, the days and the body as the last of them says; `as_signed`
    says whether the register holds nothing otherwise than it was signed; `successor` is the number of the
    certificate that follows, "" where none does."""

    number: str
    scheme_code: str
    body: str
    body_uscc: str
    issued_on: date
    begins_on: date
    valid_to: date
    demo: bool
    versions: tuple[Told, ...]
    acts: tuple[StatusAct, ...]
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
    """In sets, and as columns where there is one for each certificate: of objects most of the time goes into
    making them and into looking them through for garbage."""
    rows = db.session.execute(_query(numbers)).all()
    ids = [row.id for row in rows]
    beside = _Beside(_models(ids), _former(ids), _acts(ids), _written(ids), entered(ids), Seals())
    return {row.number: _life(row, beside) for row in rows}


@dataclass(frozen=True)
class _Beside:
    """What lies beside the certificates, by their ids."""

    models: dict[int, Models]
    former: dict[int, list[CertificateVersion]]
    acts: dict[int, list[StatusAct]]
    written: dict[int, list[tuple[str, str, str]]]
    recorded: dict[int, list[attested.Recorded]]
    seals: Seals


def _query(numbers: Collection[str]) -> Select[Any]:  # the columns of several tables
    body, holder, after = aliased(Organisation), aliased(Organisation), aliased(Certificate)
    columns = [getattr(Certificate, name) for name in COLUMNS]
    named = (body.uscc.label("body"), holder.uscc.label("holder"), SchemeVersion.code.label("scheme"))
    query = select(*columns, *named, after.number.label("successor"))
    query = query.join(body, Certificate.body_id == body.id).join(holder, Certificate.holder_id == holder.id)
    query = query.join(SchemeVersion).outerjoin(after, after.replaces_id == Certificate.id)
    return query.where(Certificate.number.in_(numbers))


def _models(ids: Collection[int]) -> dict[int, Models]:
    columns = (CertificateModel.certificate_id, CertificateModel.code, CertificateModel.specification)
    query = select(*columns).where(CertificateModel.certificate_id.in_(ids)).order_by(CertificateModel.id)
    found = defaultdict(list)
    for certificate_id, code, specification in db.session.execute(query):
        found[certificate_id].append({"code": code, "specification": specification})
    return found


def _former(ids: Collection[int]) -> dict[int, list[CertificateVersion]]:
    query = select(CertificateVersion).where(CertificateVersion.certificate_id.in_(ids))
    found = defaultdict(list)
    for version in db.session.scalars(query.order_by(CertificateVersion.edition)):
        found[version.certificate_id].append(version)
    return found


def _acts(ids: Collection[int]) -> dict[int, list[StatusAct]]:
    query = select(StatusAct).where(StatusAct.certificate_id.in_(ids)).order_by(StatusAct.id)
    found = defaultdict(list)
    for act in db.session.scalars(query):
        found[act.certificate_id].append(act)
    return found


def _written(ids: Collection[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Of those that something was told about in writing."""
    query = select(Certificate).join(Certificate.written).where(Certificate.id.in_(ids))
    query = query.options(contains_eager(Certificate.written))
    return {each.id: told_in_writing(each) for each in db.session.scalars(query).unique()}


def _life(row: "Row[Any]", beside: _Beside) -> Life:  # as _query asks for it
    acts, former = beside.acts[row.id], beside.former[row.id]
    dated, models = row.reissued_on or row.issued_on, beside.models[row.id]
    own = SealedText(row.statement, row.digest, row.signature)
    opened = [*map(beside.seals.open_public, former), beside.seals.open_public(own)]
    copies = [_copies(row, each, each.dated, each.models) for each in former]
    copies.append(_copies(row, row, dated, models))
    pairs = zip(opened, copies, strict=True)
    as_signed = all(each.holds and not attested.unlike(copy, each.said) for each, copy in pairs)
    told = beside.written.get(row.id, [])
    said = opened[-1].said
    return Life(
        number=row.number,
        scheme_code=row.scheme,
        body=said["body"]["name"],
        body_uscc=said["body"]["uscc"],
        issued_on=date.fromisoformat(said["issued_on"]),
        begins_on=date.fromisoformat(statement.begins_on(said)),
        valid_to=date.fromisoformat(said["valid_to"]),
        demo=said["demo"] or said["basis"]["demo"],
        versions=tuple(_told(each.said) for each in opened),
        acts=tuple(acts),
        as_signed=as_signed and not attested.acts_differ(acts, beside.recorded[row.id], told),
        successor=row.successor or "",
    )


def _copies(
    row: "Row[Any]",  # as _query asks for it
    version: "Row[Any] | CertificateVersion",  # likewise
    dated: date,
    models: Models,
) -> dict[str, object]:
    own = {name: getattr(row, name) for name in OF_CERTIFICATE}
    return own | {name: getattr(version, name) for name in OF_VERSION} | {"dated": dated, "models": models}


def _told(said: statement.Read) -> Told:
    edition = said.get("edition") or {}  # the first format has none
    maker = said["manufacturer"]
    return Told(
        edition=edition.get("number", 1),
        dated=date.fromisoformat(edition.get("reissued_on") or said["issued_on"]),
        maker=maker["name"],
        uscc=maker.get("uscc", ""),
        factory=said["factory"]["name"],
        models=tuple((model["code"], model["specification"]) for model in said["product"]["models"]),
        rule=f"{said['basis']['number']} {said['basis']['version']}",
        rule_version=said["basis"]["version"],
    )


def moved() -> set[str]:
    """The numbers of certificates that were changed since they were issued, or that another follows."""
    changed = select(CertificateVersion.certificate_id)
    followed = select(Certificate.replaces_id).where(Certificate.replaces_id.is_not(None))
    query = select(Certificate.number).where(Certificate.id.in_(changed) | Certificate.id.in_(followed))
    return set(db.session.scalars(query))


def made_by(makers: Collection[tuple[str, str]], among: Select[str] | None = None) -> set[str]:
    """The numbers of the certificates whose statement, as it stands, names one of these makers, each given by
    credit code and name: the name counts where a statement has no code.  Only those `among` asks for are
    looked at, where it is told."""
    if not makers:
        return set()
    codes, names = ({maker[place] for maker in makers} for place in (0, 1))
    named = [Certificate.statement.contains(text, autoescape=True) for text in sorted(codes | names)]
    query = select(Certificate.number, Certificate.statement).where(or_(*named))
    if among is not None:
        query = query.where(Certificate.number.in_(among))
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
