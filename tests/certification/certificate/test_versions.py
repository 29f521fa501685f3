"""A certificate that stands is changed, extended, reduced or recertified by a case of its own."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalog import queries as catalog
from certification.application.models import Application
from certification.certificate import document, statement
from certification.certificate.operations.versions import open_case
from certification.certificate.queries import certificates
from certification.label.operations.labels import request_label
from certification.workflow.purpose import recertification_from, recertification_until
from core import audit, clock, jobs, lifecycle
from core.calendar.count import months_after
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of, plan_documents_only
from tests.certification.world import Case
from tests.support.rules import amend

pytestmark = pytest.mark.engines("types")


@pytest.fixture
def first(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def about(world, first):
    """about(purpose, models): a case about the certificate, as a draft, with these models."""

    def ask(purpose: str = "change", models=()) -> Case:
        return case_about(world, first, purpose, models)

    return ask


def recertify_on(certificate) -> date:
    return certificate.valid_to - timedelta(days=90)


def test_the_holder_opens_a_case_that_is_filled_in_from_the_one_before(first, about):
    case, before = about("change").application, first.application
    assert (case.state, case.purpose, case.certificate_id) == ("draft", "change", first.id)
    assert case.product_name == before.product_name
    assert (case.producer, case.factory) == (before.producer, before.factory)
    assert [file.digest for file in case.current_files] == [file.digest for file in before.current_files]
    assert [row.name for row in case.inventory.rows] == [row.name for row in before.inventory.rows]
    assert case.inventory is not before.inventory
    assert first.open_cases == [case]


def test_a_change_leads_to_a_new_version_under_the_same_number_to_the_same_last_day(first, about):
    before = (first.number, first.code, first.issued_on, first.valid_to)
    was = first.digest
    with clock.travel(today() + timedelta(days=100)):
        case = about("change")
        case.fill("8.10")
        case.to("certified")
        assert (first.number, first.code, first.issued_on, first.valid_to) == before
        assert (first.edition, first.reissued_on, first.carbon) == (2, today(), Decimal("8.10"))
        said = json.loads(first.statement)
        assert said["edition"] == {
            "number": 2,
            "purpose": "change",
            "reissued_on": today().isoformat(),
            "replaces": "",
            "gap_from": "",
            "gap_to": "",
        }
        assert certificates.signature_holds(first)
        assert certificate_of(case) is first
    [former] = first.former
    assert (former.digest, former.edition, former.carbon) == (was, 1, Decimal("8.45"))
    assert (former.dated, former.superseded_on) == (first.issued_on, first.reissued_on)
    assert statement.digest(json.loads(former.statement)) == was


def test_the_catalogue_says_what_the_new_version_says(first, about):
    case = about("extension", ("YT-6015", "YT-6016", "YT-6017"))
    case.fill("8.20")
    case.to("certified")
    [entry] = [entry for entry in catalog.certified() if entry.number == first.number]
    assert entry.models == ["YT-6015", "YT-6016", "YT-6017"]
    assert [code.code for code in entry.codes] == entry.models
    assert entry.carbon == Decimal("8.20")


def test_a_reduced_certificate_no_longer_covers_the_model_given_up(first, about):
    about("reduction", ("YT-6015",)).to("certified")
    standing = certificates.standing(first, today())
    assert standing.covers("YT-6015")
    assert not standing.covers("YT-6016")


def test_both_versions_are_drawn_even_when_the_first_waited(first, about):
    about("change").to("certified")
    db.session.commit()
    assert jobs.run_due() >= 2
    db.session.refresh(first)
    assert first.document
    assert first.former[0].document
    assert first.document != first.former[0].document


def test_the_pdf_names_the_version_and_the_day_it_was_issued_anew(first, about):
    about("change").to("certified")
    page = document.html(json.loads(first.statement), first.digest, first.signature)
    assert "第 2 版，换发日期" in page
    former = first.former[0]
    assert "换发日期" not in document.html(json.loads(former.statement), former.digest, former.signature)


@pytest.mark.parametrize("number", [1, 2])
def test_a_statement_of_an_earlier_format_is_still_drawn_and_still_holds(app, first, number):
    """What was signed before versions were counted, or a first day was named, is read as it is."""
    from certification.certificate import keys

    said = json.loads(first.statement)
    del said["begins_on"], said["edition"]["gap_from"], said["edition"]["gap_to"]
    if number == 1:
        del said["edition"]
    said["format"] = f"tanbiao/certificate/{number}"
    first.statement, first.digest = statement.canonical(said).decode(), statement.digest(said)
    uscc = first.body.uscc
    folder = app.config["KEY_DIR"]
    [kid] = keys.kids(folder, uscc)
    first.signature = keys.sign(folder, uscc, kid, statement.signed_bytes(said))
    assert certificates.signature_holds(first)
    standing = certificates.standing(first, today())
    assert (standing.status, standing.differs) == ("valid", [])
    assert first.number in document.html(said, first.digest, first.signature)


# Recertification


def test_a_recertified_certificate_takes_the_place_of_the_old_one_without_gap_or_overlap(first, about):
    begins = first.valid_to + timedelta(days=1)
    with clock.travel(recertify_on(first)):
        about("recertification").to("certified")
        new = first.replaced_by
        assert (new.replaces, new.number != first.number, new.issued_on) == (first, True, today())
        said = json.loads(new.statement)
        assert (said["edition"]["replaces"], said["begins_on"]) == (first.number, begins.isoformat())
        assert (first.state, new.state, new.gap) == ("valid", "not_issued", None)
    assert (new.begins_on, new.valid_to) == (begins, clock.years_after(begins, 3))
    for days in range(-3, 3):
        day = begins + timedelta(days=days)
        standing = [certificate.status_on(day) for certificate in (first, new)]
        assert standing == (["valid", "not_issued"] if days < 0 else ["expired", "valid"]), day
        listed = [entry.status_on(day) for entry in catalog.certified()]
        assert listed == standing


def test_a_certificate_that_has_not_begun_is_no_ground_for_a_label_and_may_be_withdrawn(
    world, first, about, client
):
    with clock.travel(recertify_on(first)):
        about("recertification").to("certified")
        new = first.replaced_by
        db.session.commit()
        page = client.get(f"/verify/{new.number}").text
        assert "证书还没有生效" in page
        assert f"自 {new.begins_on} 起生效" in page
        assert "证书有效" in client.get(f"/verify/{first.number}").text
        with pytest.raises(Unmet):
            request_label(new, world.actor("applicant"), "外箱")
        lifecycle.take(new, "withdraw", world.actor("decision_maker"), cause="fraud", reason="事实")
        assert (new.state, first.state) == ("withdrawn", "valid")
    assert new.status_on(new.begins_on) == "withdrawn"


def test_nobody_asks_before_the_earliest_day_and_is_told_which_it_is(world, first):
    earliest = months_after(first.valid_to, -12)
    with (
        clock.travel(earliest - timedelta(days=1)),
        pytest.raises(Unmet, match="recertification-too-early") as refused,
    ):
        open_case(first, world.actor("applicant"), "recertification")
    assert refused.value.detail["first"] == earliest.isoformat()


@pytest.mark.parametrize(("before", "after", "late"), [(12, 0, 0), (6, 0, 0), (6, 1, 1), (6, 20, 20)])
def test_the_punctual_are_never_refused_and_the_late_are_told_by_how_many_days(
    world, first, before, after, late
):
    with clock.travel(months_after(first.valid_to, -before) + timedelta(days=after)):
        open_case(first, world.actor("applicant"), "recertification")
    entry = db.session.query(audit.Entry).filter_by(verb="certificate.open_case").one()
    assert json.loads(entry.data)["days_late"] == late


def test_recertification_is_asked_for_up_to_the_last_day(world, first):
    with clock.travel(first.valid_to):
        assert open_case(first, world.actor("applicant"), "recertification").state == "draft"


def test_a_scheme_may_state_both_ends_of_asking(world, first):
    amend(
        world.scheme,
        clocks={
            "recertification_earliest": {"months": 3, "source": "方案"},
            "recertification_latest": {"months": 0, "source": "方案"},
        },
    )
    assert recertification_from(first) == months_after(first.valid_to, -3)
    assert recertification_until(first) == first.valid_to


def test_a_late_recertification_goes_on_past_the_last_day_and_its_gap_is_named(first, about, browser):
    with clock.travel(first.valid_to - timedelta(days=2)):
        case = about("recertification")
    with clock.travel(first.valid_to + timedelta(days=11)):
        case.to("certified")
        new = first.replaced_by
        assert (first.state, new.state) == ("expired", "valid")
        said = json.loads(new.statement)["edition"]
        last, start = first.valid_to + timedelta(days=10), first.valid_to + timedelta(days=1)
        assert (said["gap_from"], said["gap_to"]) == (start.isoformat(), last.isoformat())
        reader, own = browser("applicant"), "/certification/certificates/{}"
        for number in (first.number, new.number):
            for page in ("/verify/{}", "/certificates/{}", own, own + "/life"):
                shown = reader.get(page.format(number)).text
                assert f"{start} 至 {last} 没有有效证书（10 天）" in shown, page
        paper = document.html(json.loads(new.statement), new.digest, new.signature)
        assert "没有有效证书" in paper


def test_nothing_leads_out_of_a_certificate_whose_successor_began(world, first, about):
    with clock.travel(recertify_on(first)):
        about("recertification").to("certified")
    with clock.travel(first.valid_to + timedelta(days=1)), pytest.raises(OutOfOrder):
        lifecycle.take(first, "withdraw", world.actor("decision_maker"), cause="fraud", reason="事实")


# guard 16
def test_a_change_of_holder_needs_a_case_of_its_own(world, first):
    stranger = factories.actor("manufacturer", "applicant")
    with pytest.raises(NotPermitted, match="holder-cannot-change"):
        open_case(first, stranger, "change")


# guard 16
def test_a_case_about_a_certificate_cannot_be_handed_in_for_another_holder(world, first, about):
    case = about("change")
    case.application.applicant_id = factories.organisation("manufacturer").id
    db.session.flush()
    other = factories.user(case.application.applicant, "applicant")
    db.session.expire(case.application, ["applicant"])
    with pytest.raises(Unmet) as refused:
        lifecycle.take(case.application, "submit", other.memberships[0].actor(), declared=True)
    assert "holder-cannot-change" in refused.value.detail["unmet"]


def test_one_case_at_a_time_is_open_about_a_certificate(world, first, about):
    about("change")
    db.session.expire(first, ["cases"])
    with pytest.raises(OutOfOrder, match="case-already-open"):
        open_case(first, world.actor("applicant"), "extension")


@pytest.mark.parametrize(
    ("purpose", "models", "slug"),
    [
        ("reduction", ("YT-6015", "YT-6016"), "reduction-must-drop-models"),
        ("reduction", ("YT-6015", "YT-7000"), "reduction-must-drop-models"),
        ("extension", ("YT-6015", "YT-6016"), "extension-must-add-models"),
        ("extension", ("YT-6015", "YT-7000"), "extension-must-add-models"),
    ],
)
def test_the_models_must_fit_what_is_asked_for(about, purpose, models, slug):
    case = about(purpose, models)
    with pytest.raises(Unmet, match=slug):
        case.to("submitted")


@pytest.mark.parametrize("purpose", ["initial", "transfer", ""])
def test_only_the_purposes_of_the_rules_can_be_asked_for(world, first, purpose):
    with pytest.raises(Invalid, match="purpose-unknown"):
        open_case(first, world.actor("applicant"), purpose)


@pytest.mark.parametrize("role", ["decision_maker", "case_officer", "tester"])
def test_only_an_applicant_opens_a_case(world, first, role):
    with pytest.raises(NotPermitted):
        open_case(first, world.actor(role), "change")


def test_a_withdrawn_certificate_is_not_changed(world, first):
    lifecycle.take(first, "withdraw", world.actor("decision_maker"), cause="fraud", reason="事实")
    with pytest.raises(Unmet, match="certificate-not-open"):
        open_case(first, world.actor("applicant"), "change")


def test_a_suspended_certificate_is_restored_before_a_new_version_is_issued(world, first, about):
    case = about("change").to("granted")
    until = today() + timedelta(days=30)
    act = {"cause": "misuse", "reason": "事实", "until": until}
    lifecycle.take(first, "suspend", world.actor("decision_maker"), **act)
    with pytest.raises(Unmet, match="certificate-not-ready"):
        case.to("certified")
    assert (first.edition, case.state) == (1, "granted")


# Which parts are evaluated


def test_a_change_is_evaluated_as_far_as_the_plan_says_with_its_reason(first, about):
    case = about("change").to("contracted")
    reason = "只变更商标，产品与工艺不变"
    plan_documents_only(case, reason)
    assert case.application.planned_parts == ("documents",)
    assert case.application.plan.parts_reason == reason
    case.review_documents()
    case.finish()
    case.to("certified")
    assert first.edition == 2


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"parts": ["documents"]}, "parts-reason-missing"),
        ({"parts": ["documents"], "parts_reason": "  "}, "parts-reason-missing"),
        ({"parts": ["gossip"], "parts_reason": "x"}, "parts-unknown"),
        ({"laboratory_id": None}, "plan-incomplete"),
        ({"person_days": None}, "plan-incomplete"),
        ({"person_days": Decimal(1)}, "person-days-too-few"),
    ],
)
def test_a_plan_that_leaves_something_out_without_ground_is_refused(about, facts, slug):
    case = about("change").to("contracted")
    with pytest.raises(Unmet, match=slug):
        case.take("plan", "case_officer", **case.plan(**facts))


@pytest.mark.parametrize("parts", [["documents"], ["documents", "site"], ["documents", "tests"]])
def test_nothing_is_left_out_of_a_first_certification(world, parts):
    case = world.case("contracted")
    with pytest.raises(Unmet, match="part-omitted"):
        case.take("plan", "case_officer", **case.plan(parts=parts, parts_reason="省时间"))


def test_nothing_is_left_out_of_a_recertification_and_its_visit_has_its_full_length(first, about):
    with clock.travel(recertify_on(first)):
        case = about("recertification").to("contracted")
        with pytest.raises(Unmet, match="part-omitted"):
            case.take("plan", "case_officer", **case.plan(parts=["documents"], parts_reason="省"))
        with pytest.raises(Unmet, match="person-days-too-few"):
            case.take("plan", "case_officer", **case.plan(person_days=Decimal(1)))


@pytest.mark.parametrize(
    ("step", "role"), [("order_sample", "lead_verifier"), ("verify_site", "lead_verifier")]
)
def test_a_part_that_is_not_planned_cannot_be_entered(world, about, step, role):
    case = about("change").to("contracted")
    case.take("plan", "case_officer", **case.plan(parts=["documents"], parts_reason="只变更名称"))
    offers = {offer.name: offer for offer in lifecycle.offers(case.application, world.actor(role))}
    assert "part-not-planned" in offers[step].unmet


# The waiting period


def test_after_a_withdrawal_the_same_holder_waits_before_the_same_kind_is_applied_for(world, first):
    lifecycle.take(first, "withdraw", world.actor("decision_maker"), cause="fraud", reason="事实")
    with pytest.raises(Unmet, match="reapplication-barred"):
        world.case("submitted")
    with clock.travel(first.waiting_until + timedelta(days=1)):
        world.case("submitted")


def test_a_cancellation_bars_nobody(world, first):
    lifecycle.take(first, "cancel", world.actor("decision_maker"), cause="holder_request", reason="申请")
    assert world.case("submitted").state == "submitted"


def test_the_database_ties_the_purpose_to_the_certificate(world):
    from sqlalchemy.exc import IntegrityError

    case = world.case("draft").application
    case.purpose = "change"
    with pytest.raises(IntegrityError, match="purpose_names_certificate"):
        db.session.flush()
    assert isinstance(case, Application)
