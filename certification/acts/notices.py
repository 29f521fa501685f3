"""Who is told of an appeal: the client, and people of the body who took no part in the case."""

from accounts.notices import a_day, a_word
from certification.acts.models import Appeal
from certification.notices.row import Row, holders, line, reason, task, uninvolved
from core.machine import Facts

client = holders("applicant")
office = uninvolved("appeals_officer")
regulator = holders("regulator")


def filed(appeal: Appeal, _facts: Facts) -> dict[str, object]:
    return {"due": a_day(appeal.due_on), "lines": [line(a_word("notice.grounds"), appeal.grounds)]}


def decided(appeal: Appeal, _facts: Facts) -> dict[str, object]:
    """The outcome with its reasons, and until when the regulator may be asked."""
    return {
        "outcome": a_word(f"outcome.{appeal.outcome}"),
        "until": a_day(appeal.second_until),
        "lines": [line(a_word("notice.reason"), appeal.reasons)],
    }


def rejected(appeal: Appeal, facts: Facts) -> dict[str, object]:
    return reason(appeal, facts) | {"until": a_day(appeal.second_until)}


def escalated(appeal: Appeal) -> bool:
    return appeal.regulator_id is not None


ROWS = {
    ("appeal", "file"): (task(office, facts=filed),),
    ("appeal", "accept"): (Row(client),),
    ("appeal", "reject"): (Row(client, facts=rejected, urgent=True),),
    ("appeal", "serve"): (Row(client, facts=decided, urgent=True),),
    ("appeal", "escalate"): (task(regulator, facts=reason, when=escalated), Row(office, facts=reason)),
    ("appeal", "conclude"): (Row(client, facts=reason, urgent=True), Row(office, facts=reason)),
}
