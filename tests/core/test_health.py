from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from core import audit, clock, fonts, health
from core.clock import now
from core.jobs import Job
from tests import factories

pytestmark = pytest.mark.engines("sql")


def by_name(name: str) -> health.Check:
    return next(check for check in health.checks() if check.name == name)


def test_a_sound_installation_passes_every_check(db, command):
    assert [check for check in health.checks() if not check.ok] == []
    assert command("doctor").count("ok  ") == len(health.checks())
    assert command("doctor", "--deep").count("ok  ") == len(health.checks(deep=True))


def test_tables_of_another_version_are_noticed(db):
    db.session.execute(text("DELETE FROM alembic_version"))
    db.session.execute(text("INSERT INTO alembic_version VALUES ('elsewhere')"))
    check = by_name("migrations")
    assert not check.ok
    assert "elsewhere" in check.detail


def test_storage_that_cannot_be_written_is_noticed(app, db, tmp_path, command):
    (tmp_path / "files").write_text("not a folder")
    assert not by_name("storage").ok
    assert "FAIL  storage" in command("doctor", fails=True)


def test_a_missing_font_is_noticed(db, monkeypatch):
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    assert "pylopdf-fonts-zh-cn" in by_name("fonts").detail


def test_who_runs_the_site_stands_at_its_foot_and_what_is_missing_is_named(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "OPERATOR", "江苏省某中心")
    monkeypatch.setitem(app.config, "FILING_NUMBER", "苏ICP备00000000号")
    foot = app.test_client().get("/help").text.partition("<footer")[2]
    assert "主办：江苏省某中心" in foot
    assert "苏ICP备00000000号" in foot
    assert foot.count("未填写") == 2
    assert by_name("imprint") == ("imprint", True, "not set: OPERATOR_CONTACT, OPERATOR_SUPPORT")


@pytest.mark.parametrize(("minutes", "ok"), [(4, True), (6, False)])
def test_a_job_that_waits_too_long_is_noticed(db, minutes, ok):
    db.session.add(Job(kind="note", due=now() - timedelta(minutes=minutes)))
    assert by_name("jobs").ok is ok


@pytest.mark.parametrize(("minutes", "ok"), [(4, True), (6, False)])
def test_a_long_queue_is_no_illness_while_jobs_are_being_done(db, minutes, ok):
    db.session.add(Job(kind="note", due=now() - timedelta(days=1)))
    db.session.add(Job(kind="note", state="done", done_at=now() - timedelta(minutes=minutes)))
    assert by_name("jobs").ok is ok


def test_a_job_that_is_not_due_yet_is_not_late(db):
    db.session.add(Job(kind="note", due=now() + timedelta(hours=1), created_at=now() - timedelta(days=1)))
    assert by_name("jobs").ok


def test_failed_jobs_are_counted(db):
    db.session.add_all([Job(kind="note", state="failed"), Job(kind="note", state="failed")])
    assert by_name("jobs").detail == "0 due, 2 failed"


def test_the_record_is_verified_by_command(db, command):
    audit.record(factories.paper_actor(), "note.made", "note/1")
    audit.record(factories.paper_actor(), "note.made", "note/2")
    assert command("audit", "verify") == "2 entries, the chain holds\n"
    db.session.execute(update(audit.Entry).where(audit.Entry.subject == "note/1").values(verb="note.changed"))
    assert "was altered" in command("audit", "verify", fails=True)


def test_a_record_that_was_reckoned_anew_no_longer_holds_the_head_that_was_kept(db, client, command):
    assert client.get("/record/head.json").json["head"] is None
    for number in (1, 2, 3):
        audit.record(factories.paper_actor(), "note.made", f"note/{number}")
    kept = client.get("/record/head.json").json["head"]
    assert kept["digest"] == audit.newest().digest
    audit.record(factories.paper_actor(), "note.made", "note/4")
    assert command("audit", "verify", "--holding", kept["digest"]) == "4 entries, the chain holds\n"
    reckon_anew_without(db, "note/2")
    assert command("audit", "verify") == "3 entries, the chain holds\n"
    assert "no longer holds" in command("audit", "verify", "--holding", kept["digest"], fails=True)


def reckon_anew_without(db, subject: str) -> None:
    rows = list(db.session.scalars(select(audit.Entry).order_by(audit.Entry.id)))
    db.session.execute(text("DELETE FROM audit_entry"))
    db.session.execute(text("DELETE FROM audit_head"))
    for row in rows:
        if row.subject != subject:
            with clock.travel(row.at):
                audit.record(factories.paper_actor(), row.verb, row.subject)


def test_mails_that_leave_do_not_hide_that_no_paper_is_drawn(db):
    past = now() - timedelta(minutes=10)
    db.session.add_all(
        [Job(kind="certificate.draw", due=past), Job(kind="mail.send", done_at=now(), state="done")]
    )
    assert "no long job" in by_name("jobs").detail


def test_a_long_job_whose_lease_is_renewed_is_no_illness(db):
    past, leased = now() - timedelta(minutes=20), now() + timedelta(minutes=1)
    db.session.add(Job(kind="certificate.draw", due=past, state="running", lease_until=leased))
    assert by_name("jobs").ok
