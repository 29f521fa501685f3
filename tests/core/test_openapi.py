"""The document of the API can be read by any tool, and says what is so.

That each answer is one the document describes, is looked at in every test (tests/support/client).
"""

import flask
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.web import json_response
from tests.support.client import Watch
from tests.support.described import template


@pytest.fixture
def document(client, db):
    return client.get("/api/v1/openapi.json").json


def each_operation(document):
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid(document):
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_server_is_the_public_address(app, client):
    app.config["PUBLIC_URL"] = "https://ct.example.cn"
    answer = client.get("/api/v1/openapi.json", base_url="https://ct.example.cn")
    assert answer.json["servers"] == [{"url": "https://ct.example.cn"}]


def test_every_operation_says_what_it_answers_when_it_went_well_and_when_not(document):
    assert document["paths"]
    for method, path, operation in each_operation(document):
        well = [status for status in operation["responses"] if status.startswith("2")]
        assert len(well) == 1, (method, path)
        assert {"401", "422", "503"} <= set(operation["responses"]), (method, path)
        assert ("404" in operation["responses"]) >= ("{" in path), (method, path)
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= set(operation["responses"]), (method, path)


def bare(schema, document, place="", inside=()):
    """Where in a schema an object stands of which no member is named, nor what its members are."""
    if (ref := schema.get("$ref")) is not None:
        name = ref.rsplit("/", 1)[-1]
        named = document["components"]["schemas"][name]
        return [] if name in inside else bare(named, document, place, (*inside, name))
    more = schema.get("additionalProperties")
    parts = schema.get("properties", {}) | ({"*": more} if isinstance(more, dict) else {})
    parts |= {"[]": schema["items"]} if "items" in schema else {}
    parts |= {str(n): each for n, each in enumerate(schema.get("anyOf", []))}
    found = [
        fault for name, part in parts.items() for fault in bare(part, document, f"{place}/{name}", inside)
    ]
    told = parts or more is False or schema.get("type") not in ("object", "array", None)
    return found if told else [place or "/"]


def test_every_answer_names_its_members_and_all_that_stands_in_them(document):
    found = {
        (operation["operationId"], place)
        for _method, _path, operation in each_operation(document)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media, content in answer["content"].items()
        if media == "application/json" or content["schema"].get("format") != "binary"  # a file has no members
        for place in bare(content["schema"], document)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("schema", "places"),
    [
        ({"type": "object"}, ["/"]),
        ({"type": "object", "additionalProperties": True}, ["/"]),
        ({"type": "object", "properties": {"a": {"type": "object"}}}, ["/a"]),
        ({"type": "object", "properties": {"a": {}}}, ["/a"]),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, ["/[]/b"]),
        ({"anyOf": [{"type": "null"}, {"type": "array"}]}, ["/1"]),
        ({"type": "object", "additionalProperties": {"type": "string"}}, []),
        ({"type": "object", "properties": {}, "additionalProperties": False}, []),
    ],
)
def test_an_object_of_which_no_member_is_named_is_found_wherever_it_stands(schema, places):
    thing = {"type": "object", "properties": {"b": {"type": "object"}, "c": {"type": "string"}}}
    assert bare(schema, {"components": {"schemas": {"Thing": thing}}}) == places


def test_every_operation_has_a_name_a_program_can_call(document):
    names = [operation["operationId"] for _method, _path, operation in each_operation(document)]
    assert [name for name in names if not name.isidentifier()] == []
    assert len(names) == len(set(names))


def test_the_operations_that_need_no_token_are_those_open_to_everybody(app, document):
    open_to_all = {
        (method.lower(), template(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods
        if getattr(app.view_functions[rule.endpoint], "is_public", False)
    }
    for method, path, operation in each_operation(document):
        needs = [] if (method, path) in open_to_all else [{"token": []}]
        assert operation["security"] == needs, (method, path)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (({"items": []}, 200), None),
        (({"items": []}, 202), "answered 202, which is not described"),
        (({"items": []}, 200, "text/plain"), "answered text/plain, which is not described"),
        (([], 200), "answered what is not described: /: [] is not of type 'object'"),
    ],
)
def test_an_answer_the_document_does_not_describe_fails_the_test_that_got_it(app, db, answer, complaint):
    watch = Watch(app)
    with app.test_request_context("/api/v1/schemes"):
        flask.request_finished.send(app, response=json_response(*answer))
    expected = [f"GET /api/v1/schemes {complaint}"] if complaint else []
    assert watch.complaints == expected
