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


# Whose answers are described as objects only.  This list can only become shorter.
BARE = {
    "act", "attach_file", "case_clocks", "declare", "extend_clock", "factors", "file_appeal", "preview",
    "report", "working_calendar",
}  # fmt: skip


def test_every_answer_names_its_members(document):
    bare = {
        operation["operationId"]
        for _method, _path, operation in each_operation(document)
        for status, answer in operation["responses"].items()
        if status.startswith("2") and answer["content"]["application/json"]["schema"] == {"type": "object"}
    }
    assert bare == BARE


def test_every_operation_has_a_name_a_program_can_call(document):
    names = [operation["operationId"] for _method, _path, operation in each_operation(document)]
    assert [name for name in names if not name.isidentifier()] == []
    assert len(names) == len(set(names))


def test_the_operations_that_need_no_token_are_those_open_to_everybody(app, document):
    open_to_all = {
        template(rule.rule)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "is_public", False)
    }
    for method, path, operation in each_operation(document):
        assert operation["security"] == ([] if path in open_to_all else [{"token": []}]), (method, path)


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
