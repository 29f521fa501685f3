"""What each step of an edition brings with it."""

from core.lifecycle import Brings, Table
from procurement.models import Edition
from procurement.operations import open_notice, publish, redraft, take_back
from procurement.shapes import ASKS
from procurement.workflow import EDITION

EFFECTS = {
    (EDITION, "redraft"): redraft,
    (EDITION, "open_notice"): open_notice,
    (EDITION, "take_back"): take_back,
    (EDITION, "publish"): publish,
}

TABLE = Table(
    {Edition: EDITION},
    {key: Brings(effect=effect, asks=ASKS[key]) for key, effect in EFFECTS.items()},
)
