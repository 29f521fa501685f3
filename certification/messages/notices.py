"""Who is told of a message: the other side, those who work on the case first."""

from sqlalchemy import select

from accounts.notices import a_word
from accounts.queries import holders as role_holders
from accounts.queries import staff_ids
from certification.application.models import Application, Responsibility
from certification.laboratory.models import Sample
from certification.notices.row import People, Row, holders, line
from certification.notices.row import at as place
from core.db import db
from core.machine import Facts


def _at_work(case: Application) -> set[int]:
    """Who answers for the case in the body and who evaluates it; before that, who takes cases in."""
    query = select(Responsibility).where(
        Responsibility.application_id == case.id, Responsibility.organisation_id == case.body_id
    )
    newest = db.session.scalars(query.order_by(Responsibility.id.desc())).first()
    named = {member.user_id for member in case.plan.team} if case.plan else set()
    named |= {newest.user_id} if newest else set()
    found = named & staff_ids(case.body_id)
    return found or role_holders(case.body_id, ("application_reviewer", "case_officer"))


def said(_thing: Application | Sample, facts: Facts) -> dict[str, object]:
    return {"lines": [line(a_word("notice.message"), facts["text"])]}


def of_case(case: Application) -> str:
    return f"/certification/cases/{case.id}/messages"


def of_sample(sample: Sample) -> str:
    return f"/certification/cases/{sample.application_id}/messages"


def of_opening(case: Application, facts: Facts) -> dict[str, object]:
    return {"lines": [line(place(case, facts["anchor"]), facts["text"])]}


at_work = People("body", _at_work, named=True)

ROWS = {
    ("application", "message_of_body"): (Row(holders("applicant"), facts=said, link=of_case),),
    ("application", "message_of_applicant"): (Row(at_work, facts=said, link=of_case),),
    ("application", "message_of_laboratory"): (Row(at_work, facts=said, link=of_case),),
    ("application", "opening_asked"): (Row(holders("application_reviewer"), facts=of_opening, link=of_case),),
    ("application", "opening_granted"): (Row(holders("applicant"), facts=of_opening, link=of_case),),
    ("application", "opening_refused"): (Row(holders("applicant"), facts=of_opening, link=of_case),),
    ("sample", "message"): (Row(holders("sample_receiver"), facts=said, link=of_sample),),
}
