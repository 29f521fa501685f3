"""What is handed in with the steps of an application until it is accepted."""

from typing import Annotated

from pydantic import Field

from certification.application.models import Application, CorrectionPoint
from certification.workflow import APPLICATION
from core.members import Body, ColumnText, Day, Id, Listed, Perhaps, Text
from core.step.shapes import Facts, Nothing, Reason


class Declared(Facts):
    declared: bool = False


class Point(Body):
    anchor: Annotated[str, ColumnText(CorrectionPoint.anchor)] = ""
    text: Annotated[str, ColumnText(CorrectionPoint.text)] = ""
    splits: bool = Field(False, description="a row of the activity data is to be split: rows may be added")


class Points(Reason):
    points: Listed[Point] = Field(default_factory=list)
    due: Perhaps[Day] = None


class Decline(Reason):
    not_for_consulting: bool = False


class Condition(Body):
    """What was seen of one condition, and where: in a file of the case, or elsewhere, such as a register."""

    slug: Text
    confirmed: bool = False
    note: Annotated[str, ColumnText(Application.acceptance)] = ""
    file: Perhaps[Id] = Field(None, description="the id of a file of the case that is in force")
    evidence: Annotated[str, ColumnText(Application.acceptance)] = ""


class Accept(Facts):
    conditions: Listed[Condition] = Field(
        default_factory=list, description="every condition of the case's checklist"
    )
    agreed: Listed[Id] = Field(default_factory=list, description="points that do not apply")


class Agreed(Facts):
    agreed: bool = False


ASKS = {
    (APPLICATION, "submit"): Declared,
    (APPLICATION, "correct"): Points,
    (APPLICATION, "resubmit"): Nothing,
    (APPLICATION, "decline"): Decline,
    (APPLICATION, "accept"): Accept,
    (APPLICATION, "offer"): Nothing,
    (APPLICATION, "sign"): Agreed,
    (APPLICATION, "recall"): Reason,
}
