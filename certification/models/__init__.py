"""Certification's tables, one file per noun."""

from certification.models.act import WrittenAct
from certification.models.appeal import Appeal
from certification.models.application import (
    Application,
    ApplicationFile,
    CorrectionPoint,
    ProductModel,
)
from certification.models.certificate import (
    Certificate,
    CertificateModel,
    CertificateVersion,
    StatusAct,
)
from certification.models.clock import Clock, ClockEntry, Heartbeat, Outage
from certification.models.draft import Draft
from certification.models.evaluation import (
    Decision,
    DocumentReview,
    EvaluationPlan,
    Review,
    SiteVerification,
    TeamMember,
)
from certification.models.fee import FeeEntry, FeeRule, Quote
from certification.models.impartiality import CaseDeclaration, Competence, ConflictDeclaration
from certification.models.label import LabelLicence, LabelUse
from certification.models.life import (
    ExpiryReminder,
    StatusProposal,
    Surveillance,
    SurveillanceMember,
    SuspensionBatch,
)
from certification.models.nonconformity import Nonconformity, NonconformityAnswer
from certification.models.orders import PlannedLaboratory
from certification.models.registers import (
    Accreditation,
    BodyScope,
    LaboratoryScope,
    RegisterAct,
    Registration,
    Training,
)
from certification.models.report import TestReport
from certification.models.responsibility import ApplicationCopy, Responsibility
from certification.models.scheme import SchemeVersion
from certification.models.sheets import SheetRow, SheetUpload
from certification.models.signing import SigningKey
from certification.models.site import PlannedSite, SitePhotograph
from certification.models.submission import Submission
from certification.models.testing import CustodyEntry, Sample, TestResult

from certification.models import kept  # isort: skip  # it stands on all of them

__all__ = [
    "Accreditation",
    "Appeal",
    "Application",
    "ApplicationCopy",
    "ApplicationFile",
    "BodyScope",
    "CaseDeclaration",
    "Certificate",
    "CertificateModel",
    "Clock",
    "ClockEntry",
    "CertificateVersion",
    "Competence",
    "ConflictDeclaration",
    "CorrectionPoint",
    "CustodyEntry",
    "Decision",
    "DocumentReview",
    "Draft",
    "EvaluationPlan",
    "ExpiryReminder",
    "FeeEntry",
    "FeeRule",
    "LabelLicence",
    "LabelUse",
    "LaboratoryScope",
    "Nonconformity",
    "NonconformityAnswer",
    "Heartbeat",
    "Outage",
    "PlannedLaboratory",
    "ProductModel",
    "RegisterAct",
    "Registration",
    "Responsibility",
    "Review",
    "Sample",
    "SchemeVersion",
    "SheetRow",
    "SheetUpload",
    "PlannedSite",
    "SitePhotograph",
    "SigningKey",
    "SiteVerification",
    "StatusAct",
    "StatusProposal",
    "Surveillance",
    "SurveillanceMember",
    "Submission",
    "SuspensionBatch",
    "TeamMember",
    "TestReport",
    "TestResult",
    "Training",
    "Quote",
    "WrittenAct",
    "kept",
]
