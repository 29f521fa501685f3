"""Whoever looks after the installation sees what was given up, and has it done again."""

import pytest

from core import audit, jobs
from core.health import IMPRINT
from core.jobs import Job
from core.words import known
from tests import factories

pytestmark = pytest.mark.engines("order")


@pytest.fixture
def lost(db):
    job = Job(
        kind="mail.send", payload={"delivery_id": 7}, state="failed", attempts=5, error="no route to host"
    )
    db.session.add(job)
    db.session.commit()
    return job


@pytest.fixture
def chief(client, sign_in, db):
    user = factories.user(factories.organisation("regulator"), "administrator")
    db.session.commit()
    return sign_in(client, user)


def test_an_administrator_sees_what_was_given_up_and_why(chief, lost):
    page = chief.get("/jobs").text
    assert "发送邮件" in page
    assert "no route to host" in page
    assert "/jobs" in chief.get("/roles").text


def test_an_administrator_has_it_done_again_and_that_is_recorded(chief, lost, db):
    assert "已重新排队" in chief.post(f"/jobs/{lost.id}/repeat", follow_redirects=True).text
    db.session.refresh(lost)
    assert (lost.state, lost.attempts) == ("queued", 0)
    assert [entry.verb for entry in audit.entries([f"job/{lost.id}"], ["job.repeat"])] == ["job.repeat"]


def test_what_is_being_done_is_not_repeated(chief, lost, db):
    lost.state = "running"
    db.session.commit()
    answer = chief.post(f"/jobs/{lost.id}/repeat")
    assert answer.status_code == 409
    assert "这项任务没有失败" in answer.text


@pytest.mark.parametrize(("method", "path"), [("GET", "/jobs"), ("POST", "/jobs/1/repeat")])
@pytest.mark.parametrize("role", ["organisation_admin", "regulator"])
def test_nobody_else_may(client, sign_in, lost, db, method, path, role):
    kind = "regulator" if role == "regulator" else "manufacturer"
    user = factories.user(factories.organisation(kind), role)
    db.session.commit()
    assert sign_in(client, user).open(path, method=method).status_code == 403


def test_the_command_lists_and_repeats(command, lost, db):
    assert f"{lost.id} mail.send" in command("jobs", "list")
    command("jobs", "repeat", str(lost.id))
    assert command("jobs", "list") == ""
    assert "没有失败" in command("jobs", "repeat", str(lost.id), fails=True)


def test_every_kind_of_job_has_a_word(app):
    assert [kind for kind in jobs._handlers if not known(f"job.{kind}")] == []


def test_an_administrator_sees_what_the_foot_of_the_page_lacks(chief, app, monkeypatch):
    monkeypatch.setitem(app.config, "OPERATOR", "江苏省某中心")
    page = chief.get("/imprint").text.split("</main>")[0]
    assert "还有 3 项没有填写" in page
    assert page.count("未填写</span>") == 3
    assert "江苏省某中心" in page
    for name in IMPRINT:
        assert f"<code>{name}</code>" in page
        monkeypatch.setitem(app.config, name, "已填")
    assert "各项都已填写" in chief.get("/imprint").text
    assert "/imprint" in chief.get("/roles").text


def test_nobody_else_looks_behind_the_foot_of_the_page(client, sign_in, db):
    user = factories.user(factories.organisation("regulator"), "regulator")
    db.session.commit()
    assert sign_in(client, user).get("/imprint").status_code == 403
