"""An edition from draft to print, and what cannot be done to it afterwards."""

import hashlib
import json
from datetime import date

import pytest
import rfc8785
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from accounts.actor import SYSTEM
from core import audit, clock, lifecycle
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from procurement import operations, queries
from procurement.models import Edition, EditionLine, Omission, PolicyRule
from procurement.policy.operations import load_policy
from procurement.workflow import EDITION
from tests import factories
from tests.procurement.conftest import LAPTOP, POLICY
from tests.support.editions import approve

pytestmark = pytest.mark.engines("order")


def models(edition) -> list[str]:
    return [line.model for line in edition.lines]


def printed(edition) -> dict[str, object]:
    return json.loads(b"".join(queries.printed(edition)))


# Drafting


def test_a_draft_holds_what_was_valid_on_the_cut_off_day(issue, act, draft, db):
    issue(models=("OLD-1",))
    issue(models=("NEW-1",), issued_on=date(2026, 10, 2))
    suspended = issue(models=("SUS-1",))
    with clock.travel(date(2026, 9, 20)):
        act(suspended, "suspend", until=date(2026, 12, 1))
    edition = draft()
    assert models(edition) == ["OLD-1"]
    assert {(each.number, each.reason) for each in edition.omissions} == {
        ("LCP-32-2026-00002", "status-not_issued"),
        ("LCP-32-2026-00003", "status-suspended"),
    }


def test_an_act_after_the_cut_off_does_not_change_what_is_drafted(issue, act, draft):
    entry = issue(models=("A-1",))
    with clock.travel(date(2026, 10, 2)):
        act(entry, "withdraw")
    assert models(draft()) == ["A-1"]


def test_policy_that_ended_opens_nothing(issue, draft):
    issue(**LAPTOP, issued_on=date(2026, 12, 1))
    with clock.travel(date(2027, 2, 1)):
        edition = draft("2027-1", date(2027, 1, 31))
    assert [(each.reason) for each in edition.omissions] == ["no-policy"]


def test_a_declared_product_is_not_even_considered(declared, draft):
    declared("没有证书的电脑")
    edition = draft()
    assert (models(edition), edition.omissions) == ([], [])


def test_an_edition_and_the_verdict_agree_on_what_may_belong_to_several_categories(issue, draft, client):
    entry = issue(models=("A-1",))
    more = "2022,A07010328,炻瓷砖,lc-ceramic-tile,priority,演示数据：仿照,1,2026-01-01,"
    assert load_policy(SYSTEM, [POLICY[0], more]).added == 1
    edition = draft()
    assert (models(edition), edition.has_lines) == ([], False)
    assert [(each.number, each.reason) for each in edition.omissions] == [
        (entry.number, "category-to-be-confirmed")
    ]
    page = client.get(f"/procurement/verdict?number={entry.number}&model=A-1&on=2026-10-01")
    assert "待确认" in page.text


def test_redrafting_follows_the_new_days(issue, draft, editor):
    issue(models=("OLD-1",))
    issue(models=("NEW-1",), issued_on=date(2026, 10, 2))
    edition = draft()
    with clock.travel(date(2026, 10, 20)):
        facts = {"cutoff": date(2026, 10, 15), "policy_date": date(2026, 10, 15)}
        lifecycle.take(edition, "redraft", editor, **facts)
        with pytest.raises(Unmet, match="policy-date-missing"):
            lifecycle.take(edition, "redraft", editor, cutoff=date(2026, 10, 15))
    assert sorted(models(edition)) == ["NEW-1", "OLD-1"]
    assert [line.place for line in edition.lines] == [1, 2]
    assert edition.omissions == []


@pytest.mark.parametrize("roles", [(), ("regulator",), ("organisation_admin",)])
def test_only_a_list_editor_drafts(db, policy, roles):
    actor = factories.actor("regulator", *roles)
    with pytest.raises(NotPermitted):
        operations.draft_edition(actor, "2026-1", "题", date(2026, 10, 1), date(2026, 10, 1))


def test_a_number_is_given_once(issue, draft):
    draft("2026-1")
    with pytest.raises(Invalid) as refused:
        draft("2026-1")
    assert refused.value.fields == {"number": "edition-number-taken"}


def test_certificates_are_not_judged_as_of_a_day_to_come(policy, editor):
    with clock.travel(date(2026, 10, 1)), pytest.raises(Invalid) as refused:
        operations.draft_edition(editor, "2026-1", "题", date(2026, 10, 2), date(2026, 10, 1))
    assert refused.value.slug == "cutoff-in-future"


# The steps


