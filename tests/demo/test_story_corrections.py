"""The story of a case sent back twice and certified all the same."""

import json

import pytest
from sqlalchemy import select

from certification.application import differences
from certification.application.models import Application
from core.db import db as database

pytestmark = pytest.mark.engines("walks")


def test_a_case_sent_back_twice_is_mended_field_by_field_and_certified(command):
    printed = command("demo", "walk", "--story", "corrections")
    story = json.loads(printed.strip().splitlines()[-1])
    assert (story["versions"], story["rounds"]) == (3, 2)
    for said in ("section-not-open", "（空） → 云陶", "营业执照副本：", "第 2 版到第 3 版", "答复"):
        assert said in printed, printed
    query = select(Application).where(Application.number == story["application"])
    case = database.session.scalars(query).one()
    assert case.state == "certified"
    first, second, third = (kept.content for kept in case.submissions)
    assert len(differences.between(first, second)) == 3
    assert differences.between(second, third).places() == {"factory.address"}
