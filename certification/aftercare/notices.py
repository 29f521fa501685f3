"""Who is told what happens while a certificate lives: follow-up checks, and acts that are proposed."""

from accounts.notices import a_day, a_word
from accounts.queries import every_holder, staff_ids
from certification.aftercare.models import CheckFinding, StatusProposal, Surveillance
from certification.notices.row import People, Row, holders, line, reason, task
from core.machine import Facts

holder = holders("applicant")
officer = holders("case_officer")
decider = holders("decision_maker")
verifier = holders("lead_verifier")
regulator = People("regulator", lambda _check: every_holder("regulator"), frozenset({"regulator"}))


def seen_by_all(thing: Surveillance | StatusProposal) -> str:
    """The page of the certificate that the regulator reads as anybody does."""
    return f"/verify/{thing.certificate.number}"


def its_team() -> People:
    """The team of the check itself, not that of the case the certificate came from."""

    def find(thing: Surveillance | CheckFinding) -> set[int]:
        check = thing.check if isinstance(thing, CheckFinding) else thing
        return {member.user_id for member in check.team} & staff_ids(check.certificate.body_id)

    return People("body", find, frozenset({"lead_verifier", "verifier"}), named=True)


def of_check(check: Surveillance, facts: Facts) -> dict[str, object]:
    """The day of the visit, and the day by which something is due: an answer, or the check itself."""
    lines = reason(check, facts) if facts.get("reason") else {}
    return {"on": a_day(check.on), "due": a_day(check.correction_due or check.due), **lines}


def of_finding(finding: CheckFinding, facts: Facts) -> dict[str, object]:
    said = facts.get("answer") or facts.get("reason") or ""
    what = "notice.answer" if facts.get("answer") else "notice.reason"
    return {"finding": finding.number, "lines": [line(a_word(what), said)]}


def last_open(finding: CheckFinding) -> bool:
    return all(each.is_closed for each in finding.check.findings)


def of_proposal(proposal: StatusProposal, facts: Facts) -> dict[str, object]:
    said = facts.get("reason") or proposal.reason
    what = a_word(f"certificate.step.{proposal.kind}")
    return {"what": what, "lines": [line(a_word("notice.reason"), said)]}


def by_holder(proposal: StatusProposal) -> bool:
    return proposal.source == "holder"


def by_regulator(proposal: StatusProposal) -> bool:
    return proposal.is_ordered


def of_its_own(proposal: StatusProposal) -> bool:
    return not proposal.is_ordered


def is_ordered(check: Surveillance) -> bool:
    return check.ordered_on is not None


def of_order(proposal: StatusProposal, facts: Facts) -> dict[str, object]:
    return of_proposal(proposal, facts) | {"due": a_day(proposal.due_on)}


def of_ordered(check: Surveillance, _facts: Facts) -> dict[str, object]:
    return {"due": a_day(check.due), "lines": [line(a_word("notice.reason"), check.order_reason)]}


def to_restore(proposal: StatusProposal) -> bool:
    return proposal.is_wish_to_restore


ROWS = {
    ("surveillance", "notify"): (
        task(its_team(), facts=of_check, variant="team"),
        Row(holder, group="certificate", facts=of_check),
    ),
    ("surveillance", "conduct"): (task(decider, facts=of_check),),
    ("surveillance", "require"): (task(holder, facts=of_check, urgent=True),),
    ("check_finding", "answer"): (task(its_team(), facts=of_finding),),
    ("check_finding", "reject"): (task(holder, facts=of_finding, urgent=True),),
    ("check_finding", "close"): (
        Row(holder, group="certificate", facts=of_finding),
        task(decider, facts=of_finding, variant="last", when=last_open),
    ),
    ("surveillance", "order"): (
        task(officer, facts=of_ordered, urgent=True),
        Row(holder, group="certificate", facts=of_ordered, variant="holder"),
    ),
    ("surveillance", "decline_order"): (Row(regulator, link=seen_by_all, facts=of_check, urgent=True),),
    ("surveillance", "pass"): (
        Row(holder, group="certificate", facts=of_check),
        Row(regulator, link=seen_by_all, facts=of_check, when=is_ordered),
    ),
    ("surveillance", "fail"): (
        Row(holder, group="certificate", facts=of_check, urgent=True),
        Row(regulator, link=seen_by_all, facts=of_check, when=is_ordered),
    ),
    ("surveillance", "miss"): (
        task(officer, facts=of_check, urgent=True),
        Row(regulator, link=seen_by_all, facts=of_check, variant="regulator", urgent=True),
    ),
    ("status_proposal", "propose"): (
        task(decider, facts=of_proposal, when=of_its_own),
        task(decider, facts=of_order, variant="ordered", when=by_regulator, urgent=True),
        task(verifier, facts=of_proposal, variant="restore", when=to_restore),
    ),
    ("status_proposal", "verify"): (task(decider, facts=of_proposal),),
    ("status_proposal", "decline"): (
        Row(holder, group="certificate", facts=of_proposal, when=by_holder),
        Row(officer, facts=of_proposal),
        Row(
            regulator, link=seen_by_all, facts=of_proposal, variant="ordered", when=by_regulator, urgent=True
        ),
    ),
    ("status_proposal", "carry_out"): (
        Row(regulator, link=seen_by_all, facts=of_proposal, when=by_regulator),
    ),
}
