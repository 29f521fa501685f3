"""What is handed in to change what a certificate is worth, and what the API answers about it."""

from datetime import date
from typing import Annotated

from certification.certificate.models import StatusAct
from certification.certificate.queries.certificates import Standing
from certification.certificate.statement import begins_on, public_view
from certification.workflow import CERTIFICATE
from core.members import ColumnText, Day, Perhaps
from core.step.shapes import Facts


class StatusChange(Facts):
    """Which causes an act may have, its law says."""

    cause: Annotated[str, ColumnText(StatusAct.cause)] = ""
    reason: Annotated[str, ColumnText(StatusAct.reason)] = ""


class Suspension(StatusChange):
    until: Perhaps[Day] = None


ASKS = {
    (CERTIFICATE, "suspend"): Suspension,
    (CERTIFICATE, "restore"): StatusChange,
    (CERTIFICATE, "withdraw"): StatusChange,
    (CERTIFICATE, "cancel"): StatusChange,
}


def certificate(standing: Standing, day: date) -> dict[str, object]:
    """What was signed and stood on `day`; `differs` names what the register holds otherwise;
    `followed` says how its follow-up checks stood then."""
    return {
        "number": standing.said["number"],
        "status": standing.status,
        "on": day,
        "begins_on": begins_on(standing.said),
        "valid_to": standing.said["valid_to"],
        "demo": standing.said["demo"],
        "intact": standing.intact,
        "differs": standing.differs,
        "followed": {
            "made": standing.followed.made,
            "result": standing.followed.result or None,
            "due": standing.followed.due,
            "late": standing.followed.late,
        },
        "digest": standing.version.digest,
        "signature": standing.version.signature,
        "statement": public_view(standing.said),
    }
