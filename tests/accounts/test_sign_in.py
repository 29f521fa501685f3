"""Coming in and going out at the page."""

import re
from datetime import timedelta

import pytest

from accounts import operations
from accounts.actor import SYSTEM
from accounts.session import home, safe_target
from core.audit import Entry
from core.clock import now, travel
from core.words import sentence
from tests import factories

PASSWORD = "correct horse"


@pytest.fixture
def user(db):
    of = factories.organisation()
    user = operations.register_user(SYSTEM, "wang@example.org", "王五", PASSWORD)
    operations.enrol(SYSTEM, user.id, of.id, ["applicant", "organisation_admin"])
    db.session.commit()
    return user


def told(answer):
    """The page without its form tokens, which differ each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)


def give(client, email="wang@example.org", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_password_leads_to_where_the_work_is(client, user):
    answer = give(client)
    assert (answer.status_code, answer.location) == (302, "/certification/")
    assert "王五" in client.get("/account").text


@pytest.mark.parametrize(
    ("kind", "roles", "desk"),
    [
        ("certification_body", ["label_officer"], "/certification/labels/"),
        ("certification_body", ["label_officer", "organisation_admin"], "/certification/labels/"),
        ("certification_body", ["label_officer", "head_of_body"], "/certification/reviews/"),
        ("regulator", ["list_editor"], "/procurement/editions/"),
        ("regulator", ["list_editor", "regulator"], "/oversight/"),
        ("regulator", [], "/oversight/"),
    ],
)
def test_whoever_does_one_thing_begins_where_it_is_done(app, kind, roles, desk):
    with app.test_request_context():
        assert home(factories.paper_actor(*roles, kind=kind)) == desk


def test_after_signing_in_one_comes_to_the_page_that_was_asked_for(client, user):
    asked = client.get("/organisation/facts?x=1")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=/organisation/facts?x%3D1"
    page = client.get(asked.location).text
    assert 'value="/organisation/facts?x=1"' in page
    assert give(client, next="/organisation/facts?x=1").location == "/organisation/facts?x=1"


@pytest.mark.parametrize("password", ["wrong horse", "correct horse ", "Correct horse"])
def test_a_wrong_password_keeps_the_address_and_says_nothing_more(client, user, password):
    answer = give(client, password=password)
    assert answer.status_code == 403
    assert "邮箱或密码不对" in answer.text
    assert 'value="wang@example.org"' in answer.text
    assert password not in answer.text
    unknown = give(client, email="nobody@example.org", password=password)
    assert told(unknown) == told(answer).replace("wang@example.org", "nobody@example.org")
    assert client.get("/account").status_code == 303


def test_a_form_without_password_is_refused_at_its_field(client):
    answer = client.post("/sign-in", data={"email": "wang@example.org"})
    assert answer.status_code == 422
    assert 'href="#password">密码：填写密码</a>' in answer.text
    assert "<title>错误：登录" in answer.text


def test_a_locked_account_is_told_so(client, user):
    operations.set_active(SYSTEM, user.id, False)
    answer = give(client)
    assert answer.status_code == 403
    assert "账号已停用" in answer.text


def test_locking_an_account_ends_its_session(client, user):
    give(client)
    assert client.get("/account").status_code == 200
    operations.set_active(SYSTEM, user.id, False)
    assert client.get("/account").status_code == 303


def test_ten_wrong_passwords_close_the_door_for_five_minutes(client, user, app):
    for _ in range(10):
        assert give(client, password="wrong horse").status_code == 403
    answer = give(client)
    assert (answer.status_code, sentence("sign-in-too-often") in answer.text) == (429, True)
    assert give(client, email=" WANG@example.org").status_code == 429
    assert give(client, email="other@example.org").status_code == 403
    elsewhere = app.test_client()
    answer = elsewhere.post(
        "/sign-in",
        data={"email": user.email, "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert answer.status_code == 302


def test_right_passwords_are_not_counted(client, user, app):
    for _ in range(12):
        assert give(app.test_client()).status_code == 302


def test_signing_in_begins_a_new_session(client, user):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    give(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.permanent


def test_signing_out_is_a_deed_and_ends_the_session(client, user):
    give(client)
    looked = client.get("/sign-out")
    assert (looked.status_code, sentence("http-405") in looked.text) == (405, True)
    assert client.post("/sign-out").location == "/sign-in"
    with client.session_transaction() as session:
        assert not session
    assert client.get("/account").status_code == 303


def test_signing_in_is_written_down_and_its_password_is_not(client, user, db):
    give(client)
    give(client, password="wrong horse")
    written = db.session.query(Entry).filter_by(verb="user.sign-in").all()
    assert [entry.subject for entry in written] == [f"user/{user.id}"]
    assert PASSWORD not in written[0].data


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/certification/12?tab=2", True),
        ("/", True),
        (None, False),
        ("", False),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("///evil.example", False),
        ("/\\evil.example", False),
        ("\\\\evil.example", False),
        ("/\t/evil.example", False),
        ("/\n/evil.example", False),
        (" //evil.example", False),
        ("javascript:alert(1)", False),
        ("evil.example", False),
        ("http:/evil.example", False),
    ],
)
def test_nobody_is_sent_to_another_site(target, kept):
    assert safe_target(target) == (target if kept else None)


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_an_open_redirect_is_refused_at_both_doors(client, user, target):
    assert give(client, next=target).location == "/certification/"
    assert client.post("/roles", data={"membership": "1", "next": target}).location != target


def test_with_several_seats_one_chooses_first_and_may_change(client, user):
    body = factories.organisation("certification_body", name="某认证中心")
    seat = operations.enrol(SYSTEM, user.id, body.id, ["verifier"])
    assert give(client).location == "/roles"
    page = client.get("/roles").text
    assert "某认证中心" in page
    assert "核查员" in page
    assert client.get("/organisation").text.count("某认证中心") == 0
    assert client.post("/roles", data={"membership": seat.id}).location == "/certification/reviews/"
    assert "某认证中心" in client.get("/organisation").text


def test_the_seat_of_another_cannot_be_chosen(client, user):
    other = factories.user(factories.organisation(), "applicant").memberships[0]
    give(client)
    for chosen, status in ((other.id, 404), ("", 404), ("x", 422)):
        assert client.post("/roles", data={"membership": chosen}).status_code == status


def test_a_seat_that_ended_is_not_acted_from(client, user):
    body = factories.organisation("certification_body", name="某认证中心")
    seat = operations.enrol(SYSTEM, user.id, body.id, ["verifier"])
    give(client)
    client.post("/roles", data={"membership": seat.id})
    operations.end_membership(SYSTEM, seat.id)
    assert "某认证中心" not in client.get("/organisation").text


def test_a_person_without_a_seat_sees_the_own_account_and_no_organisation(client, db):
    operations.register_user(SYSTEM, "lone@example.org", "独行者", PASSWORD)
    assert give(client, email="lone@example.org").location == "/roles"
    assert "还没有加入任何单位" in client.get("/roles").text
    assert client.get("/account").status_code == 200
    assert client.get("/organisation").status_code == 403


def test_demonstration_accounts_are_entered_with_one_click(client, user, app):
    shown = factories.user(user.memberships[0].organisation, "applicant", name="演示员", demo=True)
    page = client.get("/sign-in").text
    assert f'name="user" value="{shown.id}"' in page
    assert f'name="user" value="{user.id}"' not in page
    assert client.post("/sign-in/demonstration", data={"user": user.id}).status_code == 404
    assert client.post("/sign-in/demonstration", data={"user": shown.id}).location == "/certification/"
    assert "演示员" in client.get("/account").text


def test_outside_of_a_demonstration_nobody_is_entered_without_a_password(client, app, db):
    shown = operations.register_user(SYSTEM, "shown@example.org", "演示员", demo=True)
    app.config["DEMO"] = False
    assert "演示员" not in client.get("/sign-in").text
    assert client.post("/sign-in/demonstration", data={"user": shown.id}).status_code == 404
    assert client.get("/account").status_code == 303


def test_public_pages_ask_the_database_nothing_for_signed_out_visitors(client, app, queries_counted):
    app.config["DEMO"] = False
    client.get("/sign-in")
    with queries_counted() as asked:
        assert client.get("/sign-in").status_code == 200
        assert client.get("/sign-up").status_code == 200
    assert asked == []


def test_a_signed_in_request_reads_who_it_is_once(client, user, queries_counted):
    give(client)
    with queries_counted() as asked:
        client.get("/roles")
    reads = [one for one in asked if one.startswith("SELECT") and "FROM notice" not in one]
    assert len(reads) == 1, asked


def test_using_pages_prolongs_the_session_and_other_things_do_not(client, user, app):
    give(client)
    assert "Set-Cookie" in client.get("/account").headers
    assert "Set-Cookie" not in client.get("/account").headers
    assert "Set-Cookie" not in client.get("/static/none.css").headers
    with travel(now() + timedelta(minutes=11)):
        assert "Set-Cookie" not in client.get("/static/none.css").headers
        assert "Set-Cookie" in client.get("/account").headers


def test_pages_made_for_somebody_are_kept_by_no_cache_between(client, user):
    assert "Cache-Control" not in client.get("/sign-up").headers
    give(client)
    assert client.get("/account").headers["Cache-Control"] == "private, no-cache"


def test_a_session_left_alone_for_eight_hours_has_run_out(client, user):
    give(client)
    cookie = client.get_cookie("session")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert abs(cookie.expires - now() - timedelta(hours=8)) < timedelta(minutes=1)


def guess(app, address: str, email: str = "nobody@example.org", times: int = 1) -> int:
    """The status of the last of so many wrong passwords from one address."""
    typed = {"email": email, "password": "wrong horse"}
    for _ in range(times):
        answer = app.test_client().post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": address})
    return answer.status_code


def test_guessing_at_one_account_from_many_addresses_is_stopped(client, user, app):
    assert {guess(app, f"198.51.100.{number}", user.email) for number in range(30)} == {403}
    assert guess(app, "198.51.100.99", user.email) == 429
    assert give(client).status_code == 429
    assert guess(app, "198.51.100.99", "other@example.org") == 403


def test_strangers_who_guess_lock_no_owner_out_of_a_browser_that_knows_the_account(client, user, app):
    give(client)
    client.post("/sign-out")
    for number in range(30):
        guess(app, f"198.51.100.{number}", user.email)
    guess(app, "127.0.0.1", user.email, times=10)
    assert give(client).status_code == 302


def test_a_browser_that_knows_one_account_has_no_better_chance_at_another(client, user, app):
    give(client)
    client.post("/sign-out")
    for number in range(30):
        guess(app, f"198.51.100.{number}", "other@example.org")
    assert give(client, email="other@example.org").status_code == 429


def test_even_a_browser_that_knows_the_account_may_not_guess_for_ever(client, user):
    give(client)
    client.post("/sign-out")
    assert [give(client, password="wrong horse").status_code for _ in range(11)] == [403] * 10 + [429]


def test_a_mark_that_was_made_up_counts_for_nothing(client, user, app):
    client.set_cookie("known", "made.up.mark")
    for number in range(30):
        guess(app, f"198.51.100.{number}", user.email)
    assert give(client).status_code == 429


def test_guessing_at_many_accounts_from_one_address_is_stopped(user, app):
    tried = [guess(app, "198.51.100.1", f"person{number}@example.org") for number in range(101)]
    assert tried == [403] * 100 + [429]


def test_the_network_of_one_subscriber_counts_as_one(user, app):
    for number in range(10):
        guess(app, f"2001:db8:0:1::{number + 1}", user.email)
    assert guess(app, "2001:db8:0:1:ffff::1", user.email) == 429
    assert guess(app, "2001:db8:0:2::1", user.email) == 403


def test_sign_out_tells_the_browser_to_forget_its_pages(client, user):
    give(client)
    page = client.get("/account")
    assert f'data-seat="{client.get_cookie("seat").value}"' in page.text
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get_cookie("seat") is None


def test_every_sign_in_has_a_seat_of_its_own(client, user):
    seats = set()
    for _ in range(2):
        give(client)
        client.get("/account")
        seats.add(client.get_cookie("seat").value)
        client.post("/sign-out")
    assert len(seats) == 2
