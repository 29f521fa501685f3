"""Schemes as documents, for whoever asks."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import public
from core.api import asked_in, described
from core.web import json_response
from schemes import asking, document, queries, shapes

bp = Blueprint("schemes_api", __name__, url_prefix="/api/v1/schemes")


@bp.get("/schema")
@described("registers", answer=shapes.SchemaAnswer)
@public
def scheme_schema() -> ResponseReturnValue:
    """What the document of a scheme may hold, as JSON Schema."""
    return json_response(document.schema())


@bp.get("/<code>/versions/<version>")
@described("registers", answer=shapes.SchemeDocumentAnswer)
@public
def scheme_version(code: str, version: str) -> ResponseReturnValue:
    """One version of a scheme, whole: what may be kept, sent on and loaded again."""
    return json_response(shapes.version_of(queries.version(code, version)))


@bp.get("/<code>/versions/<version>/application-schema")
@described("registers", answer=shapes.SchemaAnswer)
@public
def application_schema(code: str, version: str) -> ResponseReturnValue:
    """What an application under this version states of its product and models, as JSON Schema."""
    return json_response(asking.application_schema(queries.version(code, version).rules))


@bp.get("/<code>/differences")
@described("registers", query=shapes.VersionsQuery, answer=shapes.DifferencesAnswer)
@public
def scheme_differences(code: str) -> ResponseReturnValue:
    """What one version of a scheme says otherwise than another, member by member."""
    asked = asked_in(shapes.VersionsQuery)
    found = queries.differences(code, asked.before, asked.after)
    return json_response({"items": [shapes.difference(each) for each in found]})
