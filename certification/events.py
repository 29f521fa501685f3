"""The facts certification announces.  Plain values only; past tense."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate exists.  `carbon` is the footprint in `carbon_unit` (such as kgCO2e/t)."""

    certificate_id: int
    number: str
    application_id: int
    scheme_code: str
    scheme_version_id: int
    family: str  # low_carbon | footprint_label
    category: str  # product category slug of the scheme
    body_id: int
    body_name: str
    holder_id: int
    holder_name: str
    maker_name: str  # 生产者
    region: str  # GB/T 2260 of the factory, six digits; "" when unknown
    product_name: str
    product_name_en: str
    trademark: str
    models: tuple[str, ...]
    issued_on: date
    begins_on: date
    valid_to: date
    carbon: Decimal
    carbon_unit: str
    declared_unit: str
    boundary: str
    limit: Decimal | None
    stages: tuple[tuple[str, Decimal], ...]  # (stage slug, kgCO2e per declared unit)
    grade: tuple[str, str, str]  # slug, name, English name of the one that was granted; empty where none was
    facts: tuple[tuple[str, str, Decimal | None], ...]  # (parameter, value, as a number) people may look for
    demo: bool


@dataclass(frozen=True)
class CertificateReissued(CertificateIssued):
    """A certificate says something else now, under the same number and to the same last day."""

    edition: int
    reissued_on: date
    purpose: str  # change | extension | reduction | conversion


@dataclass(frozen=True)
class CertificateStatusChanged:
    """A status act was entered: from `on` the certificate's status is `status`."""

    certificate_id: int
    number: str
    act: str  # suspend | restore | withdraw | cancel | supersede
    status: str  # valid | suspended | withdrawn | cancelled | superseded
    on: date
    until: date | None
    reason: str


@dataclass(frozen=True)
class ActivityDataTouched:
    """The activity data of a case that may be changed, or what they are held against, are others than they
    were, or are about to be handed in."""

    application_id: int


@dataclass(frozen=True)
class ActivityDeclaredAnew:
    """Activity data that were handed in are declared anew while the case is evaluated: what was said of the
    footprint there was is said of it no more."""

    application_id: int


@dataclass(frozen=True)
class OutageEntered:
    """The service was down from the day `first` to the day `last`: what was due meanwhile gets days back."""

    outage_id: int
    first: date
    last: date
