"""What an edition asks of what is left of a certificate's validity, and says for tenders that are open."""

import hashlib
import json
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core import clock, lifecycle
from core.errors import Invalid, Unmet
from procurement import operations, queries
from tests import factories
from tests.support.editions import approve
from tests.support.markup import faults

pytestmark = pytest.mark.engines("order")

CUTOFF = date(2026, 10, 1)
GRACE = "剔除以前已发布采购文件的，按原清单评审"


@pytest.fixture
def drawn(policy, editor):
    """drawn(...): an edition of the cut-off day that asks what is given."""

    def make(**asked):
        with clock.travel(CUTOFF):
            return operations.draft_edition(editor, "2026-1", "第 2026-1 期", CUTOFF, CUTOFF, **asked)

    return make


def models(edition) -> list[str]:
    return [line.model for line in edition.lines]


def left_out(edition) -> list[tuple[str, str]]:
    return [(each.number, each.reason) for each in edition.omissions]


def show(edition, editor):
    with clock.travel(CUTOFF):
        facts = {"notice_from": CUTOFF, "notice_to": date(2026, 10, 21)}
        lifecycle.take(edition, "open_notice", editor, **facts)


def test_what_ends_too_soon_after_the_list_takes_effect_is_left_out(issue, drawn, editor):
    issue(models=("LONG",), valid_to=date(2026, 12, 30))
    short = issue(models=("SHORT",), valid_to=date(2026, 12, 29))
    edition = drawn(valid_days=90)  # to 2026-12-30
    assert models(edition) == ["LONG"]
    assert left_out(edition) == [(short.number, "valid-too-short")]
    with clock.travel(CUTOFF):
        days = {"cutoff": CUTOFF, "policy_date": CUTOFF}
        lifecycle.take(edition, "redraft", editor, **days)
        assert sorted(models(edition)) == ["LONG", "SHORT"]
        lifecycle.take(edition, "redraft", editor, **days, valid_days=91)
    assert models(edition) == []


def test_what_is_left_is_counted_once_more_from_the_day_of_publication(issue, drawn, editor, client, db):
    issue(models=("LONG",), valid_to=date(2027, 10, 1))
    short = issue(models=("SHORT",), valid_to=date(2026, 12, 30))
    edition = drawn(valid_days=90)
    show(edition, editor)
    assert sorted(models(edition)) == ["LONG", "SHORT"]
    with clock.travel(date(2026, 10, 22)):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
        db.session.commit()
        told = client.get("/api/v1/lists/2026-1").json
        assert client.get("/procurement/lists/2026-1.json").json["valid_days"] == 90
    assert (models(edition), left_out(edition)) == (["LONG"], [(short.number, "valid-too-short")])
    assert told["valid_days"] == 90


@pytest.mark.parametrize("days", [0, -1, 1096])
def test_nobody_asks_for_days_out_of_bounds(drawn, days, db):
    with pytest.raises(Invalid) as refused:
        drawn(valid_days=days)
    assert refused.value.fields == {"valid_days": "valid-days-wrong"}


def test_an_edition_of_which_nothing_is_left_is_not_published(issue, act, drawn, editor, db):
    entry = issue(models=("A-1",))
    edition = drawn()
    show(edition, editor)
    db.session.commit()
    with clock.travel(date(2026, 10, 22)):
        act(entry, "withdraw")
        approve(edition)
        db.session.commit()
        with pytest.raises(Unmet) as refused:
            lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
        db.session.rollback()
    assert refused.value.slug == "edition-empty-by-now"
    assert (edition.state, models(edition)) == ("notice", ["A-1"])


def test_what_holds_for_open_tenders_is_told_wherever_the_list_is(issue, act, drawn, editor, client, db):
    stays, falls = issue(models=("B-1",)), issue(models=("A-1",))
    edition = drawn(grace=GRACE)
    show(edition, editor)
    with clock.travel(date(2026, 10, 22)):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
        act(falls, "suspend", until=date(2026, 12, 1))
        db.session.commit()
        printed = b"".join(queries.printed(edition))
        assert edition.digest == hashlib.sha256(printed).hexdigest()
        page = client.get("/procurement/lists/2026-1")
        assert (GRACE in page.text, faults(page.text)) == (True, [])
        assert client.get("/api/v1/lists/2026-1").json["grace"] == GRACE
        assert client.get("/procurement/lists/2026-1.json").json["grace"] == GRACE
        card = client.get(f"/catalog/products/{falls.id}")
        assert GRACE in card.text
        assert GRACE not in client.get(f"/catalog/products/{stays.id}").text
        book = client.get("/procurement/lists/2026-1.xlsx").data
    assert GRACE in cells(book, "关于本文件")


def test_an_edition_that_says_nothing_of_either_is_spelt_as_before(issue, publish):
    issue(models=("A-1",))
    assert {"valid_days", "grace"}.isdisjoint(json.loads(b"".join(queries.printed(publish()))))


def cells(book: bytes, sheet: str) -> set[object]:
    opened = load_workbook(BytesIO(book), read_only=True)
    return {cell for row in opened[sheet].iter_rows(values_only=True) for cell in row}


def test_an_editor_types_both_and_reads_them_again(sign_in, client, db, issue, policy):
    person = factories.user(factories.organisation("regulator"), "list_editor")
    issue(models=("A-1",))
    db.session.commit()
    browser = sign_in(client, person)
    sent = {"number": "2026-1", "title": "题", "cutoff": CUTOFF, "policy_date": CUTOFF, "grace": GRACE}
    wrong = browser.post("/procurement/editions/", data=sent | {"valid_days": "0"})
    assert (wrong.status_code, "剩余有效期写 1 到 1095 天" in wrong.text, faults(wrong.text)) == (
        422,
        True,
        [],
    )
    made = browser.post("/procurement/editions/", data=sent | {"valid_days": "90"})
    assert made.status_code == 302, made.text
    for language in ("zh", "en"):
        page = browser.get(f"{made.location}?lang={language}")
        assert (GRACE in page.text, 'value="90"' in page.text, faults(page.text)) == (True, True, [])
