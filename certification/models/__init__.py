"""Certification's tables, one file per noun."""

from certification.acts.models import Appeal, WrittenAct
from certification.aftercare.models import (
    CheckAnswer,
    CheckFinding,
    ExpiryReminder,
    FactoryVisit,
    StatusProposal,
    Surveillance,
    SurveillanceMember,
    SuspensionBatch,
)
from certification.application.models import (
    Application,
    ApplicationCopy,
    ApplicationFile,
    CorrectionPoint,
    Draft,
    ProductModel,
    Responsibility,
    Submission,
)
from certification.certificate.models import (
    Certificate,
    CertificateModel,
    CertificateVersion,
    SigningKey,
    StatusAct,
)
from certification.clocks.models import Clock, ClockEntry, Heartbeat, Outage
from certification.complaints.models import BodyComplaint, Complainant
from certification.conversion.models import ConversionNotice, DryRun, RuleChange
from certification.evaluation.models import (
    Decision,
    DocumentReview,
    EvaluationPlan,
    Nonconformity,
    NonconformityAnswer,
    PlannedSite,
    Review,
    SitePhotograph,
    SiteVerification,
    TeamMember,
)
from certification.fees.models import FeeEntry, FeeRule, Quote
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.label.models import LabelLicence, LabelUse
from certification.laboratory.models import CustodyEntry, PlannedLaboratory, Sample, TestReport, TestResult
from certification.late.models import LateEntry
from certification.messages.models import Message, MessageFile, MessagesRead, Opening
from certification.questions.models import Question
from certification.reporting.models import EvaluationReport
from certification.tracing.models import PlannedTrace, WorkingPaper
from certification.verification.models import Opinion, VerifiedEvidence, VerifiedItem
from certification.workbench.models import SavedView
from certification.workbooks.models import SheetRow, SheetUpload
from registers.models import Accreditation, BodyScope, LaboratoryScope, RegisterAct, Registration, Training
from schemes.models import SchemeVersion

from certification.certificate.models import retention  # isort: skip  # it stands on all of them

__all__ = [
    "Accreditation",
    "Appeal",
    "Application",
    "ApplicationCopy",
    "ApplicationFile",
    "BodyComplaint",
    "BodyScope",
    "CaseDeclaration",
    "Certificate",
    "CertificateModel",
    "Clock",
    "ClockEntry",
    "CertificateVersion",
    "Competence",
    "Complainant",
    "ConflictDeclaration",
    "ConversionNotice",
    "CorrectionPoint",
    "CustodyEntry",
    "Decision",
    "DocumentReview",
    "Draft",
    "DryRun",
    "EvaluationPlan",
    "EvaluationReport",
    "ExpiryReminder",
    "FactoryVisit",
    "FeeEntry",
    "FeeRule",
    "LabelLicence",
    "LabelUse",
    "LaboratoryScope",
    "LateEntry",
    "PlannedTrace",
    "WorkingPaper",
    "Message",
    "MessageFile",
    "MessagesRead",
    "Opening",
    "Nonconformity",
    "NonconformityAnswer",
    "Heartbeat",
    "Opinion",
    "Outage",
    "PlannedLaboratory",
    "ProductModel",
    "RegisterAct",
    "Registration",
    "Responsibility",
    "Review",
    "RuleChange",
    "Sample",
    "SavedView",
    "SchemeVersion",
    "SheetRow",
    "SheetUpload",
    "PlannedSite",
    "SitePhotograph",
    "SigningKey",
    "SiteVerification",
    "StatusAct",
    "StatusProposal",
    "CheckAnswer",
    "CheckFinding",
    "Surveillance",
    "SurveillanceMember",
    "Submission",
    "SuspensionBatch",
    "TeamMember",
    "TestReport",
    "TestResult",
    "Training",
    "Question",
    "Quote",
    "VerifiedEvidence",
    "VerifiedItem",
    "WrittenAct",
    "retention",
]
