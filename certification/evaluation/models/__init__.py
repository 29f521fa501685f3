"""The tables of this desk, one file per noun."""

from certification.evaluation.models.evaluation import (
    Decision,
    DocumentReview,
    EvaluationPlan,
    Review,
    SiteVerification,
    TeamMember,
)
from certification.evaluation.models.former import FormerPlan
from certification.evaluation.models.nonconformity import Nonconformity, NonconformityAnswer
from certification.evaluation.models.site import PlannedSite, SitePhotograph

__all__ = [
    "Decision",
    "DocumentReview",
    "EvaluationPlan",
    "FormerPlan",
    "Nonconformity",
    "NonconformityAnswer",
    "PlannedSite",
    "Review",
    "SitePhotograph",
    "SiteVerification",
    "TeamMember",
]