@pytest.mark.parametrize(
    ("step", "facts", "day", "slug"),
    [
        ("publish", {"document_number": "x"}, date(2026, 10, 22), "notice-still-open"),
        ("publish", {"document_number": " "}, date(2026, 10, 23), "document-number-missing"),
        ("publish", {}, date(2026, 10, 23), "document-number-missing"),
        ("take_back", {"reason": " "}, date(2026, 10, 5), "reason-missing"),
    ],
)
def test_a_step_is_not_taken_before_its_conditions_hold(notice, editor, step, facts, day, slug):
    edition, _ = notice
    with clock.travel(day):
        if slug == "document-number-missing":
            approve(edition)
        with pytest.raises(Unmet) as refused:
            lifecycle.take(edition, step, editor, **facts)
    assert refused.value.slug == slug
    assert (edition.state, edition.digest) == ("notice", None)


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({}, "notice-dates-missing"),
        ({"notice_from": date(2026, 10, 1), "notice_to": date(2026, 10, 20)}, "notice-dates-wrong"),
        ({"notice_from": date(2026, 10, 9), "notice_to": date(2026, 10, 8)}, "notice-dates-wrong"),
    ],
)
def test_a_notice_needs_days_that_make_sense(issue, draft, editor, facts, slug):
    issue()
    edition = draft()
    with clock.travel(date(2026, 10, 2)), pytest.raises(Unmet) as refused:
        lifecycle.take(edition, "open_notice", editor, **facts)
    assert refused.value.slug == slug


def test_an_empty_edition_is_not_shown_for_objection(draft, editor):
    edition = draft()
    offer = next(each for each in lifecycle.offers(edition, editor) if each.name == "open_notice")
    assert offer.unmet == ["edition-empty"]


def test_a_notice_can_be_taken_back_and_redrafted(notice, editor):
    edition, _ = notice
    lifecycle.take(edition, "take_back", editor, reason="有异议成立")
    assert (edition.state, edition.notice_from) == ("draft", None)
    assert [taken.step for taken in lifecycle.history("edition", edition.id)] == ["open_notice", "take_back"]


def test_nobody_of_another_organisation_takes_a_step(notice):
    edition, _ = notice
    stranger = factories.actor("regulator", "list_editor")
    with pytest.raises(NotPermitted):
        lifecycle.take(edition, "take_back", stranger, reason="x")
    with pytest.raises(NotFound):
        queries.edition_of(stranger, edition.id)


def test_the_table_names_every_state_it_can_reach():
    assert EDITION.states == ["draft", "notice", "published"]


# Publishing


def test_what_fell_during_the_notice_is_left_out_with_its_reason(issue, act, draft, editor):
    stays, falls = issue(models=("B-1",)), issue(models=("A-1", "A-2"))
    edition = draft()
    with clock.travel(date(2026, 10, 2)):
        facts = {"notice_from": date(2026, 10, 2), "notice_to": date(2026, 10, 22)}
        lifecycle.take(edition, "open_notice", editor, **facts)
        act(falls, "suspend", until=date(2026, 12, 1))
    with clock.travel(date(2026, 10, 23)):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
    assert [(line.place, line.model, line.entry_id) for line in edition.lines] == [(1, "B-1", stays.id)]
    assert [(each.number, each.reason) for each in edition.omissions] == [(falls.number, "status-suspended")]


def test_what_is_left_keeps_its_order_and_is_numbered_anew(issue, act, draft, editor, monkeypatch):
    """However many lines are read, told and taken out at a time."""
    monkeypatch.setattr(operations, "AT_ONCE", 2)
    entries = {code: issue(models=(f"{code}-1", f"{code}-2")) for code in ("A", "B", "C", "D", "E")}
    edition = draft()
    assert [line.place for line in edition.lines] == list(range(1, 11))
    with clock.travel(date(2026, 10, 2)):
        days = {"notice_from": date(2026, 10, 2), "notice_to": date(2026, 10, 22)}
        lifecycle.take(edition, "open_notice", editor, **days)
        for code in ("A", "C", "E"):
            act(entries[code], "withdraw")
    with clock.travel(date(2026, 10, 23)):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
    assert models(edition) == ["B-1", "B-2", "D-1", "D-2"]
    assert [line.place for line in edition.lines] == [1, 2, 3, 4]
    assert {each.number for each in edition.omissions} == {entries[code].number for code in ("A", "C", "E")}
    assert [line["model"] for line in printed(edition)["lines"]] == models(edition)


