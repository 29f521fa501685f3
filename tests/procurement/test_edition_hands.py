"""An edition passes through several hands, one at a time, and is signed."""

import base64
import json
from datetime import date

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from flask_migrate import upgrade
from sqlalchemy import text

from accounts.actor import SYSTEM
from accounts.models import Organisation
from certification.certificate.operations import signing
from core import clock, lifecycle
from core.errors import Invalid, Unmet
from core.words import sentence
from tests import factories
from tests.core.test_migrations import lay, lay_whole
from tests.support.editions import approve

pytestmark = pytest.mark.engines("order")


def opened(edition, editor, **other) -> None:
    days = {"notice_from": date(2026, 10, 12), "notice_to": date(2026, 10, 30)} | other
    with clock.travel(date(2026, 10, 2)):
        lifecycle.take(edition, "open_notice", editor, **days)


@pytest.fixture
def usual_notice(app, brief_notice):
    app.config["NOTICE_WORKING_DAYS"] = 15


def test_a_notice_has_the_working_days_of_the_rule(usual_notice, issue, draft, editor):
    """From Monday 12 October, after the holidays: Friday the 30th is the fifteenth."""
    issue()
    edition = draft()
    with pytest.raises(Invalid) as refused:
        opened(edition, editor, notice_to=date(2026, 10, 29))
    assert refused.value.fields == {"notice_to": "notice-too-short"}
    assert (refused.value.detail["worked"], refused.value.detail["least"]) == (14, 15)
    opened(edition, editor)
    assert edition.is_in_notice


def test_one_edition_is_under_way_at_a_time(issue, draft, editor, client, sign_in, db):
    issue()
    draft("2026-1")
    with pytest.raises(Unmet) as refused:
        draft("2026-2")
    assert (refused.value.slug, refused.value.detail["number"]) == ("edition-open", "2026-1")
    person = factories.user(editor_house(db, editor), "list_editor")
    db.session.commit()
    browser = sign_in(client, person)
    assert "一次只编一期" in browser.get("/procurement/editions/").text
    day = date(2026, 10, 1).isoformat()
    sent = {"number": "2026-2", "title": "题", "cutoff": day, "policy_date": day}
    with clock.travel(date(2026, 10, 5)):
        answer = browser.post("/procurement/editions/", data=sent)
    assert (answer.status_code, "一次只编一期" in answer.text) == (422, True)


def editor_house(db, editor) -> Organisation:
    return db.session.get_one(Organisation, editor.organisation_id)


def test_two_who_did_not_draw_it_up_approve_it(notice, editor, db):
    edition, _ = notice
    house = editor_house(db, editor)
    second, third = (factories.actor("regulator", "list_editor", of=house) for _ in range(2))
    with clock.travel(date(2026, 10, 22)), pytest.raises(Unmet) as refused:
        lifecycle.take(edition, "approve", second)
    assert refused.value.slug == "notice-still-open"
    with clock.travel(date(2026, 10, 23)):
        for actor, slug in ((editor, "edition-own"), (second, None), (second, "edition-approved-once")):
            if slug is None:
                lifecycle.take(edition, "approve", actor)
                continue
            with pytest.raises(Unmet) as refused:
                lifecycle.take(edition, "approve", actor)
            assert refused.value.slug == slug
        with pytest.raises(Unmet) as refused:
            lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
        assert refused.value.slug == "edition-approvals-missing"
        lifecycle.take(edition, "approve", third)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
    assert edition.is_published


def test_what_was_published_is_said_even_where_the_page_that_follows_fails(
    app, notice, editor, client, sign_in, db, monkeypatch
):
    edition, _ = notice
    person = factories.user(editor_house(db, editor), "list_editor")
    with clock.travel(date(2026, 10, 23)):
        approve(edition)
        db.session.commit()
        browser, address = sign_in(client, person), f"/procurement/editions/{edition.id}"
        monkeypatch.setattr("procurement.views._editing", fail)
        monkeypatch.setitem(app.config, "TESTING", False)
        sent = {"version": edition.version, "document_number": "演示 1 号"}
        assert browser.post(f"{address}/publish", data=sent).status_code == 302
        answer = browser.get(address)
    assert answer.status_code == 500
    assert f"第 {edition.number} 期已公布：2 行，SHA-256 {edition.digest}" in answer.text
    assert sentence("page-not-shown") in answer.text
    assert "您提交的内容没有保存" not in answer.text


