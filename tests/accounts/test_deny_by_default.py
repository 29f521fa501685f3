"""Nothing granted means nothing allowed, on every route there is."""

import pytest

from tests import factories

# What anybody may see; a new open door is written here, or this test fails.
PUBLIC = {
    "accounts.drop_held_form",
    "accounts.held_form",
    "accounts.invitation",
    "accounts.sign_in",
    "accounts.sign_in_demonstration",
    "accounts.sign_in_now",
    "accounts.sign_out",
    "accounts.sign_up",
    "accounts.sign_up_now",
    "accounts.take_seat",
    "static",
}

# What is everybody's own, once signed in.
PERSONAL = {
    "accounts.account",
    "accounts.change_password",
    "accounts.choose_role",
    "accounts.create_token",
    "accounts.organisation",
    "accounts.revoke_token",
    "accounts.roles",
    "accounts.update_profile",
}

ARGUMENTS = {"IntegerConverter": 1, "UnicodeConverter": "x", "PathConverter": "x", "AnyConverter": "x"}


def doors(app):
    """(endpoint, method, address) of every route, with something put in for its arguments."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {
            name: rule.defaults[name]
            if rule.defaults and name in rule.defaults
            else ARGUMENTS[type(converter).__name__]
            for name, converter in rule._converters.items()
        }
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, values)


def closed(app):
    return [door for door in doors(app) if door[0] not in PUBLIC]


def test_the_open_doors_are_these(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_public", False)}
    assert marked | {"static"} == PUBLIC


def test_whoever_is_not_signed_in_stands_before_every_other_door(app, client):
    let_in = []
    for endpoint, method, address in closed(app):
        answer = client.open(address, method=method)
        asked = answer.status_code == 303 and answer.location.startswith("/sign-in")
        if not (asked or answer.status_code == 401):
            let_in.append((endpoint, method, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize("kind", ["manufacturer", "certification_body", "regulator"])
def test_whoever_holds_no_role_is_refused_at_every_door_but_the_own(app, client, db, sign_in, kind):
    user = factories.user(factories.organisation(kind))
    db.session.commit()
    sign_in(client, user)
    let_in = []
    for endpoint, method, address in closed(app):
        if endpoint in PERSONAL:
            continue
        answer = client.open(address, method=method)
        if answer.status_code not in (401, 403, 404, 405):
            let_in.append((endpoint, method, answer.status_code))
    assert let_in == []


def test_an_unmarked_view_is_closed(app, monkeypatch):
    """The guard itself, fed with a view somebody forgot to think about."""
    view = app.view_functions["accounts.sign_up"]
    monkeypatch.setitem(app.view_functions, "accounts.sign_up", lambda: view())
    assert app.test_client().get("/sign-up").location == "/sign-in?next=/sign-up"
    monkeypatch.undo()
    assert app.test_client().get("/sign-up").status_code == 200
