"""Nobody waits for a stranger's line: the database is asked nothing before a request's body is whole."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import AnyConverter, IntegerConverter

from accounts import operations
from core.words import sentence
from tests import factories

READING = {"GET", "HEAD", "OPTIONS"}
FORM = b"name=" + b"x" * 4000
PARTS = (
    b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="slow.pdf"\r\n\r\n%PDF-1.4\n'
    + b"0" * 4000
    + b"\r\n--b--\r\n"
)
BODIES = {
    "form": ("application/x-www-form-urlencoded", FORM),
    "file": ("multipart/form-data; boundary=b", PARTS),
    "json": ("application/json", b'{"name": "' + b"x" * 4000 + b'"}'),
}


class Line:
    """A body that comes in pieces of a thousand bytes."""

    def __init__(self, body: bytes):
        self.rest = body

    def read(self, size: int = -1) -> bytes:
        size = min(size, 1000) if size >= 0 else 1000
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


@contextmanager
def asked_early(line: Line):
    """What the database was asked while part of the body was still on its way."""
    early = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if line.rest:
            early.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield early
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def address(rule) -> str:
    """The address of a rule, every part of it filled with something plausible."""
    parts = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            parts[name] = 1
        else:
            parts[name] = next(iter(converter.items)) if isinstance(converter, AnyConverter) else "x"
    return rule.build(parts)[1]


def writing_rules(app) -> list[tuple[str, str]]:
    return [(method, address(rule)) for rule in app.url_map.iter_rules() for method in rule.methods - READING]


@pytest.fixture
def askers(csrf_app, db, sign_in):
    """Each kind of asker: a client, and the headers it sends along."""
    user = factories.user(factories.organisation(), "applicant")
    _token, secret = operations.create_token(user.memberships[0].actor(), "test")
    db.session.commit()
    return {
        "nobody": (csrf_app.test_client(), {}),
        "somebody": (sign_in(csrf_app.test_client(), user), {}),
        "token": (csrf_app.test_client(), {"Authorization": f"Bearer {secret}"}),
    }


SENT = [
    ("nobody", "form"),
    ("somebody", "form"),
    ("somebody", "file"),
    ("somebody", "json"),
    ("token", "json"),
]


@pytest.mark.parametrize(("who", "kind"), SENT)
def test_no_writing_address_asks_the_database_before_the_body_is_whole(csrf_app, askers, who, kind):
    client, headers = askers[who]
    content_type, body = BODIES[kind]
    rules = writing_rules(csrf_app)
    assert len(rules) > 100
    found = {}
    for method, path in rules:
        line = Line(body)
        with asked_early(line) as early:
            client.open(
                path,
                method=method,
                headers=headers,
                content_type=content_type,
                environ_overrides={"wsgi.input": line, "CONTENT_LENGTH": str(len(body))},
            )
        if early:
            found[f"{method} {path}"] = early[0]
    assert found == {}


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "text/csv", ""])
def test_no_page_takes_what_no_form_sends(csrf_app, askers, content_type):
    """The API takes nothing but JSON: tests/core/test_api_edges.py."""
    pages = [(method, path) for method, path in writing_rules(csrf_app) if not path.startswith("/api/")]
    assert len(pages) > 70
    for who in ("nobody", "somebody"):
        client, _headers = askers[who]
        answers = {
            (method, path): client.open(path, method=method, data=b"{}", content_type=content_type)
            for method, path in pages
        }
        assert {each for each, answer in answers.items() if answer.status_code != 415} == set()
    assert sentence("not-a-form") in answers[pages[0]].text


def test_a_page_that_is_not_there_or_takes_nothing_says_so_first(csrf_app):
    client = csrf_app.test_client()
    sent = {"data": b"{}", "content_type": "text/plain"}
    assert client.post("/nowhere", **sent).status_code == 404
    assert client.post("/help", **sent).status_code == 405


def test_a_body_that_is_too_large_is_refused_without_waiting_for_it(csrf_app, askers):
    csrf_app.config["MAX_CONTENT_LENGTH"] = 2000
    client, headers = askers["somebody"]
    line = Line(FORM)
    slow = {"wsgi.input": line, "CONTENT_LENGTH": str(len(FORM))}
    answer = client.post("/roles", headers=headers, content_type=BODIES["form"][0], environ_overrides=slow)
    assert answer.status_code == 413
    assert line.rest == FORM
