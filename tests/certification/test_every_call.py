"""Every operation of the API that takes a body, with each member alone left out: said, never an error."""

import re

import pytest

from core.clock import today
from tests.certification.calls import CALLS
from tests.support.databases import Sqlite
from tests.support.described import document

pytestmark = pytest.mark.engines("types")

SAID = {200, 201, 409, 422}


def described(app) -> dict[str, tuple[str, str, dict]]:
    """operationId -> (method, media type, schema of the body)"""
    with app.app_context():
        whole = document()
    return {
        operation["operationId"]: (method.upper(), media, resolved(content["schema"], whole))
        for methods in whole["paths"].values()
        for method, operation in methods.items()
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
    }


def resolved(schema, whole):
    """The schema with the others it names put into their places."""
    if isinstance(schema, list):
        return [resolved(each, whole) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if name := schema.get("$ref"):
        return resolved(whole["components"]["schemas"][name.rpartition("/")[2]], whole)
    return {key: resolved(value, whole) for key, value in schema.items()}


def sample(schema: dict):
    """Something of this shape."""
    if choices := schema.get("anyOf"):
        return sample(choices[0])
    if found := re.fullmatch(r"\^\((\w+)\|.*\)\$", schema.get("pattern", "")):
        return found[1]
    match schema.get("type"):
        case "object":
            return {name: sample(each) for name, each in schema.get("properties", {}).items()}
        case "array":
            return [sample(schema["items"])]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return today().isoformat() if schema.get("format") == "date" else "一句话"


def without(member: str, schema: dict, good: dict) -> dict:
    """A body that lacks one member, or, without a name, all."""
    whole = sample(schema) | good
    return {name: value for name, value in whole.items() if member and name != member}


def said_of(answer, member: str) -> str:
    """What is wrong with the member; the calculator names it, or a part of it, by its JSON pointer."""
    fields = answer.json.get("fields", {})
    return next(
        (fields[name]["slug"] for name in fields if f"{name}/".lstrip("/").startswith(f"{member}/")), ""
    )


def test_no_call_breaks_when_a_member_of_its_body_is_left_out(app, database, everything, programs, rewind):
    bodies = described(app)
    assert bodies.keys() == CALLS.keys()
    wrong = []
    for name, (method, media, schema) in bodies.items():
        who, path, good = CALLS[name]
        path, required = f"/api/v1{path.format_map(everything.places)}", schema.get("required", [])
        # What is not required may be done without, which no database does in its own way.
        for member in ["", *(schema["properties"] if isinstance(database, Sqlite) else required)]:
            body = without(member, schema, everything.said(good))
            sent = {"json": body} if media == "application/json" else {"data": body, "content_type": media}
            try:
                answer = app.test_client().open(path, method=method, headers=programs[who], **sent)
            except Exception as error:  # whatever it is, it would have been a 500
                wrong.append((name, member, repr(error)[:200]))
                continue
            if answer.status_code not in SAID:
                wrong.append((name, member, answer.status_code, answer.text[:200]))
            elif member in required and not said_of(answer, member):
                wrong.append((name, member, answer.json))
            if answer.status_code < 400:
                rewind()
    assert wrong == []
