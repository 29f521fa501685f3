"""What each step of an adoption brings with it."""

from core.lifecycle import Brings, Effect, Key, Prepare, Table
from registers.adoption import operations
from registers.adoption.models import Adoption
from registers.adoption.shapes import ASKS
from registers.adoption.workflow import ADOPTION

EFFECTS: dict[Key, Effect[Adoption]] = {
    (ADOPTION, "approve"): operations.approve,
    (ADOPTION, "end"): operations.end,
    (ADOPTION, "supersede"): operations.end,
}
PREPARES: dict[Key, Prepare[Adoption]] = {
    (ADOPTION, "propose"): operations.check,
    (ADOPTION, "approve"): operations.check,
}
TABLE = Table(
    {Adoption: ADOPTION},
    {
        key: Brings(prepare=PREPARES.get(key), effect=EFFECTS.get(key), asks=ASKS.get(key))
        for key in ASKS.keys() | EFFECTS.keys()
    },
)
