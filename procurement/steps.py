"""What each step of an edition of a proposed policy rule and of a suspended maker brings with it."""

from core.lifecycle import Brings, Table
from procurement.assignments.models import CategoryAssignment
from procurement.assignments.operations import confirm
from procurement.assignments.shapes import ASKS as ASSIGNMENT_ASKS
from procurement.assignments.workflow import ASSIGNMENT
from procurement.confirmations.operations import ask_makers
from procurement.models import Edition
from procurement.objections.models import ListObjection
from procurement.objections.operations import dismiss, tell_decided, uphold
from procurement.objections.shapes import ASKS as OBJECTION_ASKS
from procurement.objections.workflow import OBJECTION_LAW
from procurement.operations import approve as approve_edition
from procurement.operations import open_notice, publish, redraft, refuse_short, take_back
from procurement.policy.models import PolicyProposal
from procurement.policy.operations import approve
from procurement.policy.shapes import ASKS as POLICY_ASKS
from procurement.policy.workflow import POLICY
from procurement.shapes import ASKS
from procurement.shortlists.models import Shortlist
from procurement.shortlists.operations import award
from procurement.shortlists.shapes import ASKS as SHORTLIST_ASKS
from procurement.shortlists.workflow import SHORTLIST
from procurement.suspensions.models import EnterpriseSuspension
from procurement.suspensions.operations import approve as approve_suspension
from procurement.suspensions.operations import lift, tell_maker
from procurement.suspensions.shapes import ASKS as SUSPENSION_ASKS
from procurement.suspensions.workflow import SUSPENSION
from procurement.workflow import EDITION

TABLE = Table(
    {
        Edition: EDITION,
        PolicyProposal: POLICY,
        EnterpriseSuspension: SUSPENSION,
        ListObjection: OBJECTION_LAW,
        Shortlist: SHORTLIST,
        CategoryAssignment: ASSIGNMENT,
    },
    {
        (ASSIGNMENT, "confirm"): Brings(effect=confirm, asks=ASSIGNMENT_ASKS[ASSIGNMENT, "confirm"]),
        (ASSIGNMENT, "drop"): Brings(asks=ASSIGNMENT_ASKS[ASSIGNMENT, "drop"]),
        (SHORTLIST, "award"): Brings(effect=award, asks=SHORTLIST_ASKS[SHORTLIST, "award"]),
        (SUSPENSION, "approve"): Brings(
            effect=approve_suspension, followers=(tell_maker,), asks=SUSPENSION_ASKS[SUSPENSION, "approve"]
        ),
        (OBJECTION_LAW, "uphold"): Brings(
            effect=uphold, followers=(tell_decided,), asks=OBJECTION_ASKS[OBJECTION_LAW, "uphold"]
        ),
        (OBJECTION_LAW, "dismiss"): Brings(
            effect=dismiss, followers=(tell_decided,), asks=OBJECTION_ASKS[OBJECTION_LAW, "dismiss"]
        ),
        (SUSPENSION, "drop"): Brings(asks=SUSPENSION_ASKS[SUSPENSION, "drop"]),
        (SUSPENSION, "lift"): Brings(
            effect=lift, followers=(tell_maker,), asks=SUSPENSION_ASKS[SUSPENSION, "lift"]
        ),
        (POLICY, "approve"): Brings(effect=approve, asks=POLICY_ASKS[POLICY, "approve"]),
        (POLICY, "drop"): Brings(asks=POLICY_ASKS[POLICY, "drop"]),
        (EDITION, "redraft"): Brings(effect=redraft, asks=ASKS[EDITION, "redraft"]),
        (EDITION, "open_notice"): Brings(
            prepare=refuse_short,
            effect=open_notice,
            followers=(ask_makers,),
            asks=ASKS[EDITION, "open_notice"],
        ),
        (EDITION, "take_back"): Brings(effect=take_back, asks=ASKS[EDITION, "take_back"]),
        (EDITION, "approve"): Brings(effect=approve_edition, asks=ASKS[EDITION, "approve"]),
        (EDITION, "publish"): Brings(effect=publish, asks=ASKS[EDITION, "publish"]),
    },
)
