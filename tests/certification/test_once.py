"""Once means once: the same sent again is answered again, and done no second time."""

import re
import sys

import pytest
from sqlalchemy import func, select

from accounts import operations as accounts
from certification.application.models import Application
from core import once
from core.clock import now
from core.once import Deed, forget
from core.words import sentence
from tests.support.client import at_once, twin

pytestmark = pytest.mark.engines("locks")

NEW = "/certification/applications"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def maker(csrf_app, browser):
    return browser("applicant")


@pytest.fixture
def typed(maker, world):
    """What the page of a new application sends."""
    return {"csrf_token": token(maker, f"{NEW}/new"), "scheme": world.scheme.code, "body": world.body.id}


@pytest.fixture
def call(app, world, db):
    """call(path, key=..., json=...): the API, in the name of the applicant, in a client of its own."""
    secret = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()

    def ask(path: str, key: str | None = None, **more):
        headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
        return app.test_client().post(f"/api/v1{path}", headers=headers, **more)

    return ask


@pytest.fixture
def wish(world):
    return {"scheme": world.scheme.code, "body": world.body.uscc, "product_name": "抛釉砖"}


def token(client, path: str) -> str:
    return TOKEN.search(client.get(path).text)[1]


def cases(db) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count(Application.id)))


# Pages


def test_a_double_click_makes_one_draft(maker, typed, db):
    first, second = at_once(*[lambda: twin(maker).post(NEW, data=typed)] * 2)
    assert cases(db) == 1
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.status_code == 302


def test_the_same_page_sent_again_later_leads_to_what_was_made(maker, typed, db):
    first = maker.post(NEW, data=typed)
    assert maker.post(NEW, data=typed).location == first.location
    assert cases(db) == 1


def test_a_page_opened_anew_makes_another(maker, typed, db, monkeypatch):
    maker.post(NEW, data=typed)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now().timestamp() + 5)
    maker.post(NEW, data=typed | {"csrf_token": token(maker, f"{NEW}/new")})
    assert cases(db) == 2


def test_a_refused_form_may_be_mended_and_sent_with_its_token(maker, typed, db):
    assert maker.post(NEW, data=typed | {"scheme": "none"}).status_code == 422
    assert maker.post(NEW, data=typed | {"body": 0}).status_code == 422
    assert db.session.scalar(select(func.count(Deed.id))) == 0
    assert maker.post(NEW, data=typed).status_code == 302
    assert cases(db) == 1


def test_one_key_is_another_for_somebody_else(maker, typed, browser, world, db):
    maker.post(NEW, data=typed)
    other = browser("case_officer")
    mine = token(other, "/account")
    other.post("/account/tokens", data={"csrf_token": mine, "name": "甲"})
    assert db.session.scalar(select(func.count(Deed.id))) == 2


def test_what_sets_and_does_not_add_is_done_each_time(maker, db, world):
    sent = {"csrf_token": token(maker, "/account"), "language": "zh"}
    for name in ("甲", "乙", "甲"):
        maker.post("/account/profile", data=sent | {"person": name})
    db.session.expire_all()
    assert world.people["applicant"].name == "甲"
    assert db.session.scalar(select(func.count(Deed.id))) == 0


def test_a_secret_shown_once_is_shown_again_to_the_same_page_and_kept_sealed(maker, db, world):
    sent = {"csrf_token": token(maker, "/account"), "name": "甲"}
    first, second = (maker.post("/account/tokens", data=sent) for _ in range(2))
    assert first.text == second.text
    assert second.headers["Cache-Control"] == "no-store"
    secret = re.search(r"tb_[A-Za-z0-9_-]+", first.text)[0]
    kept = db.session.scalars(select(Deed)).one()
    assert secret.encode() not in kept.answer
    assert sent["csrf_token"] not in f"{kept.name}{kept.said}{kept.answer}"


# The API


def test_one_key_is_one_deed_and_one_answer(call, wish, db):
    answers = at_once(*[lambda: call("/applications", "key-of-one-draft", json=wish)] * 4)
    assert cases(db) == 1
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    again = call("/applications", "key-of-one-draft", json=wish)
    assert (again.status_code, again.data) == (201, answers[0].data)
    assert again.location == answers[0].location
    assert again.headers["Idempotency-Replayed"] == "true"


def test_one_key_for_something_else_is_refused(call, wish, db):
    call("/applications", "key-of-one-draft", json=wish)
    other = call("/applications", "key-of-one-draft", json=wish | {"product_name": "另一种"})
    assert (other.status_code, other.json["slug"]) == (422, "idempotency-key-reused")
    assert cases(db) == 1