def fail(*_arguments, **_more):
    raise RuntimeError("a later page")


def test_what_was_taken_back_is_approved_anew(notice, editor, db):
    edition, _ = notice
    with clock.travel(date(2026, 10, 23)):
        approve(edition)
        lifecycle.take(edition, "take_back", editor, reason="有异议成立")
    assert (edition.approvers, edition.drawers) == (frozenset(), {editor.id})


def test_the_owner_of_the_list_signs_with_a_key_that_was_made_for_it(issue, publish, editor, client, db):
    issue()
    unsigned = publish("2026-1")
    missing = client.get("/procurement/lists/2026-1.jws")
    assert (unsigned.signature, missing.status_code) == ("", 404)
    assert sentence("edition-not-signed") in missing.text
    assert "这一期没有签名" in client.get("/procurement/lists/2026-1").text
    signing.begin(SYSTEM, editor_house(db, editor).uscc)
    publish("2026-2", date(2026, 11, 1))
    content, jws = (client.get(f"/procurement/lists/2026-2.{kind}") for kind in ("json", "jws"))
    head, empty, signature = jws.text.split(".")
    assert (jws.mimetype, empty) == ("application/jose", "")
    [key] = [
        each
        for each in client.get("/.well-known/jwks.json").json["keys"]
        if each["kid"] == json.loads(unpadded(head))["kid"]
    ]
    public = ec.EllipticCurvePublicNumbers(
        int.from_bytes(unpadded(key["x"])), int.from_bytes(unpadded(key["y"])), ec.SECP256R1()
    ).public_key()
    raw = unpadded(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    signed = f"{head}.{base64.urlsafe_b64encode(content.data).rstrip(b'=').decode()}".encode()
    public.verify(der, signed, ec.ECDSA(hashes.SHA256()))
    assert "清单主管单位已签名" in client.get("/procurement/lists/2026-2").text


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_day_is_an_address_of_the_list_that_was_in_force(issue, publish, client):
    issue()
    publish("2026-1")
    publish("2026-2", date(2026, 11, 1))
    for day, number in (("2026-10-22", "2026-1"), ("2026-11-21", "2026-1"), ("2026-11-22", "2026-2")):
        assert client.get(f"/procurement/lists/on/{day}").location == f"/procurement/lists/{number}?on={day}"
    for day in ("2026-10-21", "someday"):
        assert client.get(f"/procurement/lists/on/{day}").status_code == 404


def test_what_was_left_out_and_what_was_struck_is_told_to_programs(issue, act, publish, client, db):
    stays = issue(models=("A-1",))
    left = issue(models=("B-1",))
    with clock.travel(date(2026, 9, 30)):
        act(left, "withdraw")
    publish()
    with clock.travel(date(2026, 11, 5)):
        act(stays, "suspend", until=date(2026, 12, 1))
    db.session.commit()
    answer = client.get("/api/v1/lists/2026-1/omissions").json
    assert [(each["number"], each["reason"]) for each in answer["items"]] == [
        (left.number, "status-withdrawn")
    ]
    [found] = client.get("/api/v1/lists/2026-1/strikes").json["items"]
    assert (found["model"], found["act"], found["on"]) == ("A-1", "suspend", "2026-11-05")
    assert client.get("/api/v1/lists/2026-9/strikes").status_code == 404


def test_whoever_drew_up_an_edition_of_before_is_known(fresh):
    with fresh("hands", "0076") as engine:
        lay_whole(engine, "organisation", id=1, kind="regulator", uscc="9" * 18)
        lay_whole(engine, "user", id=5, language="zh")
        lay_whole(engine, "list_edition", id=1, number="2026-1", state="notice")
        for place, step in enumerate(("redraft", "open_notice", "take_back"), start=1):
            lay(engine, "step_taken", id=place, kind="edition", subject_id=1, at="2026-09-01 01:00:00",
                actor_id=5, actor="某人", step=step, source="draft", target="draft", reason="",
                files="[]")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            found = connection.execute(text("SELECT edition_id, person_id, person, did FROM edition_hand"))
            assert [tuple(each) for each in found] == [(1, 5, "某人", "drew")]
            assert connection.execute(text("SELECT signature FROM list_edition")).scalar_one() == ""
