"""Certification's tables, one file per noun."""

from certification.models.application import (
    Application,
    ApplicationFile,
    CorrectionPoint,
    ProductModel,
)
from certification.models.certificate import (
    Certificate,
    CertificateModel,
    LabelLicence,
    NumberSeries,
    StatusAct,
)
from certification.models.evaluation import (
    Decision,
    DocumentReview,
    EvaluationPlan,
    Nonconformity,
    Review,
    SiteVerification,
    TeamMember,
)
from certification.models.registers import (
    BodyScope,
    ConflictDeclaration,
    LaboratoryScope,
    Registration,
)
from certification.models.scheme import SchemeVersion
from certification.models.testing import Sample, TestReport, TestResult

__all__ = [
    "Application",
    "ApplicationFile",
    "BodyScope",
    "Certificate",
    "CertificateModel",
    "ConflictDeclaration",
    "CorrectionPoint",
    "Decision",
    "DocumentReview",
    "EvaluationPlan",
    "LabelLicence",
    "LaboratoryScope",
    "Nonconformity",
    "NumberSeries",
    "ProductModel",
    "Registration",
    "Review",
    "Sample",
    "SchemeVersion",
    "SiteVerification",
    "StatusAct",
    "TeamMember",
    "TestReport",
    "TestResult",
]
