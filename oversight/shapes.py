"""What is handed in with the steps of a complaint and of a report."""

from typing import Annotated

from pydantic import BaseModel

from core.lifecycle import Key
from core.members import ColumnText
from core.step.shapes import Facts, Nothing
from oversight.models import Complaint
from oversight.workflow import COMPLAINT, REPORT


class Found(Facts):
    reason: Annotated[str, ColumnText(Complaint.outcome)] = ""


class Told(Facts):
    answer: Annotated[str, ColumnText(Complaint.answer)] = ""


ASKS: dict[Key, type[BaseModel]] = {
    (COMPLAINT, "take_on"): Nothing,
    (COMPLAINT, "accept"): Nothing,
    (COMPLAINT, "decline"): Found,
    (COMPLAINT, "refer"): Found,
    (COMPLAINT, "settle"): Found,
    (COMPLAINT, "end"): Found,
    (COMPLAINT, "tell"): Told,
    (REPORT, "take_on"): Nothing,
    (REPORT, "refer"): Found,
    (REPORT, "extend"): Found,
    (REPORT, "open_case"): Found,
    (REPORT, "open_no_case"): Found,
    (REPORT, "tell"): Told,
}
