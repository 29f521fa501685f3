"""What comes back in a workbook: kept beside the case, compared, applied; what cannot be read waits in it."""

from certification.workbooks.operations.applying import Chosen, apply_sheet, drop_sheet
from certification.workbooks.operations.comparing import (
    Compared,
    compared,
    may_edit,
    stands,
    version_of,
    waiting,
)
from certification.workbooks.operations.rows import drop_row, mend_row
from certification.workbooks.operations.staging import stage_pasted, stage_sheet, staged

__all__ = [
    "Chosen",
    "Compared",
    "apply_sheet",
    "compared",
    "drop_row",
    "drop_sheet",
    "may_edit",
    "mend_row",
    "stage_pasted",
    "stage_sheet",
    "staged",
    "stands",
    "version_of",
    "waiting",
]
