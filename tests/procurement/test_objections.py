"""Objections and requests to correct: brought by anybody in their days, decided by other hands."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from accounts import operations as accounts
from accounts.models import Notice
from core import audit, clock, lifecycle
from core.calendar import book
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.words import sentence
from procurement import queries
from procurement.objections import operations
from procurement.objections import queries as objections
from procurement.objections.models import ListObjection, Objector
from procurement.verdict import lines
from tests import factories
from tests.certification.world import PDF
from tests.support.editions import approve
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
NEW = "/procurement/lists/2026-1/objections/new"
GROUNDS = {"text": "这个型号的证书上没有这个配置。"}


def later(days: int = 1):
    return clock.travel(clock.now() + days * DAY)


@pytest.fixture
def shown(issued, law, editions):
    """An edition shown for objection today alone."""
    law("list")
    return editions("2026-1")


@pytest.fixture
def other(shown):
    """Somebody of the house who drew up nothing."""
    return factories.actor("regulator", "list_editor", of=shown.owner)


@pytest.fixture
def published(shown, editions):
    """published(): the same, published on a day after."""

    def make():
        editions.publish(shown)
        return shown

    return make


def number_of(edition) -> str:
    return edition.lines[0].number


def test_anybody_objects_and_everybody_reads_the_decision_without_the_identity(
    shown, other, client, sign_in, app, db
):
    number, model = number_of(shown), shown.lines[0].model
    sent = GROUNDS | {"number": number, "model": model, "name": "张三丰", "contact": "13900001234"}
    for language in ("zh", "en"):
        page = client.get(f"{NEW}?certificate={number}&model={model}&lang={language}")
        assert (page.status_code, faults(page.text), number in page.text) == (200, [], True)
    answer = client.post(NEW, data=sent | {"upload": (io.BytesIO(PDF), "证据.pdf")})
    assert (answer.status_code, faults(answer.text)) == (200, [])
    made = db.session.query(ListObjection).one()
    assert (made.kind, made.number in answer.text, made.file_name) == ("objection", True, "证据.pdf")
    lifecycle.take(made, "uphold", other, reason="核实无误，不列入。")
    db.session.commit()
    for address in ("/procurement/lists/2026-1/objections", "/api/v1/lists/2026-1/objections"):
        text = client.get(address).text
        assert made.number in text
        assert "核实无误" in text
        assert not any(told in text for told in ("张三丰", "13900001234", GROUNDS["text"]))
    [item] = client.get("/api/v1/lists/2026-1/objections").json["items"]
    assert (item["state"], item["certificate"], item["model"]) == ("upheld", number, model)


@pytest.mark.parametrize(
    ("wrong", "at", "slug"),
    [
        ({"text": " "}, "text", "objection-text-missing"),
        ({"name": "张三"}, "contact", "objector-half-named"),
        ({"contact": "1390"}, "contact", "objector-half-named"),
        ({"number": "LCP-00-2026-00000"}, "number", "objection-line-unknown"),
        ({"model": "X-1"}, "number", "objection-number-missing"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_nothing_is_kept(shown, client, db, wrong, at, slug):
    with pytest.raises(Invalid) as refused:
        operations.bring(shown, **GROUNDS | wrong)
    assert refused.value.fields == {at: slug}
    answer = client.post(NEW, data=GROUNDS | wrong)
    assert (answer.status_code, faults(answer.text)) == (422, [])
    assert db.session.query(ListObjection).count() == db.session.query(Objector).count() == 0


def test_what_is_brought_is_told_apart_by_its_day_and_refused_by_name_after_it(shown, published, client):
    assert operations.kind_today(shown) == "objection"
    with later():
        with pytest.raises(Unmet) as refused:
            operations.bring(shown, **GROUNDS)
        assert refused.value.slug == "objection-notice-over"
        assert client.post(NEW, data=GROUNDS).status_code == 422
        edition = published()
        last = book.current().term(edition.published_on, 7, "working")
        assert operations.correction_until(edition) == last
        assert operations.kind_today(edition) == "correction"
    with clock.travel(last):
        assert operations.bring(edition, **GROUNDS).kind == "correction"
    with clock.travel(last + DAY):
        with pytest.raises(Unmet) as refused:
            operations.bring(edition, **GROUNDS)
        assert refused.value.slug == "correction-over"
        page = client.get(NEW)
        assert (page.status_code, "更正期已过" in page.text, faults(page.text)) == (200, True, [])


def test_seven_working_days_are_counted_by_the_calendar(shown, published):
    """Published on a Friday, the seventh working day is the Tuesday of the week after next."""
    friday = date(2026, 10, 16)
    shown.published_on = friday
    assert operations.correction_until(shown) == date(2026, 10, 27)


def test_an_edition_with_an_open_objection_is_neither_approved_nor_published(shown, other, editor, db):
    made = operations.bring(shown, number=number_of(shown), **GROUNDS)
    with later():
        for actor, step in ((other, "approve"), (editor, "publish")):
            with pytest.raises(Unmet) as refused:
                lifecycle.take(shown, step, actor, document_number="文号")
            assert "objections-open" in (refused.value.slug, *refused.value.detail.get("unmet", ()))
        lifecycle.take(made, "dismiss", other, reason="查无此事")
        approve(shown)
        lifecycle.take(shown, "publish", editor, document_number="文号")
        assert shown.lines


def test_an_upheld_objection_leaves_the_line_out_with_its_reason(
    another, issued, shown, other, editions, client, db
):
    number = number_of(shown)
    made = operations.bring(shown, number=number, **GROUNDS)
    with pytest.raises(Unmet, match="objection-remedy-not-asked"):
        lifecycle.take(made, "uphold", other, reason="属实", remedy="strike")
    lifecycle.take(made, "uphold", other, reason="属实")
    with later():
        editions.publish(shown)
        assert {line.number for line in shown.lines} == {another.number, issued.number} - {number}
        assert [each.reason for each in shown.omissions if each.number == number] == ["objection-upheld"]
        items = client.get("/api/v1/lists/2026-1/omissions").json["items"]
        assert [each["reason"] for each in items] == ["objection-upheld"]


def test_one_model_is_left_out_and_the_others_stay(shown, other, editions, db):
    first, *rest = [line.model for line in shown.lines]
    made = operations.bring(shown, number=number_of(shown), model=first, **GROUNDS)
    lifecycle.take(made, "uphold", other, reason="属实")
    with later():
        editions.publish(shown)
        assert [line.model for line in shown.lines] == rest


def test_one_about_the_whole_is_answered_by_drawing_it_up_anew(shown, other, editor, editions, db):
    made = operations.bring(shown, **GROUNDS)
    lifecycle.take(made, "uphold", other, reason="截止日不对")
    with later():
        with pytest.raises(Unmet) as refused:
            lifecycle.take(shown, "approve", other)
        assert refused.value.slug == "objections-unanswered"
        lifecycle.take(shown, "take_back", editor, reason="重新起草")
        lifecycle.take(shown, "redraft", editor, cutoff=today(), policy_date=today())
        lifecycle.take(shown, "open_notice", editor, notice_from=today(), notice_to=today())
    with later(2):
        editions.publish(shown)
        assert shown.is_published


def test_whoever_drew_it_up_neither_decides_nor_reads_who_objected(shown, editor, other, db):
    made = operations.bring(shown, name="张三", contact="1390", **GROUNDS)
    with pytest.raises(Unmet) as refused:
        lifecycle.take(made, "dismiss", editor, reason="不理")
    assert refused.value.slug == "objection-own"
    with pytest.raises(NotPermitted):
        objections.objector(editor, made)
    assert objections.objector(other, made).name == "张三"
    nameless = operations.bring(shown, **GROUNDS)
    with pytest.raises(NotFound, match="objector-anonymous"):
        objections.objector(other, nameless)
    with pytest.raises(NotFound, match="objection-not-found"):
        objections.objection_of(factories.actor("regulator", "list_editor"), made.id)


def test_the_desk_shows_decides_and_writes_down_who_looked(shown, client, sign_in, db):
    made = operations.bring(
        shown, name="张三", contact="1390", upload=None, number=number_of(shown), **GROUNDS
    )
    person = factories.user(shown.owner, "regulator")
    db.session.commit()
    browser, here = sign_in(client, person), f"/procurement/objections/{made.id}"
    for language in ("zh", "en"):
        for address in ("/procurement/objections/", here, f"{here}/objector"):
            page = browser.get(f"{address}?lang={language}")
            assert (page.status_code, faults(page.text)) == (200, [])
            assert ("张三" in page.text) == address.endswith("objector")
    assert len(audit.entries([f"list_objection/{made.id}"], ["list_objection.read"])) == 2
    assert browser.get(f"{here}/file").status_code == 404
    missing = browser.post(f"{here}/uphold", data={"version": made.version})
    assert (missing.status_code, faults(missing.text)) == (422, [])
    done = browser.post(f"{here}/uphold", data={"version": made.version, "reason": "属实"})
    assert done.status_code == 303, done.text
    assert browser.post(f"{here}/uphold", data={"version": made.version, "reason": "再"}).status_code == 409


def test_those_who_may_decide_are_told_and_then_those_who_drew_it_up(shown, editor, db):
    decider = factories.user(shown.owner, "regulator")
    db.session.commit()
    made = operations.bring(shown, **GROUNDS)
    told = db.session.query(Notice).filter_by(subject=f"list_objection/{made.id}").all()
    assert decider.id in {each.user_id for each in told}
    assert editor.id not in {each.user_id for each in told}
    lifecycle.take(made, "dismiss", decider.memberships[0].actor(), reason="不成立")
    db.session.flush()
    told = db.session.query(Notice).filter_by(kind="list_objection.dismissed").all()
    assert {each.user_id for each in told} == {editor.id}


def test_an_upheld_correction_strikes_beside_what_was_published(
    shown, published, other, client, asked, issued
):
    with later():
        edition = published()
        before = client.get("/procurement/lists/2026-1.json").data
        made = operations.bring(edition, number=number_of(edition), **GROUNDS)
        for facts, slug in (
            ({}, "objection-remedy-missing"),
            ({"remedy": "correct"}, "objection-correction-missing"),
        ):
            with pytest.raises((Unmet, Invalid)) as refused:
                lifecycle.take(made, "uphold", other, reason="属实", **facts)
            assert slug in (refused.value.slug, *refused.value.detail.get("unmet", ()))
        assert asked(issued.number)[0] == "buyable"
    with later(2):
        lifecycle.take(made, "uphold", other, reason="属实", remedy="strike")
        assert client.get("/procurement/lists/2026-1.json").data == before
        overall, grounds = asked(issued.number)
        assert (overall, grounds["listing"]) == ("not-buyable", "line-struck")
        assert asked(issued.number, on=today() - DAY)[0] == "buyable"
        assert lines.tally(edition, today()).in_force == 0
        for language in ("zh", "en"):
            page = client.get(f"/procurement/lists/2026-1?lang={language}")
            assert (made.number in page.text, faults(page.text)) == (True, [])


def test_a_correction_of_what_is_written_is_read_beside_it(shown, published, other, client):
    with later():
        edition = published()
        made = operations.bring(edition, **GROUNDS)
        with pytest.raises(Unmet, match="objection-line-missing"):
            lifecycle.take(made, "uphold", other, reason="属实", remedy="strike")
        lifecycle.take(made, "uphold", other, reason="属实", remedy="correct", corrected="标题应为第一期")
        assert "标题应为第一期" in client.get("/procurement/lists/2026-1").text
        assert queries.is_signed(edition) or edition.digest


def test_programs_bring_read_and_decide(shown, client, program, db):
    sent = GROUNDS | {"number": number_of(shown)}
    made = client.post("/api/v1/lists/2026-1/objections", json=sent, headers=program())
    assert (made.status_code, made.json["kind"]) == (201, "objection"), made.text
    decider = factories.actor("regulator", "regulator", of=shown.owner)
    secret = accounts.create_token(decider, "甲")[1]
    db.session.commit()
    head, found = {"Authorization": f"Bearer {secret}"}, db.session.query(ListObjection).one()
    here = f"/api/v1/objections/{found.id}"
    assert client.get(here, headers=head).json["text"] == GROUNDS["text"]
    assert client.get(here, headers=program()).status_code == 404
    taken = client.post(f"{here}/dismiss", json={"reason": "不成立"}, headers=head)
    assert (taken.status_code, taken.json["state"]) == (200, "dismissed"), taken.text


def test_too_many_from_one_address_are_turned_away(shown, client):
    answers = [client.post(NEW, data={"text": f"第 {n} 次"}) for n in range(8)]
    assert answers[-1].status_code == 429
    assert sentence("objections-too-often") in answers[-1].text


def test_the_database_refuses_what_is_not_whole(shown, db):
    row = {"number": "YY-1", "kind": "objection", "edition_id": shown.id, "text": "甲"}
    row |= {"received_on": today(), "due_on": today()}
    for wrong in ({"text": ""}, {"kind": "else"}, {"remedy": "else"}, {"state": "upheld"}):
        db.session.add(ListObjection(**row | wrong))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
