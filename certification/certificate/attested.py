"""Whether the register still says what was signed.  Pure.

The columns of a certificate are copies, kept so that they can be searched; what counts is the signed
statement.  Whoever shows a certificate shows the statement, and names every column that differs from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from certification.certificate.statement import Read, begins_on
from core.canonical import plain
from core.clock import SHANGHAI

if TYPE_CHECKING:
    from certification.certificate.models import Certificate, CertificateVersion, StatusAct

Version: TypeAlias = "Certificate | CertificateVersion"
Recorded = tuple[str, datetime, str]  # kind, moment, reason
MIDNIGHT = timedelta(minutes=1)

# What is told in writing, and signed, of each act that changes what a certificate is worth.
TOLD_BY = {
    "suspend": "suspension",
    "restore": "restoration",
    "withdraw": "withdrawal",
    "cancel": "cancellation",
}
# The steps that enter an act; a suspension that an appeal or a conversion ends, ends as one that is restored.
ENTERS = {kind: kind for kind in (*TOLD_BY, "supersede")} | dict.fromkeys(("reinstate", "resume"), "restore")


def version_on(certificate: "Certificate", day: date) -> Version:
    """The version that stood on `day`; the first for any day before it."""
    standing = [version for version in certificate.versions if version.dated <= day]
    return standing[-1] if standing else certificate.versions[0]


def differing(certificate: "Certificate", version: Version, said: Read) -> list[str]:
    """The columns of a certificate, as of one of its versions, that are not what `said` says, by name."""
    return unlike(_kept(certificate, version), said)


def unlike(kept: Mapping[str, object], said: Read) -> list[str]:
    """The same of columns that were read by themselves; KeyError where one of them is left out."""
    return [name for name, value in _signed(said).items() if plain(kept[name]) != value]


def _kept(certificate: "Certificate", version: Version) -> dict[str, object]:
    return {
        "number": certificate.number,
        "code": certificate.code,
        "issued_on": certificate.issued_on,
        "begins_on": certificate.begins_on,
        "valid_to": certificate.valid_to,
        "demo": certificate.demo,
        "body": certificate.body.uscc,
        "holder": certificate.holder.uscc,
        "edition": version.edition,
        "dated": version.dated,
        "product_name": version.product_name,
        "carbon": version.carbon,
        "carbon_unit": version.carbon_unit,
        "models": version.listed_models,
    }


def _signed(said: Read) -> dict[str, object]:
    edition = said.get("edition") or {"number": 1, "reissued_on": ""}  # of the first format
    return {
        "number": said["number"],
        "code": said["code"],
        "issued_on": said["issued_on"],
        "begins_on": begins_on(said),
        "valid_to": said["valid_to"],
        "demo": said["demo"],
        "body": said["body"]["uscc"],
        "holder": said["client"]["uscc"],
        "edition": edition["number"],
        "dated": edition["reissued_on"] or said["issued_on"],
        "product_name": said["product"]["name"],
        "carbon": said["decision"]["value"],
        "carbon_unit": said["decision"]["unit"],
        "models": said["product"]["models"],
    }


def acts_differ(
    acts: Sequence["StatusAct"], recorded: Sequence[Recorded], told: Iterable[tuple[str, str, str]]
) -> bool:
    """Whether the acts entered are not those of the audit record, or lack one that was told in writing.

    `recorded` lists (kind, moment, reason) in the order of the record; `told` (kind of writing, first
    day, last day or "").
    """
    entered = {(TOLD_BY.get(act.kind), plain(act.on), plain(act.until)) for act in acts}
    if len(acts) != len(recorded) or not entered >= set(told):
        return True
    return not all(_is_record_of(act, *entry) for act, entry in zip(acts, recorded, strict=True))


def _is_record_of(act: "StatusAct", kind: str, moment: datetime, reason: str) -> bool:
    """An act entered as the day ends may be recorded as the next begins."""
    days = {(moment - late).astimezone(SHANGHAI).date() for late in (timedelta(0), MIDNIGHT)}
    return act.kind == kind and act.on in days and act.reason == reason.strip()
