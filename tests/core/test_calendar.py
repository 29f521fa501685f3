"""The working calendar: what counts, what was announced, and that every version can be read again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import SYSTEM
from core import audit
from core.calendar import UNITS, Calendar, Entry, book
from core.clock import SHANGHAI, today, travel
from core.errors import Invalid

pytestmark = pytest.mark.engines("types")

DAYS = st.dates(date(2005, 1, 1), date(2028, 6, 30))
TERMS = st.integers(0, 120)
HEAD = "day,kind,name,source,provisional\n"
SHIPPED = book.shipped()
PLAIN = Calendar()


def holiday(day: date, provisional: bool = False) -> Entry:
    return Entry(day, "holiday", "演示假日", "演示数据", provisional)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday worked to make up for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 20), False),  # a Friday of the Spring Festival
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # made up
        (date(2026, 3, 1), False),  # a Sunday like any other
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
    ],
)
def test_the_shipped_calendar_knows_holidays_and_the_days_that_make_up_for_them(day, works):
    assert SHIPPED.is_working(day) == works


# ask 17
@pytest.mark.parametrize(
    ("unit", "first", "due"),
    [
        ("working", "next", date(2026, 3, 4)),
        ("working", "same", date(2026, 3, 3)),
        ("calendar", "next", date(2026, 2, 17)),
        ("calendar", "same", date(2026, 2, 16)),
    ],
)
def test_the_unit_and_whether_the_day_of_the_event_counts_are_part_of_the_rule(unit, first, due):
    days = {"working": 10, "calendar": 5}[unit]
    assert SHIPPED.add(date(2026, 2, 12), days, unit, first) == due


def test_a_term_of_months_ends_on_the_same_day_number_or_at_the_end_of_a_shorter_month():
    assert PLAIN.add(date(2026, 5, 20), 6, "months") == date(2026, 11, 20)
    assert PLAIN.add(date(2026, 8, 31), 6, "months") == date(2027, 2, 28)
    assert PLAIN.add(date(2027, 8, 31), 6, "months") == date(2028, 2, 29)


def test_a_term_is_never_negative():
    with pytest.raises(ValueError, match="not negative"):
        PLAIN.add(date(2026, 1, 1), -1, "working")


# ask 18
@given(DAYS, st.integers(1, 120), st.sampled_from(["next", "same"]))
def test_a_term_of_working_days_always_ends_on_a_working_day(start, term, first):
    assert SHIPPED.is_working(SHIPPED.add(start, term, "working", first))


# ask 18
@given(DAYS, TERMS, st.sampled_from(["working", "calendar"]))
def test_counting_the_days_back_gives_the_term(start, term, unit):
    assert SHIPPED.days(start, SHIPPED.add(start, term, unit), unit) == term


# ask 18
@given(DAYS, TERMS, TERMS, st.sampled_from(["working", "calendar"]))
def test_two_terms_after_each_other_are_one_term_of_both(start, one, other, unit):
    both = SHIPPED.add(SHIPPED.add(start, one, unit), other, unit)
    assert both == SHIPPED.add(start, one + other, unit)


# ask 18
@given(DAYS, TERMS, st.sampled_from(UNITS))
def test_who_starts_later_is_never_due_earlier(start, term, unit):
    later = start + timedelta(days=1)
    assert SHIPPED.add(start, term, unit) <= SHIPPED.add(later, term, unit)


# ask 18
@given(DAYS, st.integers(1, 60))
def test_an_event_at_the_weekend_begins_its_term_like_one_on_the_last_working_day_before(start, term):
    before = start
    while not SHIPPED.is_working(before):
        before -= timedelta(days=1)
    assert SHIPPED.add(start, term, "working") == SHIPPED.add(before, term, "working")


# ask 18
@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_the_day_of_an_event_is_the_day_it_is_in_shanghai_whatever_the_hour(day, hour, minute):
    with travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)):
        assert today() == (day if hour < 16 else day + timedelta(days=1))


# ask 18
def test_a_minute_before_midnight_in_shanghai_is_still_the_day_that_is_due():
    with travel(datetime(2026, 3, 2, 23, 59, tzinfo=SHANGHAI)):
        assert today() == date(2026, 3, 2)
    with travel(datetime(2026, 3, 3, 0, 0, tzinfo=SHANGHAI)):
        assert today() == date(2026, 3, 3)


def test_a_year_nobody_has_announced_is_provisional():
    assert not SHIPPED.is_provisional(date(2026, 5, 1))
    assert SHIPPED.is_provisional(date(2027, 5, 1))
    assert SHIPPED.is_provisional(date(2035, 5, 1))


def test_an_announcement_replaces_everything_provisional_in_its_year_and_nothing_else():
    new = book.changed(SHIPPED, [holiday(date(2027, 2, 11))])
    assert [day for day in new.entries if day.year == 2027] == [date(2027, 2, 11)]
    assert not new.is_provisional(date(2027, 5, 1))
    assert new.is_provisional(date(2028, 5, 1))
    assert new.version == SHIPPED.version + 1


def test_a_provisional_entry_announces_nothing():
    new = book.changed(SHIPPED, [holiday(date(2027, 2, 11), provisional=True)])
    assert date(2027, 2, 6) in new.entries
    assert new.is_provisional(date(2027, 2, 11))


def test_a_day_can_be_made_ordinary_again():
    new = book.changed(SHIPPED, [Entry(date(2026, 10, 5), "ordinary", "更正", "演示数据")])
    assert new.is_working(date(2026, 10, 5))
    assert book.differences(SHIPPED, new) == [(date(2026, 10, 5), SHIPPED.entries[date(2026, 10, 5)], None)]


@pytest.mark.parametrize(
    ("text", "slug", "detail"),
    [
        ("day,kind\n", "table-columns-missing", {"columns": ["name", "provisional", "source"]}),
        ("", "table-columns-missing", {"columns": ["day", "kind", "name", "provisional", "source"]}),
        (HEAD + "2026-13-01,holiday,元旦,某文件,no\n", "calendar-line-unreadable", {"line": 2}),
        (HEAD + "2027-01-01,holiday,元旦,某文件,no\n2027-01-02,feast,元旦,某文件,no\n",
         "calendar-line-unreadable", {"line": 3}),
        (HEAD + "2027-01-01,holiday,,某文件,no\n", "calendar-line-unreadable", {"line": 2}),
        (HEAD + "2027-01-01,holiday,元旦,,no\n", "calendar-line-unreadable", {"line": 2}),
        (HEAD + "2027-01-01\n", "calendar-line-unreadable", {"line": 2}),
        (HEAD, "calendar-empty", {}),
    ],
)  # fmt: skip
def test_a_calendar_file_that_cannot_be_read_says_where(text, slug, detail):
    with pytest.raises(Invalid) as refused:
        book.parse(text)
    assert (refused.value.slug, refused.value.detail) == (slug, detail)


def test_a_file_saved_by_a_spreadsheet_is_read_in_spite_of_its_byte_order_mark():
    assert book.parse("\ufeff" + HEAD + "2027-01-01,holiday,元旦,某文件,yes\n")[0].provisional


# ask 16
def test_every_version_of_the_calendar_can_be_read_again_after_it_was_corrected(db):
    assert book.current() is SHIPPED
    first, second = holiday(date(2026, 11, 30)), holiday(date(2026, 12, 1))
    book.enter(SYSTEM, book.changed(book.current(), [first]), "增加一天")
    book.enter(SYSTEM, book.changed(book.current(), [second]), "再增加一天")
    ordinary = Entry(first.day, "ordinary", "更正", "演示数据")
    book.enter(SYSTEM, book.changed(book.current(), [ordinary]), "取消一天")
    assert book.head() == 3
    found = [[book.at(version).is_working(entry.day) for entry in (first, second)] for version in range(4)]
    assert found == [[True, True], [False, True], [False, False], [True, False]]
    assert book.at(1).is_working(date(2026, 2, 14))
    assert len(book.at(3).entries) == len(SHIPPED.entries) + 1


def test_who_changed_the_calendar_and_why_stands_in_the_record(db):
    book.enter(SYSTEM, book.changed(book.current(), [holiday(date(2026, 11, 30))]), "补充公告")
    entry = db.session.query(audit.Entry).one()
    assert (entry.verb, entry.subject, entry.actor) == ("calendar.change", "calendar/1", "system")
    assert "补充公告" in entry.data
    assert "2026-11-30" in entry.data
