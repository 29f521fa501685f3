"""What each step of an edition brings with it."""

from core.lifecycle import Brings, Table
from procurement.models import Edition
from procurement.operations import open_notice, publish, redraft, take_back
from procurement.workflow import EDITION

TABLE = Table(
    {Edition: EDITION},
    {
        (EDITION, "redraft"): Brings(effect=redraft),
        (EDITION, "open_notice"): Brings(effect=open_notice),
        (EDITION, "take_back"): Brings(effect=take_back),
        (EDITION, "publish"): Brings(effect=publish),
    },
)
