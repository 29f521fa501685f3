"""A status act that is asked for or prepared, and that a person carries out or declines.

The holder asks; a suspension that ran out without restoration, and a follow-up check that failed or was
not made in time, prepare (certification-rules 6.4: prepared by timer, decided by a person).
"""

from certification.workflow.impartiality import clear_to
from core.demands import reason_given
from core.machine import Machine, step

KINDS = ("suspend", "restore", "withdraw", "cancel")
SOURCES = ("holder", "suspension_ended", "surveillance", "check_missed", "retraction", "rule_change")
ASKED_BY_HOLDER = {"suspend": "holder_request", "restore": "corrected", "cancel": "holder_request"}
OPEN = ("open",)  # a person is to decide
POSSIBLE = {
    "not_issued": ("suspend", "withdraw", "cancel"),
    "valid": ("suspend", "withdraw", "cancel"),
    "suspended": ("restore", "withdraw", "cancel"),
}

STATUS_PROPOSAL = Machine(
    "status_proposal", "open",
    step("decline", "open", "declined", "decision_maker", clear_to("change_status"),
         demands=[reason_given]),
    step("carry_out", "open", "carried_out", "system"),
    step("lapse", "open", "lapsed", "system"),
)  # fmt: skip
