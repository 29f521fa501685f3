"""Which way a change of a rule bears."""

import pytest

from schemes.document import differences
from schemes.drafts import telling
from schemes.drafts.bearing import bearing
from tests.schemes.examples import tyre


def borne(*changes):
    return [bearing(each, tyre(*changes)) for each in differences(tyre(), tyre(*changes))]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("/criteria/0/rows/0/grades/one", "2.00")], "stricter"),
        ([("/criteria/0/rows/0/grades/one", "2.30")], "looser"),
        ([("/criteria/0/rows/0/grades/one", "2.00"), ("/criteria/0/rows/1/grades/one", "2.40")], ""),
        ([("/criteria/0/rows/0/grades/one", "2,0")], ""),
        ([("/criteria/0/rows/0/when/1/from", "11")], ""),
        ([("/criteria/0/rows/2", ...)], ""),
        ([("/identity/validity/years", 5)], ""),
        ([("/fees", [{"slug": "visit"}])], "added"),
        ([("/parameters/0/choices", [])], "gone"),
    ],
)
def test_a_change_bears_one_way_or_none(changes, said):
    assert borne(*changes) == [said]


def test_a_least_that_rises_is_stricter():
    at_least = ("/criteria/0/comparator", "ge")
    before, after = tyre(at_least), tyre(at_least, ("/criteria/0/rows/0/grades/one", "2.30"))
    assert [bearing(each, after) for each in differences(before, after)] == ["stricter"]


def test_it_is_told_with_the_change(app):
    changed = tyre(("/criteria/0/rows/0/grades/one", "2.00"))
    with app.test_request_context():
        (found,) = telling.changes(differences(tyre(), changed), changed, tyre())
    assert found.bearing == "stricter"
