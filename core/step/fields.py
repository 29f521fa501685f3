"""Fields several forms share."""

from decimal import Decimal

from wtforms import SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

LARGEST = Decimal("1e12")  # no quantity of this office comes near it; what lies beyond is a slip
DIGITS = 12


class MayBeEmpty(Optional):
    """An empty box is no error of shape; whether the step can be taken without it, the law says."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class ChecksField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
