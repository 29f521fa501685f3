"""What is handed in with the steps of an adoption."""

from core.lifecycle import Key
from core.step.shapes import Facts, Nothing, Reason
from registers.adoption.workflow import ADOPTION

ASKS: dict[Key, type[Facts]] = {
    (ADOPTION, "propose"): Nothing,
    (ADOPTION, "send_back"): Reason,
    (ADOPTION, "approve"): Nothing,
    (ADOPTION, "end"): Reason,
    (ADOPTION, "withdraw"): Reason,
}
