"""The tables of this desk, one file per noun."""

from certification.certificate.models.certificate import (
    Certificate,
    CertificateModel,
    CertificateVersion,
    StatusAct,
)
from certification.certificate.models.retention import records, records_kept_until
from certification.certificate.models.signing import SigningKey

__all__ = [
    "Certificate",
    "CertificateModel",
    "CertificateVersion",
    "SigningKey",
    "StatusAct",
    "records",
    "records_kept_until",
]
