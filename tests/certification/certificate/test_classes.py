"""What the page of a rule tells of each class: the certificates that stand in it, and the days it took."""

import re
from datetime import timedelta

import pytest

from certification.certificate.models import Certificate
from certification.certificate.queries import classes
from core import lifecycle
from core.clock import travel
from core.db import db
from tests.certification.clocks.test_clocks_pages import ended
from tests.certification.graded import GradedWorld
from tests.support.markup import faults

NINE = [20, 30, 40, 50, 60, 70, 80, 90, 100]


@pytest.fixture
def world(db):
    return GradedWorld()


@pytest.fixture
def certificate(world):
    case = world.graded("certified").application
    db.session.commit()
    return db.session.query(Certificate).filter_by(application_id=case.id).one()


def counted(world) -> list[int]:
    return [each.certificates for each in classes.by_class(world.scheme)["carbon"]]


def test_a_certificate_stands_in_the_class_of_each_of_its_models_and_counts_once(world, certificate):
    assert counted(world) == [1, 0, 1]  # cars to 17 in, cars above, trucks
    assert classes.in_force(world.scheme) == 1


def test_what_an_act_or_a_day_has_ended_is_not_in_force(world, certificate):
    with travel(certificate.valid_to + timedelta(days=1)):
        assert counted(world) == [0, 0, 0]
    actor = world.actor("decision_maker")
    lifecycle.take(certificate, "withdraw", actor, cause="fraud", reason="造假")
    assert counted(world) == [0, 0, 0]
    assert classes.in_force(world.scheme) == 0


def test_the_days_of_a_class_are_those_of_its_own_cases(world, certificate):
    ended(world, [200, 210, 220, 230, 240])  # of others
    ended(world, NINE, application_id=certificate.application_id)  # the tenth is its own, of no day
    cars, large, _trucks = classes.by_class(world.scheme)["carbon"]
    assert (cars.days.sample, cars.days.half) == (10, 50)
    assert large.days is None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ["1 张 50（10 件）", "0 张 —", "，1 张证书有效"]),
        ("en", ["1 50 (10 cases)", "0 —", ", 1 certificates in force"]),
    ],
)
def test_the_page_of_the_rule_tells_both(client, world, certificate, language, told):
    ended(world, NINE, application_id=certificate.application_id)
    db.session.commit()
    text = client.get(f"/rules/lc-tyre?lang={language}").text
    assert faults(text) == []
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert [each for each in told if each not in page] == []
