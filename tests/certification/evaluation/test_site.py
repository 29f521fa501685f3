"""The visit on site: every place, seven items with pictures, two meetings, one of three conclusions."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from certification.evaluation import queries as questions
from certification.evaluation.models import SitePhotograph
from certification.evaluation.operations.site import photograph
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder, Unmet
from tests import factories
from tests.certification.lists import SITE_CHECKS
from tests.certification.world import PDF, meetings
from tests.support.markup import faults
from tests.support.pictures import png

PNG = png()
REVIEWS = "/certification/reviews"


def places(world, case, *, days: str = "2") -> list[dict]:
    people = [world.people["lead_verifier"].id]
    factory = case.application.factory
    own = {"name": factory["name"], "address": factory["address"]}
    other = {"name": "二车间", "address": "宜兴另一路 2 号"}
    return [place | {"person_days": Decimal(days), "people": people} for place in (own, other)]


def four_days() -> dict:
    return {"site_to": today() + timedelta(days=3)}


def planned(world, **more):
    case = world.case("contracted")
    facts = {"sites": places(world, case), "person_days": Decimal(4)} | four_days() | more
    case.take("plan", "case_officer", **case.plan(**facts))
    case.review_documents()
    return case


def picture(case, role: str = "lead_verifier", stream=None, filename: str = "电表.png", **more) -> None:
    facts = {"site": 0, "check": "energy_monitoring", "pictures": [(stream or BytesIO(PNG), filename)]}
    photograph(case.application, case.world.actor(role), **facts | more)


# The page


def test_a_page_of_several_sites_tells_the_items_of_each_apart(app, world, sign_in):
    case = planned(world)
    lead = sign_in(app.test_client(), world.people["lead_verifier"])
    page = lead.get(f"{REVIEWS}/{case.id}/inspect").text
    assert "二车间，" in page
    assert faults(page) == []


# The plan


def test_a_plan_that_names_no_site_visits_the_factory_of_the_application(world):
    case = world.case("evaluating")
    (site,) = questions.places(case.application)
    factory = case.application.factory
    assert (site["name"], site["address"], site["person_days"]) == (
        factory["name"],
        factory["address"],
        Decimal(2),
    )
    assert site["people"] == [world.people["lead_verifier"].name]


def test_a_plan_names_every_site_with_its_days_and_its_team(world):
    case = planned(world)
    assert [(site["name"], site["person_days"]) for site in questions.places(case.application)] == [
        (case.application.factory["name"], Decimal(2)),
        ("二车间", Decimal(2)),
    ]


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"person_days": Decimal(3)}, "person-days-too-few"),
        ({"days": "1"}, "person-days-too-few"),
        ({"drop": 0}, "site-not-covered"),
        ({"people": []}, "site-without-team"),
        ({"address": ""}, "site-unnamed"),
    ],
)
def test_a_plan_that_leaves_a_site_wanting_is_refused(world, change, slug):
    case = world.case("contracted")
    sites = places(world, case, days=change.get("days", "2"))
    if "drop" in change:
        sites.pop(change["drop"])
    sites[-1] |= {name: change[name] for name in ("people", "address") if name in change}
    with pytest.raises(Unmet, match=slug):
        days = change.get("person_days", Decimal(4))
        case.take("plan", "case_officer", **case.plan(sites=sites, person_days=days) | four_days())


def test_the_page_plans_a_second_site_and_leaves_the_rest_to_the_factory(world, browser):
    case = world.case("contracted")
    lead = world.people["lead_verifier"].id
    fields = {
        "version": case.application.version,
        "document_reviewers": [world.people["document_reviewer"].id],
        "lead_verifiers": [lead],
        "laboratory_id": world.laboratory.id,
        "person_days": "5",
        "site_from": today().isoformat(),
        "site_to": (today() + timedelta(days=4)).isoformat(),
        "sites-0-name": "二车间",
        "sites-0-address": "宜兴另一路 2 号",
        "sites-0-person_days": "2",
        "sites-0-people": [lead],
    }
    db.session.commit()
    answer = browser("case_officer").post(f"{REVIEWS}/{case.id}/plan", data=fields)
    assert answer.status_code == 302, answer.text
    db.session.expire_all()
    assert [site.person_days for site in case.application.plan.sites] == [Decimal(3), Decimal(2)]


# The record


def test_seven_items_are_answered_at_every_site(world):
    case = planned(world)
    items = [{"site": 0, "slug": slug, "finding": "conform", "note": ""} for slug in SITE_CHECKS]
    facts = {"conclusion": "pass", "person_days": Decimal(4), "meetings": meetings(today())}
    facts |= {"started_on": today(), "ended_on": today()}
    with pytest.raises(Unmet, match="site-check-unanswered"):
        case.take("verify_site", "lead_verifier", items=items, **facts)
    items += [item | {"site": 1} for item in items]
    case.take("verify_site", "lead_verifier", items=items, **facts)
    assert [len(shown) for _, shown in questions.record(case.application)] == [7, 7]


@pytest.mark.parametrize("left_out", ["opening", "closing", "participants", "confirmed_by"])
def test_opening_and_closing_meeting_are_on_record_with_who_confirmed(world, left_out):
    case = world.case("evaluating")
    case.review_documents()
    held = [meeting | {left_out: ""} for meeting in meetings(today()) if meeting["kind"] != left_out]
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in SITE_CHECKS]
    facts = {"items": items, "person_days": Decimal(2), "conclusion": "pass", "meetings": held}
    with pytest.raises(Unmet, match="meeting-missing"):
        case.take("verify_site", "lead_verifier", started_on=today(), ended_on=today(), **facts)


@pytest.mark.parametrize("conclusion", ["pass", "pass_after_correction", "fail"])
def test_the_conclusion_is_one_of_three_values(world, conclusion):
    case = world.case("evaluating")
    case.review_documents()
    case.visit(conclusion)
    assert case.application.site.conclusion == conclusion
    with pytest.raises(Unmet, match="site-conclusion-missing"):
        case.visit("perhaps")


# Photographs


def test_a_photograph_is_kept_at_once_and_frozen_with_the_record(world):
    case = world.case("evaluating")
    case.review_documents()
    picture(case)
    kept = db.session.query(SitePhotograph).one()
    case.visit()
    picture(case, check="process_flow")
    item = next(item for item in case.application.site.items if item["slug"] == "energy_monitoring")
    assert item["photographs"] == [kept.digest]
    shown = {item["slug"]: item["pictures"] for item in questions.record(case.application)[0][1]}
    assert shown["energy_monitoring"] == [kept]
    assert shown["process_flow"] == []


@pytest.mark.parametrize(
    ("more", "kind", "slug"),
    [
        ({"filename": "电表.pdf", "stream": BytesIO(PDF)}, Invalid, "photograph-not-a-picture"),
        ({"filename": "电表.png", "stream": BytesIO(PDF)}, Invalid, "file-is-another-kind"),
        ({"check": "cooking"}, NotFound, "site-not-found"),
        ({"site": 3}, NotFound, "site-not-found"),
        ({"role": "document_reviewer"}, Unmet, "not-on-the-team"),
        ({"role": "verifier"}, Unmet, "not-on-the-team"),
    ],
)
def test_a_photograph_that_cannot_be_kept_is_refused(world, more, kind, slug):
    case = world.case("evaluating")
    with pytest.raises(kind, match=slug):
        picture(case, **more)
    assert db.session.query(SitePhotograph).count() == 0


def test_no_photograph_is_added_to_a_case_that_is_not_being_evaluated(world):
    with pytest.raises(OutOfOrder):
        picture(world.case("in_review"))


def test_photographs_are_uploaded_by_item_and_printed_with_the_record(world, browser):
    case = world.case("evaluating")
    case.review_documents()
    db.session.commit()
    lead = browser("lead_verifier")
    address = f"{REVIEWS}/{case.id}/site/0/energy_monitoring/photographs"
    sent = lead.post(address, data={"photograph": [(BytesIO(PNG), "a.png"), (BytesIO(PNG + b"1"), "b.png")]})
    assert sent.status_code == 302
    assert lead.post(address, data={"photograph": (BytesIO(PDF), "c.pdf")}).status_code == 302
    assert "照片 2" in lead.get(f"{REVIEWS}/{case.id}/inspect").text
    assert db.session.query(SitePhotograph).count() == 2
    assert lead.get(f"{REVIEWS}/{case.id}/site-record").status_code == 404
    case.visit()
    db.session.commit()
    record = lead.get(f"{REVIEWS}/{case.id}/site-record").text
    assert record.count("/reviews/photographs/") == 2
    assert "末次会议" in record
    found = db.session.query(SitePhotograph).order_by(SitePhotograph.id).first()
    with lead.get(f"{REVIEWS}/photographs/{found.id}") as shown:
        assert shown.data == PNG


def test_a_photograph_is_for_the_body_of_the_case_alone(app, world, browser, sign_in):
    case = world.case("evaluating")
    picture(case)
    db.session.commit()
    found = db.session.query(SitePhotograph).one()
    assert browser("applicant").get(f"{REVIEWS}/photographs/{found.id}").status_code == 403
    stranger = factories.user(factories.organisation("certification_body"), "lead_verifier")
    db.session.commit()
    visitor = sign_in(app.test_client(), stranger)
    assert visitor.get(f"{REVIEWS}/photographs/{found.id}").status_code == 404
