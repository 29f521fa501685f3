"""The tables of this desk, one file per noun."""

from certification.application.models.agreement import Agreement
from certification.application.models.application import Application, ApplicationFile, ProductModel
from certification.application.models.correction import CorrectionPoint
from certification.application.models.draft import Draft
from certification.application.models.responsibility import ApplicationCopy, Responsibility
from certification.application.models.submission import Submission

__all__ = [
    "Agreement",
    "Application",
    "ApplicationCopy",
    "ApplicationFile",
    "CorrectionPoint",
    "Draft",
    "ProductModel",
    "Responsibility",
    "Submission",
]
