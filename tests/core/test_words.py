"""A slug without a word is an error here; in an installation it is shown and written to the log once."""

import logging

import pytest

from core import words


@pytest.fixture
def tables(assembled):
    """connect(strict): the words as an installation or a test has them; put back afterwards."""
    before = dict(words._words)
    yield lambda strict: words.connect({"act.suspend": words.Word("暂停")}, strict=strict)
    words.connect(before, strict=True)


def test_a_missing_word_is_an_error_under_test(tables):
    tables(strict=True)
    with pytest.raises(KeyError, match=r"act\.supersede"):
        words.word("act.supersede")


def test_an_installation_shows_the_slug_and_logs_it_once(tables, caplog):
    tables(strict=False)
    with caplog.at_level(logging.ERROR):
        shown = {str(words.word("act.supersede")) for _ in range(3)}
    assert shown == {"supersede"}
    assert [record.getMessage() for record in caplog.records] == ["no word for act.supersede"]


def test_a_sentence_without_words_is_shown_as_its_slug(tables):
    tables(strict=False)
    assert words.sentence("unheard-of", {"detail": 1}) == "unheard-of"


def test_a_sentence_at_a_field_is_whole_without_its_details(app):
    with app.test_request_context("/"):
        assert "…" in words.explain("glyph-missing")
