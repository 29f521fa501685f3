"""The tables of this desk, one file per noun."""

from certification.laboratory.models.orders import PlannedLaboratory
from certification.laboratory.models.report import TestReport
from certification.laboratory.models.testing import CustodyEntry, Sample, TestResult

__all__ = ["CustodyEntry", "PlannedLaboratory", "Sample", "TestReport", "TestResult"]
