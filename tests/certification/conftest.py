"""A world to walk through, and a browser for each of its people."""

import pytest

from tests.certification.world import World


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def browser(app, world, sign_in):
    """browser(role): a browser in which the holder of the role has signed in."""

    def enter(role: str):
        return sign_in(app.test_client(), world.people[role])

    return enter
