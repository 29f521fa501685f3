"""A world to walk through, and a browser for each of its people."""

import pytest

from tests import factories
from tests.certification.world import World


@pytest.fixture
def world(db):
    return World.begun()


@pytest.fixture
def browser(app, world, sign_in):
    """browser(role): a browser in which the holder of the role has signed in."""

    def enter(role: str):
        return sign_in(app.test_client(), world.people[role])

    return enter


# Who keeps the registers, and who stands in them


@pytest.fixture
def office(db):
    return factories.organisation("regulator")


@pytest.fixture
def keeper(office):
    return factories.user(office, "regulator").memberships[0].actor()


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


@pytest.fixture
def laboratory(db):
    return factories.organisation("testing_body")


@pytest.fixture
def verifier(body):
    return factories.user(body, "verifier")
