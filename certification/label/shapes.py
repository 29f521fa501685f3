"""What is handed in with the answer to who asks for the label."""

from certification.workflow import LABEL
from core.step.shapes import Nothing, Reason

ASKS = {(LABEL, "license"): Nothing, (LABEL, "refuse"): Reason}
