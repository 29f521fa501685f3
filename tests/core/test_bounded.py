"""What strangers send is read by a child that can use only so much, and whose end is one refused file."""

import pytest

from core import bounded
from core.errors import Invalid
from tests.core import readers_gone_wrong as readers


def test_a_reader_answers_plain_values_and_inherits_nothing(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a secret of the parent")
    words, variables, flask, sqlalchemy = bounded.run(readers.well, "算")
    assert words == "算"
    assert variables <= 2
    assert not flask
    assert not sqlalchemy


@pytest.mark.parametrize(
    ("reader", "bounds", "slug"),
    [
        (readers.for_ever, {"cpu_s": 1}, "file-too-much-work"),
        (readers.asleep, {"wall_s": 1}, "file-too-much-work"),
        (readers.greedy, {"memory_mb": 256}, "file-too-much-work"),
        (readers.killed, {}, "file-too-much-work"),
        (readers.broken, {}, "file-unreadable"),
        (readers.refusing, {}, "file-empty"),
    ],
)
def test_a_reader_that_goes_wrong_is_a_refusal_in_a_sentence(reader, bounds, slug):
    with pytest.raises(Invalid) as no:
        bounded.run(reader, **bounds)
    assert no.value.slug == slug


def test_a_reader_cannot_write_a_file(tmp_path):
    path = tmp_path / "written"
    with pytest.raises(Invalid):
        bounded.run(readers.writing, str(path))
    assert path.read_text() == ""


def test_the_particulars_of_a_refusal_come_through():
    with pytest.raises(Invalid) as no:
        bounded.run(readers.refusing)
    assert no.value.detail == {"limit": 3}
