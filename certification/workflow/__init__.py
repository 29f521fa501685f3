"""The law: one table for each thing that has a life.  Pure; a guard is a sentence of a rule.

Guards return None or the slug of what is missing.  Sources are the articles
of 节能低碳产品认证管理办法 (168号令), 认证认可条例 and ISO/IEC 17065.
"""

from certification.workflow.appeal import APPEAL
from certification.workflow.application import APPLICATION
from certification.workflow.certificate import CERTIFICATE
from certification.workflow.check_finding import CHECK_FINDING
from certification.workflow.competence import COMPETENCE
from certification.workflow.complaint import BODY_COMPLAINT
from certification.workflow.label import LABEL
from certification.workflow.nonconformity import NONCONFORMITY
from certification.workflow.proposal import STATUS_PROPOSAL
from certification.workflow.question import QUESTION
from certification.workflow.report import REPORT
from certification.workflow.sample import SAMPLE
from certification.workflow.surveillance import SURVEILLANCE

MACHINES = (
    APPLICATION,
    SAMPLE,
    NONCONFORMITY,
    QUESTION,
    CERTIFICATE,
    LABEL,
    APPEAL,
    REPORT,
    STATUS_PROPOSAL,
    SURVEILLANCE,
    CHECK_FINDING,
    BODY_COMPLAINT,
    COMPETENCE,
)

__all__ = [
    "APPEAL",
    "APPLICATION",
    "BODY_COMPLAINT",
    "CERTIFICATE",
    "CHECK_FINDING",
    "COMPETENCE",
    "LABEL",
    "MACHINES",
    "NONCONFORMITY",
    "QUESTION",
    "REPORT",
    "SAMPLE",
    "STATUS_PROPOSAL",
    "SURVEILLANCE",
]
