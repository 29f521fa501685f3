"""A world to walk through, and a browser for each of its people."""

import pytest

from accounts import operations as accounts
from carbon import operations as carbon
from core.db import db as tables
from tests import factories
from tests.certification.calls import CALLS
from tests.certification.everything import Everything
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


@pytest.fixture
def ask(client, world):
    """ask(method, path): the answer of the API to a program of the applicant; the library is there."""
    carbon.load_factors()
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    tables.session.commit()

    def call(method: str, path: str, **more):
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


@pytest.fixture
def everything(db):
    """Something behind every door."""
    return Everything.begun()


@pytest.fixture
def programs(everything):
    """programs[who]: what a program of theirs sends along."""
    return {
        who: {"Authorization": f"Bearer {accounts.create_token(everything.actor(who), who)[1]}"}
        for who in sorted({who for who, _path, _given in CALLS.values()})
    }


@pytest.fixture
def rewind(database, everything):
    """rewind(): everything as it was when the test began, its people and their sessions included."""

    tables.session.commit()
    database.keep()
    return database.put_back


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
