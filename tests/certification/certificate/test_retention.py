"""Records are kept as long as the longest rule says; nothing of a decided case is deleted inside it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from certification.acts.models import WrittenAct
from certification.application.models import ApplicationFile, ProductModel
from certification.application.operations.applications import update_application
from certification.certificate.models import StatusAct, records, records_kept_until
from certification.certificate.queries import certificates
from certification.certificate.queries.retention import past_retention
from certification.evaluation.models import Decision
from certification.laboratory.models import TestReport
from certification.workflow.retention import kept_until
from core import clock, lifecycle
from core.clock import today
from core.errors import OutOfOrder
from tests.certification.acts.test_acts import certified, refused

pytestmark = pytest.mark.engines("sql")


@pytest.mark.parametrize(
    ("ended", "reports", "following", "until"),
    [
        ("2026-03-01", [], None, "2028-03-01"),
        ("2024-02-29", [], None, "2026-03-01"),
        ("2026-03-01", ["2025-01-10", "2023-01-10"], None, "2031-01-10"),
        ("2026-03-01", ["2019-01-10"], None, "2028-03-01"),
        ("2026-03-01", [], "2029-02-28", "2029-02-28"),
        (None, ["2019-01-10"], None, None),
    ],
)
def test_the_longest_rule_counts(ended, reports, following, until):
    days = [date.fromisoformat(day) for day in reports]
    ended, following, until = (day and date.fromisoformat(day) for day in (ended, following, until))
    assert kept_until(ended, days, following) == until


def test_the_previous_cycle_is_kept_while_the_current_one_runs():
    assert kept_until(date(2026, 3, 1), [], date.max) is None


def test_a_refused_case_is_kept_six_years_after_its_test_report(world):
    case = refused(world)
    assert records_kept_until(case.application) == today().replace(year=today().year + 6)


def test_a_case_whose_certificate_runs_has_no_end_of_keeping_in_sight(world):
    assert records_kept_until(certified(world)[0].application) is None


@pytest.mark.parametrize("model", [Decision, WrittenAct, ApplicationFile, TestReport, ProductModel])
def test_no_row_of_a_decided_case_is_deleted(db, world, model):
    case = refused(world)
    row = db.session.query(model).filter_by(application_id=case.id).first()
    db.session.delete(row)
    with pytest.raises(OutOfOrder, match="record-retained"):
        db.session.flush()


def test_neither_is_the_case_nor_its_certificate_nor_an_act_on_it(db, world):
    case, certificate = certified(world)
    lifecycle.take(certificate, "withdraw", world.actor("decision_maker"), cause="fraud", reason="造假。")
    for row in (certificate.acts[0], certificate, case.application):
        db.session.commit()
        db.session.delete(row)
        with pytest.raises(OutOfOrder, match="record-retained"):
            db.session.flush()
        db.session.rollback()


@pytest.mark.parametrize("model", [StatusAct, Decision, ApplicationFile])
def test_records_are_never_deleted_by_the_score(db, model):
    with pytest.raises(OutOfOrder, match="record-retained"):
        db.session.execute(delete(model))


def test_what_was_not_handed_in_may_still_be_taken_out(db, world):
    case = world.case("draft")
    models = [{"code": "YT-6015"}]
    update_application(case.application, world.actor("applicant"), case.application.version, models=models)
    db.session.flush()
    assert [model.code for model in case.application.models] == ["YT-6015"]


def test_every_table_that_points_at_a_case_or_a_certificate_holds_records():
    assert {"decision", "written_act", "appeal", "test_report", "status_act", "stored_file"} <= records()
    assert "draft" not in records()


def test_cases_past_their_days_are_listed_and_stay_where_they_are(db, world, command):
    case = refused(world)
    assert past_retention() == []
    with clock.travel(today() + timedelta(days=366 * 7)):
        assert [past.application.id for past in past_retention(world.actor("case_officer"))] == [case.id]
        assert past_retention(world.actor("tester")) == []
        printed = command("certification", "past-retention")
        assert case.application.number in printed
        assert "1 past retention" in printed
    assert certificates.number_of(case.id) is None
