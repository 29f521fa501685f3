"""What people type, in the spellings met in trials and in the mail of users, and what is read of each."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.readers import at, codes, days, ids, mail, numbers, texts
from tests.support.spellings import DAYS, IDS, MAIL, MOMENTS, NUMBERS, TEXTS


def read(reader, value, **bounds):
    """What is read, or the slug of the refusal."""
    try:
        return reader(value, **bounds)
    except Invalid as error:
        return error.slug


def spelt(table):
    return pytest.mark.parametrize(("typed", "right"), table, ids=lambda value: ascii(value)[:40])


@spelt(NUMBERS)
def test_a_number_is_read_as_it_was_meant_or_refused(typed, right):
    assert read(numbers.number, typed) == (Decimal(right) if right[:1] in "-.0123456789" else right)


@pytest.mark.parametrize("typed", ["", " ", "\u3000", None])
def test_nothing_typed_is_no_number_and_no_day(typed):
    assert numbers.number(typed) is None
    assert numbers.whole(typed) is None
    assert days.day(typed) is None
    assert days.year(typed) is None


def test_a_number_of_the_program_is_taken_digit_for_digit():
    assert numbers.number(Decimal("1.230")).as_tuple() == Decimal("1.230").as_tuple()
    assert numbers.number(7) == 7
    assert numbers.number(0.1) == Decimal("0.1")
    assert read(numbers.number, True) == "number-unreadable"
    assert read(numbers.number, Decimal("NaN")) == "number-unreadable"
    assert read(numbers.number, ["1"]) == "number-unreadable"


def test_there_is_one_zero():
    assert [str(numbers.number(typed)) for typed in ("-0", "-0.00", "0")] == ["0", "0.00", "0"]


def test_a_number_may_have_a_bound_of_its_own():
    assert read(numbers.number, "99", most=Decimal(100)) == 99
    assert read(numbers.number, "100", most=Decimal(100)) == "quantity-absurd"


@spelt([
    ("12", 12), ("１２", 12), ("1,200", 1200), ("3.0", 3), ("0", 0), ("2147483647", 2147483647),
    ("2147483648", "number-out-of-range"), ("-1", "number-out-of-range"), ("1.5", "number-not-whole"),
    ("1,5", "number-comma"), ("twelve", "number-unreadable"), (True, "number-unreadable"),
])  # fmt: skip
def test_a_whole_number_fits_its_column(typed, right):
    assert read(numbers.whole, typed) == right


@given(st.decimals(-(10**11), 10**11, allow_nan=False, places=6))
def test_every_plain_and_grouped_spelling_of_a_number_is_read_back(number):
    assert numbers.number(f"{number:f}") == number
    assert numbers.number(f"{number:,f}") == number


@given(st.text(max_size=50))
def test_no_text_breaks_a_reader(text):
    for reader in (numbers.number, numbers.whole, days.day, days.year, days.moment, ids.number, texts.line,
                   texts.prose, codes.letters, mail.address):  # fmt: skip
        read(reader, text)


@spelt(DAYS)
def test_a_day_is_read_as_people_type_it_or_refused(typed, right):
    assert read(days.day, typed) == (date.fromisoformat(right) if right[:1].isdecimal() else right)


def test_a_day_of_the_program_is_taken():
    assert days.day(date(2025, 1, 31)) == date(2025, 1, 31)
    assert days.day(datetime(2025, 1, 31, 23, 59, tzinfo=UTC)) == date(2025, 1, 31)
    assert read(days.day, date(1, 1, 1)) == "date-absurd"


@spelt(MOMENTS)
def test_a_moment_is_a_day_and_a_time_to_the_minute(typed, right):
    told = read(days.moment, typed)
    assert (told if isinstance(told, str) else f"{told:%Y-%m-%d %H:%M}") == right


def test_a_moment_of_the_program_is_taken():
    assert days.moment("") is None
    assert days.moment(datetime(2025, 1, 31, 8, 5)) == datetime(2025, 1, 31, 8, 5)  # noqa: DTZ001


@spelt([
    ("March 2021", date(2021, 3, 1)), (" december ２０２０ ", date(2020, 12, 1)), ("", None), (None, None),
    ("March", "date-unreadable"), ("Mars 2021", "date-unreadable"), ("March 21", "year-unreadable"),
    ("2021", "date-unreadable"),
])  # fmt: skip
def test_a_month_in_english_is_its_first_day(typed, right):
    assert read(days.month_in_english, typed) == right


@spelt(IDS)
def test_the_number_of_a_row_has_one_spelling(typed, right):
    assert read(ids.number, typed) == right


@spelt([("2025", 2025), ("２０２５", 2025), ("25", "year-unreadable"), ("1899", "year-unreadable"),
        ("2025年", "year-unreadable")])  # fmt: skip
def test_a_year_has_four_digits(typed, right):
    assert read(days.year, typed) == right


@spelt(TEXTS)
def test_what_cannot_be_seen_goes_and_what_deceives_is_refused(typed, right):
    assert read(texts.prose, typed) == right


@given(st.text())
def test_a_cleaned_text_stays_as_it_is(text):
    clean = read(texts.prose, text)
    assert read(texts.prose, clean) == clean
    line = read(texts.line, text)
    assert "\n" not in line
    assert read(texts.line, line) == line


def test_a_line_has_no_breaks_and_prose_keeps_them():
    assert texts.line("一\r\n二\t三") == "一 二 三"
    assert texts.prose("一\r\n二\u2028三\t四") == "一\n二\n三\t四"


def test_a_text_is_as_long_as_it_may_be():
    assert texts.line("瓷" * 200) == "瓷" * 200
    assert texts.prose(" " + "瓷" * 4000 + "\u200b") == "瓷" * 4000
    with pytest.raises(Invalid) as refused:
        texts.line("瓷" * 201)
    assert (refused.value.slug, refused.value.detail) == ("text-too-long", {"most": 200})


def test_a_code_is_read_half_width_in_capitals_and_without_blanks():
    assert codes.letters(" ９１３２０2ma\u200b1 w7t30\u00a07 ") == "913202MA1W7T307"
    assert read(codes.letters, "9" * 101) == "text-too-long"


@spelt(MAIL)
def test_an_address_can_be_mailed_or_is_refused(typed, right):
    assert read(mail.address, typed) == right


def test_a_refusal_names_the_field_it_was_typed_in():
    with pytest.raises(Invalid) as refused:
        at("amount", numbers.number, "12,5")
    assert refused.value.fields == {"amount": "number-comma"}
    assert at("amount", numbers.number, "12.5") == Decimal("12.5")
