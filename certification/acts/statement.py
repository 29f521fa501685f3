"""Which steps are told in writing, and what such an act says, canonically.  Pure.

An act is a statement as a certificate is: JSON of which every text is what is printed, signed over
its one spelling.  `reasons` is a list of {on, text}: one entry for each criterion or point.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.canonical import canonical, plain

Said = dict[str, Any]  # JSON, whose shape is that of the parts below
Clock = Mapping[str, Any]  # JSON, as a scheme writes it
FORMAT = "tanbiao/act/1"
PARTS = (
    "number", "kind", "demo", "body", "recipient", "case", "certificate", "served_on", "due", "due_source",
    "reasons", "consequence", "signed_by", "appeal",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """`series` begins the number; who may appeal is told until when; a public act is announced."""

    slug: str
    series: str
    against_client: bool = False
    public: bool = False


# (machine, step) -> the act it is told by; the series are the initials of the Chinese name.
KINDS = {
    ("application", "accept"): Kind("acceptance", "SL"),
    ("application", "correct"): Kind("correction", "BZ"),
    ("application", "decline"): Kind("non_acceptance", "BSL", against_client=True),
    ("application", "refuse"): Kind("refusal", "BRZ", against_client=True),
    ("application", "veto"): Kind("refusal", "BRZ", against_client=True),
    ("application", "terminate"): Kind("termination", "ZZ", against_client=True),
    ("nonconformity", "escalate"): Kind("escalation", "SJ", against_client=True),
    ("nonconformity", "lapse"): Kind("lapse", "YQ", against_client=True),
    ("certificate", "suspend"): Kind("suspension", "ZT", against_client=True, public=True),
    ("certificate", "restore"): Kind("restoration", "HF", public=True),
    ("certificate", "reinstate"): Kind("restoration", "HF", public=True),
    ("certificate", "resume"): Kind("restoration", "HF", public=True),
    ("certificate", "withdraw"): Kind("withdrawal", "CX", against_client=True, public=True),
    ("certificate", "cancel"): Kind("cancellation", "ZX", against_client=True, public=True),
    ("appeal", "accept"): Kind("appeal_acceptance", "SSS"),
    ("appeal", "reject"): Kind("appeal_rejection", "SSB"),
    ("appeal", "serve"): Kind("appeal_decision", "SSJ"),
}
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}
PUBLIC = tuple(kind.slug for kind in KINDS.values() if kind.public)


def number(kind: Kind, region: str, body_id: int, year: int, serial: int) -> str:
    """Such as BRZ-32-01-2026-00001."""
    return f"{kind.series}-{region}-{body_id:02d}-{year}-{serial:05d}"


def compose(**parts: object) -> Said:
    """The act made of its PARTS; numbers and days become text."""
    if parts.keys() != set(PARTS):
        raise ValueError(f"an act has the parts {sorted(set(PARTS) ^ parts.keys())} too many or too few")
    return {"format": FORMAT, **plain(parts)}


def digest(act: Said) -> str:
    """The SHA-256 that is printed on it."""
    return hashlib.sha256(canonical(act)).hexdigest()


def appeal_route(body: str, until: date, clock: Clock, regulator: str) -> dict[str, object]:
    """Where the client may go with an objection, by when, and where after that."""
    return {
        "to": body,
        "until": until,
        "days": str(clock["days"]),
        "unit": clock["unit"],
        "source": clock["source"],
        "then": regulator,
    }
