"""What people declare of themselves, for a case and once for all."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from certification.application.queries import applications as cases
from certification.clocks.models import Clock
from certification.impartiality import queries as questions
from certification.impartiality.operations import declare, declare_tie, end_tie
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.world import DECLARING

# Declaring for a case


@pytest.fixture
def undeclared(world):
    world.declaring = ()
    case = world.case("contracted")
    case.take("plan", "case_officer", **case.plan())  # of the evidence nobody plans anything before declaring
    db.session.commit()
    return case


# ask 35
@pytest.mark.parametrize("role", DECLARING)
def test_nobody_opens_the_files_of_a_case_before_declaring_for_it(world, undeclared, role):
    with pytest.raises(NotPermitted, match="impartiality-not-declared"):
        cases.application(world.actor(role), undeclared.id)
    with pytest.raises(NotPermitted, match="impartiality-not-declared"):
        cases.file(world.actor(role), undeclared.application.files[0].id)
    declare(undeclared.application, world.actor(role), free=True)
    assert cases.application(world.actor(role), undeclared.id) is undeclared.application


@pytest.mark.parametrize("role", ["application_reviewer", "case_officer", "head_of_body", "applicant"])
def test_who_neither_evaluates_nor_judges_is_not_asked_to_declare(world, undeclared, role):
    assert cases.application(world.actor(role), undeclared.id) is undeclared.application


# ask 35
def test_the_page_asks_once_before_the_case_is_shown(world, browser, undeclared):
    reviewer, address = browser("document_reviewer"), f"/certification/impartiality/cases/{undeclared.id}"
    opened = reviewer.get(f"/certification/reviews/{undeclared.id}")
    assert opened.status_code == 302
    assert opened.location == address
    assert "公正性声明" in reviewer.get(address).text
    assert reviewer.post(address, data={}).status_code == 422
    assert reviewer.post(address, data={"free": "free"}).location.endswith(f"/reviews/{undeclared.id}")
    assert reviewer.get(f"/certification/reviews/{undeclared.id}").status_code == 200
    assert "声明已经作过" in reviewer.get(address).text


def test_a_deadline_is_explained_before_the_files_open_since_it_shows_nothing_of_them(
    world, browser, undeclared
):
    deadline = db.session.scalars(select(Clock).filter_by(application_id=undeclared.id)).first()
    reviewer = browser("document_reviewer")
    assert reviewer.get(f"/certification/clocks/{deadline.id}").status_code == 200


def test_who_declares_a_tie_stands_aside_and_reads_nothing(world, browser, undeclared):
    reviewer, address = browser("document_reviewer"), f"/certification/impartiality/cases/{undeclared.id}"
    assert reviewer.post(address, data={"free": "tied"}).status_code == 422
    answer = reviewer.post(address, data={"free": "tied", "reason": "配偶在该企业任职"})
    assert answer.location.endswith("/certification/reviews/")
    assert reviewer.get(f"/certification/reviews/{undeclared.id}").status_code == 403
    with pytest.raises(Unmet, match="conflict-of-interest"):
        undeclared.review_documents()
    assert questions.recusals(world.body.id) == {"declared": 1, "stood_aside": 1}


def test_a_declaration_is_made_once_and_stands(world, undeclared):
    actor = world.actor("lead_verifier")
    declare(undeclared.application, actor, free=True)
    with pytest.raises(OutOfOrder, match="impartiality-already-declared"):
        declare(undeclared.application, actor, free=False, reason="后来")


def test_nobody_declares_free_against_a_registered_tie(world, undeclared):
    world.conflict(world.people["lead_verifier"])
    with pytest.raises(Invalid, match="conflict-of-interest"):
        declare(undeclared.application, world.actor("lead_verifier"), free=True)


def test_nobody_of_another_organisation_declares_for_a_case(world, undeclared):
    for actor in (world.actor("applicant"), factories.actor("certification_body", "verifier")):
        with pytest.raises(NotPermitted):
            declare(undeclared.application, actor, free=True)


def test_a_case_is_declared_for_by_token_too(app, world, undeclared):
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    head, address = {"Authorization": f"Bearer {secret}"}, f"/api/v1/applications/{undeclared.id}"
    client = app.test_client()
    assert client.get(address, headers=head).json["slug"] == "impartiality-not-declared"
    assert client.post(f"{address}/declaration", json={"free": True}, headers=head).status_code == 201
    assert client.get(address, headers=head).status_code == 200


# One's own ties, and what the body knows


def test_a_tie_is_declared_and_ended_by_its_owner(world, browser):
    lead = browser("lead_verifier")
    facts = {"client_id": world.maker.id, "tie": "consulting", "valid_from": "2024-01-01"}
    assert lead.post("/certification/impartiality/", data=facts).status_code == 302
    actor = world.actor("lead_verifier")
    (tie,) = questions.ties(actor)
    assert tie.bars_on(today())
    page = lead.get("/certification/impartiality/").text
    assert world.maker.name in page
    assert "咨询或培训" in page
    end = f"/certification/impartiality/{tie.id}/end"
    assert lead.post(end, data={"valid_to": ""}).status_code == 422
    assert lead.post(end, data={"valid_to": "2024-06-30"}).status_code == 302
    db.session.expire_all()
    assert (tie.valid_to, tie.bars_until) == (date(2024, 6, 30), date(2026, 6, 30))
    with pytest.raises(OutOfOrder, match="tie-already-ended"):
        end_tie(tie, actor, today())


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"tie": "friendship"}, "tie-incomplete"),
        ({"valid_from": None}, "tie-incomplete"),
        ({"valid_to": date(2020, 1, 1)}, "dates-out-of-order"),
        ({"valid_to": date(2099, 1, 1)}, "date-in-the-future"),
    ],
)
def test_a_tie_that_cannot_be_right_is_refused(world, change, slug):
    facts = {"client_id": world.maker.id, "tie": "shares", "valid_from": date(2024, 1, 1)} | change
    with pytest.raises(Invalid, match=slug):
        declare_tie(world.actor("verifier"), **facts)


def test_a_tie_is_nobody_elses_to_see_or_end(world):
    tie = world.conflict(world.people["verifier"], valid_to=None)
    with pytest.raises(NotFound, match="tie-not-found"):
        questions.tie(world.actor("lead_verifier"), tie.id)
    with pytest.raises(NotPermitted):
        end_tie(tie, world.actor("lead_verifier"), today())


def test_the_body_sees_ties_registrations_and_competences_of_its_own_people_only(world, browser):
    world.conflict(world.people["verifier"])
    other = factories.user(factories.organisation("certification_body"), "verifier", name="外人")
    world.conflict(other)
    db.session.commit()
    page = browser("head_of_body").get("/certification/impartiality/people").text
    assert world.people["verifier"].name in page
    assert "外人" not in page
    assert browser("verifier").get("/certification/impartiality/people").status_code == 403
