"""What is handed in to change what a certificate is worth, what the API answers about it, and where a text
differs from that of a certificate, in words."""

from datetime import date
from typing import Annotated

from certification.certificate.likeness import Near
from certification.certificate.models import StatusAct
from certification.certificate.queries.certificates import Standing
from certification.certificate.statement import begins_on, public_view
from certification.workflow import CERTIFICATE
from core.i18n import _
from core.members import ColumnText, Day, Perhaps
from core.step.shapes import Facts

TOLD = 3  # more differences are no slip


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


def differences(near: Near) -> str:
    """Sign by sign; "" where there are too many to be a slip."""
    changes = near.changes
    return _("；").join(_change(*each) for each in changes) if len(changes) <= TOLD else ""


def _change(place: int, asked: str, own: str) -> str:
    if not own:
        return _("第 %(place)s 位多出 %(asked)s", place=place, asked=_sign(asked, own))
    if not asked:
        return _("第 %(place)s 位前少了 %(own)s", place=place, own=_sign(own, asked))
    return _(
        "第 %(place)s 位写的是 %(asked)s，证书上是 %(own)s",
        place=place, asked=_sign(asked, own), own=_sign(own, asked),
    )  # fmt: skip


def _sign(text: str, other: str) -> str:
    """With its kind where the other, or nothing, is of another: a letter O beside a figure 0."""
    if len(text) != 1 or not text.isascii() or (other and other.isdigit() == text.isdigit()):
        return text
    if text.isdigit():
        return _("数字 %(sign)s", sign=text)
    return _("字母 %(sign)s", sign=text) if text.isalpha() else text