def test_many_lines_are_read_by_parts_in_their_order(issue, draft):
    for code in ("A", "B", "C"):
        issue(models=(f"{code}-1", f"{code}-2"))
    edition = draft()
    rows = list(queries.line_rows(edition, ("model", "number"), size=4))
    assert [row.model for row in rows] == models(edition)
    assert [row.number for row in rows] == [line.number for line in edition.lines]


def test_the_published_digest_can_be_recomputed(issue, publish, db):
    issue(models=("A-1", "0012"))
    edition = publish()
    db.session.expire_all()
    again = printed(queries.edition("2026-1"))
    assert hashlib.sha256(rfc8785.dumps(again)).hexdigest() == edition.digest
    assert again["document_number"] == "演示〔2026〕1号"
    assert [line["model"] for line in again["lines"]] == ["0012", "A-1"]
    assert {line["category_edition"] for line in again["lines"]} == {"2022"}


def test_every_step_leaves_history_and_record(issue, publish):
    issue()
    edition = publish()
    steps = [taken.step for taken in lifecycle.history("edition", edition.id)]
    assert steps == ["open_notice", "approve", "approve", "publish"]
    assert audit.verify() > 0


# Published is published


def change_title(edition, db):
    edition.title = "改过的名称"


def change_digest(edition, db):
    edition.digest = "0" * 64


def back_to_draft(edition, db):
    setattr(edition, "sta" + "te", "draft")


def change_line(edition, db):
    edition.lines[0].model = "假型号"


def delete_line(edition, db):
    db.session.delete(edition.lines[0])


def orphan_line(edition, db):
    edition.lines.pop()


def add_line(edition, db):
    line = edition.lines[0]
    copied = {column.name: getattr(line, column.name) for column in EditionLine.__table__.columns}
    db.session.add(EditionLine(**copied | {"id": None, "place": 99, "model": "多出来的"}))


def add_omission(edition, db):
    facts = {"entry_id": 1, "number": "n", "product": "p", "maker": "m", "reason": "gone"}
    db.session.add(Omission(edition_id=edition.id, **facts))


def delete_edition(edition, db):
    db.session.delete(edition)


def update_lines_at_once(edition, db):
    db.session.execute(update(EditionLine).values(model="假型号"))


def delete_lines_at_once(edition, db):
    db.session.execute(delete(EditionLine))


def update_editions_at_once(edition, db):
    db.session.execute(update(Edition).values(title="x"))


@pytest.mark.parametrize(
    "tamper",
    [
        change_title,
        change_digest,
        back_to_draft,
        change_line,
        delete_line,
        orphan_line,
        add_line,
        add_omission,
        delete_edition,
        update_lines_at_once,
        delete_lines_at_once,
        update_editions_at_once,
    ],
)
def test_a_published_edition_cannot_be_changed(issue, publish, db, tamper):
    issue(models=("A-1", "A-2"))
    edition = publish()
    with pytest.raises(OutOfOrder) as refused:
        tamper(edition, db)
        db.session.flush()
    assert refused.value.slug == "edition-is-published"
    db.session.rollback()
    assert hashlib.sha256(rfc8785.dumps(printed(edition))).hexdigest() == edition.digest


@pytest.mark.parametrize("step", EDITION.steps)
def test_no_step_leads_out_of_publication(issue, publish, editor, step):
    issue()
    edition = publish()
    assert lifecycle.offers(edition, editor) == []
    with pytest.raises(OutOfOrder):
        lifecycle.take(edition, step, editor)


# In the database as well


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        (
            {"state": "published", "cutoff": date(2026, 1, 1), "policy_date": date(2026, 1, 1)},
            "published_complete",
        ),
        (
            {
                "cutoff": date(2026, 1, 1),
                "policy_date": date(2026, 1, 1),
                "notice_from": date(2026, 2, 1),
                "notice_to": date(2026, 1, 1),
            },
            "notice_in_order",
        ),
    ],
)
def test_the_database_refuses_an_edition_that_cannot_be(db, editor, row, constraint):
    db.session.add(Edition(number="2026-9", title="题", owner_id=editor.organisation_id, **row))
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"treatment": "perhaps"}, "treatment_known"),
        ({"basis": ""}, "basis_given"),
        ({"valid_to": date(2025, 1, 1)}, "dates_in_order"),
    ],
)
def test_the_database_refuses_a_policy_that_cannot_be(db, wrong, constraint):
    row = {
        "category_edition": "2022",
        "category_code": "A07010302",
        "category_name": "水泥",
        "scheme_code": "lc-cement",
        "treatment": "priority",
        "basis": "文号",
        "valid_from": date(2026, 1, 1),
    }
    db.session.add(PolicyRule(**row | wrong))
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()
