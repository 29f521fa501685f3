"""What the page of a rule tells of fees and of the time it took others."""

import re

import pytest

from certification.fees.operations import publish_fees
from core.clock import today
from tests.certification.clocks.test_clocks_pages import ended
from tests.certification.fees.test_fees import PRICES
from tests.support.markup import faults
from tests.support.rules import amend

TERM = {"acceptance_to_certificate": {"days": 90, "unit": "calendar", "source": "演示数据"}}


@pytest.fixture
def world(world):
    amend(world.scheme, clocks=TERM)
    return world


def told(client, language: str = "zh") -> str:
    text = client.get(f"/rules/lc-tile?lang={language}").text
    assert faults(text) == []
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_page_of_a_rule_tells_how_long_it_really_took_and_how_many_cases_that_rests_on(client, world):
    ended(world, [20, 30, 40, 50, 60, 70, 80, 90, 100, 400])
    page = told(client)
    assert "从受理到发证，一半在 60 天内" in page
    assert "已办结 10 件；十件中九件在 100 天内" in page
    assert "60 天（10 件）" in page
    english = told(client, "en")
    assert "60 days (10 cases)" in english


def test_of_fewer_cases_the_page_tells_the_term_and_nothing_measured(client, world):
    ended(world, [20, 30, 40, 50, 60, 70, 80, 90, 100])
    page = told(client)
    assert "一半在 60" not in page
    assert "从受理到发证，期限 90 天" in page
    assert "办结的案卷太少，没有实际天数" in page


def test_fees_are_told_by_body_as_a_quote_would_reckon_them(client, world):
    assert "还没有机构公布这一类的收费标准" in told(client)
    publish_fees(world.actor("head_of_body"), "lc-tile", today(), "演示数据", **PRICES)
    page = told(client)
    # 500 + 2 days at 2500.50 + 2 tests at 300 + 800, for one model
    assert "6,901.00" in page
    assert "申请" in page
    assert world.body.name in page
    assert "1 家机构" in page
