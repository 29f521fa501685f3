"""What is handed in with the steps of an edition."""

from typing import Annotated

from core.lifecycle import Key
from core.members import ColumnText, Day, Perhaps, Whole
from core.step.shapes import Facts, Nothing, Reason
from procurement.models import Edition
from procurement.workflow import EDITION, LEAST_VALID, MOST_VALID


class Redraft(Facts):
    """Certificates are valid at least `valid_days` after the list takes effect, where they are given; `grace`
    is what holds for tenders that are open."""

    cutoff: Perhaps[Day] = None
    policy_date: Perhaps[Day] = None
    valid_days: Perhaps[Annotated[int, Whole(LEAST_VALID, MOST_VALID)]] = None
    grace: Annotated[str, ColumnText(Edition.grace)] = ""


class PublicNotice(Facts):
    notice_from: Perhaps[Day] = None
    notice_to: Perhaps[Day] = None


class Publication(Facts):
    document_number: Annotated[str, ColumnText(Edition.document_number)] = ""


ASKS: dict[Key, type[Facts]] = {
    (EDITION, "redraft"): Redraft,
    (EDITION, "open_notice"): PublicNotice,
    (EDITION, "take_back"): Reason,
    (EDITION, "approve"): Nothing,
    (EDITION, "publish"): Publication,
}
