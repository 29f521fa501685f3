"""The same world as certification's, with a regulator who looks at it."""

import pytest

from tests import factories
from tests.certification.world import World


@pytest.fixture
def world(db):
    return World.begun()


@pytest.fixture
def house(db):
    return factories.organisation("regulator", name="省监管局")


@pytest.fixture
def regulator(app, house, sign_in):
    """A browser in which a regulator has signed in."""
    return sign_in(app.test_client(), factories.user(house, "regulator"))
