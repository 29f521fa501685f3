"""What goes out as a workbook to be filled in, and how one that comes back is read."""

from certification.workbooks.exchange.columns import INVENTORY, KINDS, MODELS, Kind
from certification.workbooks.exchange.read import Line, Sheet, read
from certification.workbooks.exchange.write import Marks, workbook

__all__ = ["INVENTORY", "KINDS", "MODELS", "Kind", "Line", "Marks", "Sheet", "read", "workbook"]
