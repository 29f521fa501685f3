"""Differences of two documents in the words of the field: no JSON, no slug where there is a name."""

import pytest

from schemes.document import differences
from schemes.drafts import telling
from tests.schemes.examples import tyre


@pytest.fixture
def told(app):
    def tell(*changes):
        with app.test_request_context():
            return [
                (each.name, each.before, each.after)
                for each in telling.changes(differences(tyre(), tyre(*changes)), tyre(*changes), tyre())
            ]

    return tell


def test_one_value_is_told_with_its_way(told):
    assert told(("/identity/validity/years", 5)) == [("基本信息：证书有效期：年数", "3", "5")]


def test_a_choice_is_told_by_its_name(told):
    assert told(("/criteria/0/comparator", "lt")) == [
        ("准则与限值：单位质量碳足迹：比较", "不高于（≤）", "低于（＜）")
    ]


def test_what_was_not_there_before_is_told_whole_but_for_what_the_house_calls_it(told):
    (name, before, after) = told(
        ("/fees", [{"slug": "visit", "names": {"zh": "现场", "en": "Visit"}, "per": "person_day"}])
    )[0]
    assert (name, before) == ("费用项目", "")
    assert after == "名称 中文 现场，英文 Visit，按什么收 人日"


def test_a_mark_is_told_as_yes_or_no(told):
    assert told(("/identity/demo", False)) == [("基本信息：演示数据", "是", "否")]


def test_what_did_not_change_is_not_told(told):
    assert told() == []
