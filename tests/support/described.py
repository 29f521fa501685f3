"""What an operation of the API answered, held against the document that describes it."""

import re
from functools import cache

import flask
from openapi_schema_validator import OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from core.api import spec

ADDRESS = "urn:document"


def document() -> dict:
    spec.app = flask.current_app
    return spec.spec


@cache
def _registry() -> Registry:
    return Registry().with_resource(ADDRESS, DRAFT202012.create_resource(document())).crawl()


@cache
def _validator(schema: str) -> OAS31Validator:
    return OAS31Validator({"$ref": f"{ADDRESS}#{schema}"}, registry=_registry())


def template(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def difference(request: flask.Request, response: flask.Response) -> str | None:
    """What of this answer the document does not say; None when it says it all."""
    path = template(request.url_rule.rule) if request.url_rule else None
    operation = document()["paths"].get(path, {}).get(request.method.lower())
    if operation is None:
        return None
    answer = operation["responses"].get(str(response.status_code))
    if answer is None:
        return f"answered {response.status_code}, which is not described"
    if response.mimetype not in answer["content"]:
        return f"answered {response.mimetype}, which is not described"
    if not response.is_json:
        return None  # a file, of which the document says the type
    parts = ("paths", path, request.method.lower(), "responses", str(response.status_code), "content")
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
                      for part in (*parts, response.mimetype, "schema"))  # fmt: skip
    faults = [
        f"/{'/'.join(map(str, fault.path))}: {fault.message[:200]}"
        for fault in _validator(pointer).iter_errors(response.get_json())
    ]
    return f"answered what is not described: {'; '.join(faults)}" if faults else None
