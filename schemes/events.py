"""The facts the rule book announces.  Plain values only; past tense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RuleRetired:
    """No version of the rule takes a new case from `day` on; certificates under it stand as they are."""

    code: str
    name: str
    day: date


@dataclass(frozen=True)
class RulePublished:
    """A version of a rule was published that takes over from `former_id` on `effective_from`; certificates
    of earlier versions are to be converted by `convert_by`."""

    version_id: int
    former_id: int
    code: str
    name: str  # of the version
    effective_from: date
    convert_by: date
