"""The printed list stays; what a line is worth is told for any day."""

from datetime import date, timedelta

import pytest

from catalog import queries as catalog
from catalog.search import Criteria
from core import clock
from core.clock import today
from procurement import queries
from procurement.categories import queries as categories
from procurement.models import PolicyRule, StruckLine
from procurement.queries import Asked
from procurement.verdict import lines
from tests.procurement.conftest import LAPTOP

pytestmark = pytest.mark.engines("order")


@pytest.fixture
def listed(issue, publish):
    entry = issue(models=("A-1", "A-2"))
    other = issue(models=("B-1",), product_name="别的砖", maker_name="别的厂")
    return publish(), entry, other


def standing(line, day):
    return lines.on_day([line], day)[line.id]


def line_of(edition, entry):
    return next(line for line in edition.lines if line.entry_id == entry.id)


def test_a_suspension_strikes_list_and_search_in_one_transaction(listed, act, db):
    edition, entry, other = listed
    act(entry, "suspend", until=today() + timedelta(days=60), reason="监督抽查不合格")
    assert lines.listed([entry, other]) == {other.id: "2026-1"}
    valid = catalog.products(Criteria(chosen={"status": ("valid",)})).page.items
    assert [each.id for each in valid] == [other.id]
    found = standing(line_of(edition, entry), today())
    assert (found.asked_status, found.asked_act.reason, found.asked_act.on) == (
        "suspended",
        "监督抽查不合格",
        today(),
    )
    assert {line.model for line in queries.edition("2026-1").lines} == {"A-1", "A-2", "B-1"}
    db.session.rollback()
    assert set(lines.listed([entry, other])) == {entry.id, other.id}


def test_what_a_day_ended_is_not_told_as_the_doing_of_an_earlier_act(listed, act):
    edition, entry, _ = listed
    act(entry, "suspend", until=today() + timedelta(days=60), reason="一")
    act(entry, "restore", reason="二")
    line = line_of(edition, entry)
    assert standing(line, line.valid_to).asked_act.kind == "restore"
    late = standing(line, line.valid_to + timedelta(days=1))
    assert (late.asked_status, late.asked_act) == ("expired", None)


def test_each_struck_line_tells_the_act_with_day_and_reason(listed, act, db):
    edition, entry, _ = listed
    until = today() + timedelta(days=60)
    act(entry, "suspend", until=until, reason="一")
    act(entry, "restore", reason="二")
    told = [
        (each.line.model, each.act, each.on, each.until, each.reason)
        for each in queries.strikes(edition).items
    ]
    assert told == [
        ("A-2", "restore", today(), None, "二"),
        ("A-1", "restore", today(), None, "二"),
        ("A-2", "suspend", today(), until, "一"),
        ("A-1", "suspend", today(), until, "一"),
    ]
    assert entry.id in lines.listed([entry])


def test_a_draft_is_not_struck_but_redrawn(issue, act, draft, db):
    entry = issue()
    draft()
    act(entry, "withdraw")
    assert db.session.query(StruckLine).count() == 0


def test_the_status_of_a_line_follows_the_day_that_is_asked(listed, act):
    edition, entry, _ = listed
    with clock.travel(date(2026, 11, 1)):
        act(entry, "suspend", until=date(2027, 1, 1))
    with clock.travel(date(2026, 11, 10)):
        act(entry, "restore")
    line = line_of(edition, entry)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 9), date(2026, 11, 10), line.valid_to]
    assert [standing(line, day).asked_status for day in days] == [
        "valid", "suspended", "suspended", "valid", "valid",
    ]  # fmt: skip
    assert standing(line, line.valid_to + timedelta(days=1)).asked_status == "expired"


@pytest.mark.parametrize(("days", "inside"), [(0, True), (1, False)])
def test_an_expired_product_leaves_the_list_without_any_event(issue, publish, days, inside):
    entry = issue(issued_on=date(2026, 9, 1), valid_to=date(2026, 12, 1))
    publish()
    assert (entry.id in lines.listed([entry], date(2026, 12, 1) + timedelta(days=days))) == inside


def test_the_list_in_force_is_the_one_published_last_by_that_day(issue, publish):
    entry = issue()
    first = publish("2026-1", date(2026, 10, 1))
    second = publish("2026-2", date(2026, 11, 1))
    assert queries.latest_published(date(2026, 10, 21)) is None
    assert queries.latest_published(date(2026, 10, 22)) is first
    assert queries.latest_published(date(2026, 11, 22)) is second
    assert lines.listed([entry], date(2026, 10, 22)) == {entry.id: "2026-1"}


def test_the_tally_counts_lines_by_the_day(listed, act):
    edition, entry, _ = listed
    act(entry, "cancel")
    tally = lines.tally(edition, today())
    assert (tally.total, tally.in_force, tally.fallen) == (3, 1, 2)
    assert lines.tally(edition, today() - timedelta(days=1)).fallen == 0


def test_an_edition_tells_what_changed_since_the_last(issue, act, publish):
    stays, falls = issue(models=("A-1",)), issue(models=("F-1",))
    publish("2026-1", date(2026, 10, 1))
    issue(models=("N-1",), issued_on=date(2026, 10, 20))
    with clock.travel(date(2026, 10, 25)):
        act(falls, "withdraw", reason="暂停期内没有整改")
    found = queries.difference(publish("2026-2", date(2026, 11, 1)))
    assert [(change.models, change.reason) for change in found.added] == [(("N-1",), "issued")]
    assert [(change.number, change.reason) for change in found.removed] == [
        (falls.number, "status-withdrawn")
    ]
    assert stays.number not in {change.number for change in found.added + found.removed}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), ["X1-9", "A-1", "A-2"]),
        (Asked("a1"), ["A-1"]),
        (Asked("A-1"), ["A-1"]),
        (Asked("云陶"), ["A-1", "A-2"]),
        (Asked("云陶 a2"), ["A-2"]),
        (Asked("LCP-32-2026-00002"), ["X1-9"]),
        (Asked("%"), []),
        (Asked("_"), []),
        (Asked(category="A02010108"), ["X1-9"]),
        (Asked(treatment="mandatory"), ["X1-9"]),
        (Asked("云陶", treatment="mandatory"), []),
    ],
)
def test_lines_are_found_by_what_officers_type(issue, policy, draft, asked, expected, db):
    issue(models=("A-1", "A-2"))
    issue(**LAPTOP)
    db.session.query(PolicyRule).filter_by(scheme_code="cfp-laptop").one().treatment = "mandatory"
    edition = draft()
    assert [line.model for part in queries.line_parts(edition, asked, 1) for line in part] == expected
    assert queries.lines(edition, asked).total == len(expected)


def test_a_code_that_meant_something_else_before_is_known(command):
    command("procurement", "load-codes")
    assert categories.clashes()["A02010105"] == "便携式计算机"
    assert "A02010108" not in categories.clashes()