def test_a_refused_call_leaves_its_key_free(call, wish, db):
    assert call("/applications", "key-of-one-draft", json=wish | {"body": "x"}).status_code == 422
    assert call("/applications", "key-of-one-draft", json=wish).status_code == 201


@pytest.mark.parametrize("key", ["short", "x" * 201, "with space in it", "钥匙钥匙钥匙"])
def test_a_key_that_is_none_is_refused(call, wish, db, key):
    answer = call("/applications", key.encode().decode("latin-1"), json=wish)
    assert (answer.status_code, answer.json["slug"]) == (422, "idempotency-key-malformed")
    assert cases(db) == 0


def test_equal_calls_without_a_key_are_done_once(call, wish, db):
    answers = at_once(*[lambda: call("/applications", json=wish)] * 4)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json["slug"] for answer in answers if answer.status_code == 409} == {"said-already"}
    assert call("/applications", json=wish).status_code == 409
    assert cases(db) == 1


def test_whoever_means_it_twice_sends_a_key(call, wish, db):
    assert call("/applications", json=wish).status_code == 201
    assert call("/applications", "i mean it".replace(" ", "-"), json=wish).status_code == 201
    assert cases(db) == 2


# What is kept, and how long


def test_after_its_time_a_deed_is_forgotten(call, wish, db, monkeypatch):
    call("/applications", "key-of-one-draft", json=wish)
    call("/applications", json=wish)
    later = now() + once.SAME * 2
    monkeypatch.setattr(once, "now", lambda: later)
    forget()
    assert db.session.scalar(select(func.count(Deed.id))) == 1
    assert call("/applications", json=wish).status_code == 201
    later += once.KEPT
    forget()
    assert db.session.scalar(select(func.count(Deed.id))) == 0


def test_a_deed_whose_answer_never_came_says_that_it_was_done(call, wish, db, monkeypatch):
    """The process died between the commit and the answer."""
    monkeypatch.setattr(once, "LONGEST_WAIT", 0)
    monkeypatch.setattr(once, "_keep", lambda claim, response: None)
    call("/applications", "key-of-one-draft", json=wish)
    answer = call("/applications", "key-of-one-draft", json=wish)
    assert (answer.status_code, answer.json["slug"]) == (409, "deed-in-hand")
    assert cases(db) == 1


# When it was saved and something went wrong afterwards


@pytest.fixture
def production(app):
    """Faults are answered, not raised."""
    app.testing = False
    yield app
    app.testing = True


def fail(*_arguments, **_more):
    raise RuntimeError("after the commit")


def test_a_page_that_fails_after_the_commit_says_that_it_was_saved(
    production, maker, typed, db, monkeypatch, caplog
):
    monkeypatch.setattr(sys.modules["certification.application.views.applications"], "flash", fail)
    answer = maker.post(NEW, data=typed, headers={"Referer": f"http://localhost{NEW}/new"})
    assert answer.status_code == 500
    assert "已经保存" in answer.text
    assert "您提交的内容没有保存" not in answer.text
    assert cases(db) == 1
    assert "after the commit" in caplog.text
    again = maker.post(NEW, data=typed)
    assert "已经保存" in again.text
    assert cases(db) == 1


def test_a_call_that_fails_after_the_commit_says_so_too(production, call, wish, db, monkeypatch):
    monkeypatch.setattr("certification.api._case", fail)
    answer = call("/applications", json=wish)
    assert (answer.status_code, answer.json["slug"]) == (500, "saved-not-shown")
    assert cases(db) == 1


def test_what_fails_before_the_commit_says_that_nothing_was_saved(production, maker, typed, db, monkeypatch):
    monkeypatch.setattr("certification.application.views.applications.create_application", fail)
    answer = maker.post(NEW, data=typed)
    assert answer.status_code == 500
    assert sentence("http-500") in answer.text
    assert cases(db) == 0


def test_a_lost_race_at_the_commit_is_a_conflict_and_no_fault(maker, typed, world, monkeypatch):
    """Two get the same number of a case, as if the series were not locked."""
    number = world.case("draft").application.number
    monkeypatch.setattr("certification.application.operations.applications._next_case_number", lambda: number)
    answer = maker.post(NEW, data=typed)
    assert answer.status_code == 409
    assert "同一时刻" in answer.text
