"""The road of an appeal (certification-rules 6.5): the client against the body's act, heard by other hands.

What was decided is never edited: an appeal that annuls it opens the case anew, and a new act follows.
"""

from typing import TYPE_CHECKING, Any

from certification.workflow.impartiality import clear_to
from core.clock import today
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from certification.acts.models import Appeal
    from schemes.models import SchemeVersion

OUTCOMES = ("upheld", "changed", "annulled")
CONCLUSIONS = ("body_upheld", "body_to_decide_anew")

# How long a client may take, and how long the body may: no national number of days was found, so a
# scheme that states none gets these, and the act says that they are samples.
CLOCKS = {
    "appeal": {"days": 30, "unit": "calendar", "source": "演示数据：国家规定中未见申诉期限，由方案规定"},
    "appeal_handling": {
        "days": 60,
        "unit": "calendar",
        "source": "演示数据：国家规定中未见机构处理申诉的时限，由方案规定",
    },
    "second_appeal": {
        "days": 30,
        "unit": "calendar",
        "source": "演示数据：国家规定中未见向监管部门申诉的期限，由方案规定",
    },
}


def appeal_clock(scheme: "SchemeVersion", name: str) -> dict[str, Any]:  # a scheme writes it as JSON
    """{days, unit, source} as the scheme states it."""
    return scheme.clocks.get(name) or CLOCKS[name]


def by_uninvolved_hands(appeal: "Appeal", actor: Actor) -> str | None:
    """ISO/IEC 17065 7.13.5: whoever took any step in the case does not hear the appeal."""
    return "took-part-in-the-case" if actor.id in appeal.involved else None


def second_level_in_time(appeal: "Appeal", _actor: Actor) -> str | None:
    over = appeal.second_until is None or appeal.second_until < today()
    return "appeal-too-late" if over else None


def second_level_over(appeal: "Appeal", _actor: Actor) -> str | None:
    return None if second_level_in_time(appeal, _actor) else "second-appeal-still-open"


HEARD_BY_OTHERS = (clear_to("handle_appeal"), by_uninvolved_hands)

APPEAL = Machine(
    "appeal", "filed",
    step("accept", "filed", "accepted", "appeals_officer", *HEARD_BY_OTHERS),
    step("reject", "filed", "rejected", "appeals_officer", *HEARD_BY_OTHERS, demands=[reason_given]),
    step("investigate", "accepted|investigating", "investigating", "appeals_officer", *HEARD_BY_OTHERS,
         demands=[needs("findings-missing", "findings")]),
    step("decide", "investigating", "decided", "appeals_officer", *HEARD_BY_OTHERS,
         demands=[needs("outcome-missing", "outcome"), one_of("outcome-missing", "outcome", *OUTCOMES),
                  reason_given, needs("signature-missing", "signed")]),
    step("serve", "decided", "served", "system"),
    step("escalate", "served|rejected", "escalated", "applicant", second_level_in_time,
         demands=[reason_given]),
    step("conclude", "escalated", "closed", "regulator",
         demands=[needs("outcome-missing", "conclusion"),
                  one_of("outcome-missing", "conclusion", *CONCLUSIONS), reason_given]),
    step("close", "served|rejected", "closed", "system", second_level_over),
)  # fmt: skip
