"""Certificates: what anybody may look up, and what holders and bodies see of their own."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

import orjson
from flask import current_app
from sqlalchemy import Select, Subquery, case, false, func, or_, select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.certificate import attested, keys, statement
from certification.certificate.likeness import NEAREST, Near, near
from certification.certificate.models import Certificate, CertificateVersion, StatusAct
from certification.certificate.queries.seals import Opened, SealedText, Seals
from certification.workflow import surveillance
from certification.workflow.certificate import BECOMES, ENDING, IN_FORCE, SUSPENDED, VALID, status_on
from core import audit
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate

# A number as people copy it: with or without hyphens, the check character behind it or not.
NUMBER = re.compile(
    r"(LCP|CFP)[\s-]*([0-9OIL]{2})[\s-]*([0-9OIL]{2,})[\s-]*([0-9OIL]{4})[\s-]*([0-9OIL]{5,})"
    r"(?:[\s(-]+([0-9A-Z*])\)?)?"
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))
MISREAD = str.maketrans("OIL", "011")
CODE_LENGTH = 12
AT_ONCE = 5_000  # numbers in one question
STATUS_STEPS = tuple(f"certificate.{step}" for step in attested.ENTERS)


def not_ended(query: Select[Certificate]) -> Select[Certificate]:
    """Those that neither a day nor an act has ended."""
    ended = Certificate.acts.any((StatusAct.kind.in_(ENDING)) & (StatusAct.on <= today()))
    return query.where(Certificate.valid_to >= today(), ~ended)


def states(day: date) -> Subquery:
    """(certificate_id, state, until) of every certificate as `status_on` has it on the day; `until` is the
    last day of the suspension that stands."""
    ends = StatusAct.kind.in_(ENDING)
    told = (
        select(
            StatusAct.certificate_id,
            func.coalesce(func.min(case((ends, StatusAct.id))), func.max(StatusAct.id)).label("last"),
        )
        .join(Certificate, Certificate.id == StatusAct.certificate_id)
        .where(StatusAct.on <= day, StatusAct.on <= Certificate.valid_to)
        .group_by(StatusAct.certificate_id)
        .subquery()
    )
    became = case(BECOMES, value=StatusAct.kind)
    suspended = became.in_(SUSPENDED)
    state = case(
        (ends, became),
        (Certificate.valid_to < day, "expired"),
        (suspended, became),
        (Certificate.begins_on > day, "not_issued"),
        else_="valid",
    )
    return (
        select(Certificate.id.label("certificate_id"), state.label("state"))
        .add_columns(case((suspended, StatusAct.until)).label("until"))
        .outerjoin(told, told.c.certificate_id == Certificate.id)
        .outerjoin(StatusAct, StatusAct.id == told.c.last)
        .subquery()
    )


def look_up(text: str) -> Certificate:
    """By number or by verification code, however it was typed; an address that was scanned will do."""
    text = text.strip().rstrip("/").rpartition("/")[2]
    if NUMBER.fullmatch(_half_width(text)):
        return certificate(text)
    own = select(Certificate).where(Certificate.number == _half_width(text))  # of a body's own pattern
    return db.session.scalar(own) or by_code(text)


def certificate(number: str) -> Certificate:
    """The certificate of this number; NotFound when there is none."""
    return _one(select(Certificate).where(Certificate.number == read_number(number)))


def by_code(code: str) -> Certificate:
    return _one(select(Certificate).where(Certificate.code == read_code(code)))


def read_number(text: str) -> str:
    """The number as it is kept; raises NotFound when its check character says it was miscopied."""
    match = NUMBER.fullmatch(_half_width(text))
    if match is None:
        return text
    number = "-".join([match[1], *(part.translate(MISREAD) for part in match.groups()[1:5])])
    if match[6] and match[6] != statement.check_character(number):
        raise NotFound("certificate-number-mistyped")
    return number


def read_code(text: str) -> str:
    """A verification code as it is kept: no hyphens, no letter that is taken for a digit."""
    letters = (letter for letter in _half_width(text) if letter.isalnum())
    return "".join(letters).translate(MISREAD)[: CODE_LENGTH + 1]


def _half_width(text: str) -> str:
    return normalize("NFKC", text).translate(DASHES).strip().upper()


def _one(query: Select[Certificate]) -> Certificate:
    found = db.session.scalar(query.options(selectinload(Certificate.acts)))
    if found is None:
        raise NotFound("certificate-not-found")
    return found


# What it says


def said(version: Certificate | CertificateVersion) -> statement.Said:
    """The whole statement, annex included; for the parties."""
    told: statement.Said = orjson.loads(version.statement)
    return told


def public_part(text: str, digest: str) -> statement.Said:
    """Of a text that is kept with its digest: what everybody may read of it."""
    parts = statement.parts(text, digest)
    return statement.public_view(orjson.loads(parts[1] if parts else text))


def public_statement(certificate: Certificate) -> statement.Said:
    return statement.public_view(said(certificate))


def signature_holds(version: Certificate | CertificateVersion) -> bool:
    return Seals().open(version).holds


@dataclass(frozen=True)
class Standing:
    """What a certificate said and was worth on a day: read from what was signed, not from its copies.

    `differs` names what the register holds otherwise than it was signed; `signature` is among it when
    the statement itself is no longer the body's.  `followed` is how its follow-up checks stood on the day,
    or stand today when the day is to come.
    """

    version: Certificate | CertificateVersion
    said: statement.Said
    status: str
    act: StatusAct | None
    differs: list[str]
    followed: surveillance.Followed

    @property
    def is_valid(self) -> bool:
        return self.status in VALID

    @property
    def intact(self) -> bool:
        return not self.differs

    @property
    def signed(self) -> bool:
        return "signature" not in self.differs

    def covers(self, model: str) -> bool:
        """A certificate covers the models it lists and no other; punctuation and case do not matter."""
        return statement.bare(model) in {
            statement.bare(listed["code"]) for listed in self.said["product"]["models"]
        }

    def nearest(self, model: str) -> list[Near]:
        """Models it covers that somebody may have meant who names one that it does not."""
        listed = self.said["product"]["models"]
        return [] if self.covers(model) else near(model, [each["code"] for each in listed])[:NEAREST]

    def answer(self, model: str, *, ahead: bool) -> str:
        """What is said first to whoever asks about a model, or about none: the state, or what keeps it from
        being the answer.  Of a day `ahead` that it is valid is no fact."""
        if not self.intact:
            return "differs"
        if not self.is_valid:
            return self.status
        if model and not self.covers(model):
            return "not-covered"
        return "ahead" if ahead else self.status


def standing(certificate: Certificate, day: date) -> Standing:
    version = attested.version_on(certificate, day)
    opened = Seals().open(version)
    told = opened.said
    begins_on, valid_to = (date.fromisoformat(each) for each in (statement.begins_on(told), told["valid_to"]))
    status = status_on(begins_on, valid_to, certificate.acts, day)
    return Standing(
        version=version,
        said=told,
        status=status,
        act=next((act for act in reversed(certificate.acts) if act.on <= day), None),
        differs=differs(certificate, version, opened, entered([certificate.id])[certificate.id]),
        followed=surveillance.followed(
            certificate.surveillance, min(day, today()), in_force=status in IN_FORCE
        ),
    )


def entered(ids: Iterable[int]) -> dict[int, list[attested.Recorded]]:
    """By id: the status acts that the audit record tells of these certificates, the first first."""
    subjects = {f"certificate/{each}": each for each in ids}
    found: dict[int, list[attested.Recorded]] = {certificate_id: [] for certificate_id in subjects.values()}
    for entry in audit.entries(subjects, STATUS_STEPS):
        kind = attested.ENTERS[entry.verb.partition(".")[2]]
        found[subjects[entry.subject]].append((kind, entry.at, json.loads(entry.data)["reason"]))
    return found


def differs(
    certificate: Certificate,
    version: Certificate | CertificateVersion,
    opened: Opened,
    recorded: Sequence[attested.Recorded],
) -> list[str]:
    """What the register holds otherwise than `opened`, the statement of one of its versions, by name;
    `recorded` are the acts that the audit record tells of it."""
    found = [] if opened.holds else ["signature"]
    found += attested.differing(certificate, version, opened.said)
    return found + (
        ["acts"] if attested.acts_differ(certificate.acts, recorded, told_in_writing(certificate)) else []
    )


def told_in_writing(certificate: Certificate) -> list[tuple[str, str, str]]:
    """The status acts told in writing, as they were signed."""
    told = [json.loads(act.statement) for act in certificate.written if act.kind in attested.TOLD_BY.values()]
    return [(each["kind"], each["served_on"], each["due"]) for each in told]


def public_keys() -> list[dict[str, object]]:
    return keys.published(current_app.config["KEY_DIR"])


@dataclass(frozen=True)
class Signed:
    """What the public parts of the versions of a certificate say, the one that stands last, and the acts
    entered since."""

    versions: list[statement.Said]
    acts: list[StatusAct]


def signed(numbers: Iterable[str]) -> dict[str, Signed]:
    """By number, for lists; whether the signatures hold is asked where one is shown, see `standing`."""
    columns = (Certificate.id, Certificate.number, Certificate.statement, Certificate.digest)
    found = db.session.execute(select(*columns).where(Certificate.number.in_(list(numbers)))).all()
    versions, acts = defaultdict(list), defaultdict(list)
    ids = [row.id for row in found]
    texts = (CertificateVersion.statement, CertificateVersion.digest)
    former = select(CertificateVersion.certificate_id, *texts)
    former = former.where(CertificateVersion.certificate_id.in_(ids)).order_by(CertificateVersion.edition)
    for certificate_id, *sealed in db.session.execute(former):
        versions[certificate_id].append(public_part(*sealed))
    entered = select(StatusAct).where(StatusAct.certificate_id.in_(ids)).order_by(StatusAct.id)
    for act in db.session.scalars(entered):
        acts[act.certificate_id].append(act)
    return {
        row.number: Signed([*versions[row.id], public_part(row.statement, row.digest)], acts[row.id])
        for row in found
    }


def unsigned(numbers: Iterable[str]) -> set[str]:
    """Those whose statement, as it stands, is not what their body signed."""
    columns = (Certificate.number, Certificate.statement, Certificate.digest, Certificate.signature)
    asked, wrong, seals = list(numbers), set[str](), Seals()
    for start in range(0, len(asked), AT_ONCE):
        query = select(*columns).where(Certificate.number.in_(asked[start : start + AT_ONCE]))
        for number, *sealed in db.session.execute(query):
            if not seals.open_public(SealedText(*sealed)).holds:
                wrong.add(number)
    return wrong


# Its parties


def is_party(actor: Actor, certificate: Certificate) -> bool:
    """The holder and the issuing body see the whole inventory."""
    own = actor.organisation_id
    return own is not None and own in (certificate.holder_id, certificate.body_id)


def of_party(actor: Actor) -> Select[Certificate]:
    """The certificates of the actor's organisation, as holder or as issuing body."""
    own = actor.organisation_id
    held = or_(Certificate.holder_id == own, Certificate.body_id == own) if own else false()
    return select(Certificate).where(held).options(selectinload(Certificate.acts))


def certificates(actor: Actor, page: int = 1, size: int = 20) -> Page[Certificate]:
    """The actor's certificates, the newest first."""
    return paginate(of_party(actor).order_by(Certificate.id.desc()), page, size)


def certificate_of_party(actor: Actor, number: str) -> Certificate:
    """One of the actor's certificates; NotFound when it is somebody else's."""
    return _one(of_party(actor).where(Certificate.number == read_number(number)))


def by_id_of_party(actor: Actor, certificate_id: int) -> Certificate:
    return _one(of_party(actor).where(Certificate.id == certificate_id))


def held_by(actor: Actor, page: int = 1, size: int = 20) -> Page[Certificate]:
    """What the actor's organisation holds, the newest first."""
    query = of_party(actor).where(Certificate.holder_id == actor.organisation_id)
    return paginate(query.order_by(Certificate.id.desc()), page, size, "certificates")


def number_of(application_id: int) -> str | None:
    """The number of the certificate a case led to, if it did."""
    return db.session.scalar(select(Certificate.number).where(Certificate.application_id == application_id))
