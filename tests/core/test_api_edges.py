"""What programs send is read within bounds and whole, or refused: on every operation of the API."""

import json
import re

import pytest

from accounts import operations
from tests import factories
from tests.core.test_addresses import KINDS

pytestmark = pytest.mark.engines("constraints")

ODD = [
    ({"data": b"{", "content_type": "application/json"}, 400, "body-not-json"),
    ({"data": b'{"a": NaN}', "content_type": "application/json"}, 400, "body-not-json"),
    ({"data": b'{"a": 1e999}', "content_type": "application/json"}, 400, "body-not-json"),
    ({"data": b'{"a": 1, "a": 2}', "content_type": "application/json"}, 400, "body-member-twice"),
    ({"data": b'{"a": ' * 100_000, "content_type": "application/json"}, 400, "body-not-json"),
    ({"data": b"[" * 40 + b"]" * 40, "content_type": "application/json"}, 400, "body-too-deep"),
    ({"data": b'{"a": "\\ud800"}', "content_type": "application/json"}, 422, "body-unreadable"),
    ({"data": b'{"a": "x\\u0000"}', "content_type": "application/json"}, 422, "body-unreadable"),
    ({"data": "{}".encode("utf-16"), "content_type": "application/json"}, 400, "body-not-json"),
    (
        {"data": b'"' + b"x" * (2 * 1024 * 1024) + b'"', "content_type": "application/json"},
        413,
        "body-too-large",
    ),
    ({"data": {"a": "1"}}, 415, "http-415"),
    ({"data": b"{}", "content_type": "application/x-www-form-urlencoded"}, 415, "http-415"),
    ({"data": b"{}", "content_type": "multipart/form-data; boundary=x"}, 415, "http-415"),
    ({"data": b"{}", "content_type": "text/plain"}, 415, "http-415"),
    ({"data": b"{}", "content_type": ""}, 415, "http-415"),
]

NOBODYS = "987654321"  # the number of nothing, not even of who asks


@pytest.fixture
def tokens(db):
    """A bearer token for somebody of each kind of organisation, with all its roles."""
    people = [factories.user(factories.organisation(kind), *roles) for kind, roles in KINDS.items()]
    made = [operations.create_token(person.memberships[0].actor(), "脚本")[1] for person in people]
    db.session.commit()
    return [{"Authorization": f"Bearer {secret}"} for secret in made]


@pytest.fixture
def described(client, db):
    return client.get("/api/v1/openapi.json").json


def each_operation(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            address = re.sub(r"{\w*id}", NOBODYS, path)
            yield method.upper(), re.sub(r"{\w+}", "x", address), operation


def body_of(described, operation) -> dict | None:
    """The schema of the JSON an operation takes; None when it takes none."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return described["components"]["schemas"][content["application/json"]["schema"]["$ref"].split("/")[-1]]


def test_a_parameter_that_does_not_exist_is_refused_by_every_operation(client, tokens, described):
    answered = [
        (method, address, answer.status_code)
        for method, address, _operation in each_operation(described)
        if (answer := client.open(f"{address}?stauts=valid", method=method, headers=tokens[0])).status_code
        != 422
        or answer.json["slug"] != "argument-unknown"
    ]
    assert answered == []
    assert client.get("/api/v1/openapi.json?stauts=valid").status_code == 422
    assert client.get("/api/v1/products?lang=en").status_code == 200


def test_every_operation_that_takes_json_refuses_what_is_none(client, tokens, described):
    wrong = [
        (method, address, sent, answer.status_code)
        for method, address, operation in each_operation(described)
        if body_of(described, operation)
        for sent, status, slug in ODD
        if (answer := client.open(address, method=method, headers=tokens[0], **sent)).status_code != status
        or answer.content_type != "application/problem+json"
        or answer.json["slug"] != slug
    ]
    assert wrong == []


def test_no_member_of_a_body_breaks_an_operation_or_hides_a_refusal(client, tokens, described):
    """Whoever asks for what is not there is told that, whatever the body holds."""
    wrong = []
    for method, address, operation in each_operation(described):
        schema = body_of(described, operation)
        for value in (None, 10**30, -(10**30), "1e999999", [], {}, True, "0001-01-01") if schema else ():
            body = json.dumps(dict.fromkeys(schema.get("properties", {}), value))
            answer = client.open(
                address, method=method, headers=tokens[0], data=body, content_type="application/json"
            )
            expected = (404,) if f"/{NOBODYS}" in address or "/x" in address else (403, 404, 422)
            if answer.status_code not in expected:
                wrong.append((method, address, value, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    ("query", "member", "slug"),
    [
        ("q=" + "x" * 201, "q", "body-member-too-long"),
        ("per_page=101", "per_page", "body-member-out-of-bounds"),
        ("page=abc", "page", "body-member-invalid"),
        ("sort=bogus", "sort", "body-member-invalid"),
        ("status=bogus", "status.0", "body-member-invalid"),
        ("page=1&page=2", "page", "body-member-invalid"),
        ("stauts=valid", "stauts", "body-member-unknown"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_said_of_that_parameter(client, db, query, member, slug):
    answer = client.get(f"/api/v1/products?{query}")
    assert answer.status_code == 422
    assert answer.json["fields"][member]["slug"] == slug
    assert member in answer.json["title"]
