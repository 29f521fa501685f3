"""What is handed in with the steps of a proposed policy rule."""

from core.lifecycle import Key
from core.step.shapes import Facts, Nothing, Reason
from procurement.policy.workflow import POLICY

ASKS: dict[Key, type[Facts]] = {
    (POLICY, "approve"): Nothing,
    (POLICY, "drop"): Reason,
}
