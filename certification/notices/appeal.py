"""Who is told of an appeal: the client, and people of the body who took no part in the case."""

from accounts.notices import a_day, a_word
from certification.notices.row import People, Row, holders, line, reason, task

client = holders("applicant")
office = holders("appeals_officer")
regulator = holders("regulator")


def uninvolved() -> People:
    """Whoever took a step in the case does not hear the appeal, and is not told of it either."""
    return People("body", lambda appeal: office.find(appeal) - appeal.involved, office.roles)


def filed(appeal, _facts) -> dict:
    return {"due": a_day(appeal.due_on), "lines": [line(a_word("notice.grounds"), appeal.grounds)]}


def decided(appeal, _facts) -> dict:
    """The outcome with its reasons, and until when the regulator may be asked."""
    return {
        "outcome": a_word(f"outcome.{appeal.outcome}"),
        "until": a_day(appeal.second_until),
        "lines": [line(a_word("notice.reason"), appeal.reasons)],
    }


def rejected(appeal, facts) -> dict:
    return reason(appeal, facts) | {"until": a_day(appeal.second_until)}


def escalated(appeal) -> bool:
    return appeal.regulator_id is not None


ROWS = {
    ("appeal", "file"): (task(uninvolved(), facts=filed),),
    ("appeal", "accept"): (Row(client),),
    ("appeal", "reject"): (Row(client, facts=rejected, urgent=True),),
    ("appeal", "serve"): (Row(client, facts=decided, urgent=True),),
    ("appeal", "escalate"): (task(regulator, facts=reason, when=escalated), Row(uninvolved(), facts=reason)),
    ("appeal", "conclude"): (Row(client, facts=reason, urgent=True), Row(uninvolved(), facts=reason)),
}
