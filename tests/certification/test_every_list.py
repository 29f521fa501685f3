"""Every list that the API takes has an end: the document tells it, and one too many is refused."""

import pytest

from accounts import operations as accounts
from certification.application.models import Application
from core.asked import MOST
from core.db import db as tables
from procurement.policy.models import PolicyProposal
from procurement.shortlists.models import Shortlist
from registers.adoption.models import Adoption

pytestmark = pytest.mark.engines("types")

# Who may send each body with a list in it, and where.
BODIES = [
    ("guest", "post", "/footprints/preview"),
    ("applicant", "post", "/verifications"),
    ("list_editor", "post", "/checks"),
    ("list_editor", "post", "/tenders/preview"),
    ("procurement_officer", "post", "/purchases"),
    ("minder", "post", "/members/{role_seat}/roles"),
    ("list_editor", "post", "/category_assignments"),
    ("list_editor", "post", "/policy_proposals"),
    ("list_editor", "put", "/policy_proposals/{policy_rule}"),
    ("list_editor", "post", "/shortlists/{shortlist}/lines"),
    ("applicant", "patch", "/applications/{draft}"),
    ("applicant", "put", "/applications/{draft}/inventory"),
    ("application_reviewer", "post", "/applications/{submitted}/correct"),
    ("application_reviewer", "post", "/applications/{submitted}/accept"),
    ("case_officer", "post", "/applications/{contracted}/plan"),
    ("case_officer", "post", "/applications/{evaluating}/replan"),
    ("document_reviewer", "post", "/applications/{evaluating}/review_documents"),
    ("technical_reviewer", "post", "/applications/{in_review}/recommend"),
    ("lead_verifier", "post", "/applications/{evaluating}/order_sample"),
    ("lead_verifier", "post", "/applications/{evaluating}/verify_site"),
    ("lead_verifier", "post", "/applications/{evaluating}/verify_data"),
    ("lead_verifier", "post", "/applications/{evaluating}/evidence-plan"),
    ("tester", "post", "/samples/{received}/record"),
    ("authorised_signatory", "post", "/reports/{report}/amend"),
    ("body_rule_author", "put", "/adoptions/{adopting}"),
    ("case_officer", "post", "/surveillance/{check}/notify"),
    ("lead_verifier", "post", "/surveillance/{notified}/conduct"),
]
TOO_MANY = {"list-too-long", "rows-too-many", "system-processes"}


class Document:
    """The description of the API, and values made by it."""

    def __init__(self, document: dict):
        self.paths, self.schemas = document["paths"], document["components"]["schemas"]

    def bodies(self) -> dict[tuple[str, str], dict]:
        return {
            (method, path.removeprefix("/api/v1")): self.known(body["content"]["application/json"]["schema"])
            for path, methods in self.paths.items()
            for method, operation in methods.items()
            if "application/json" in (body := operation.get("requestBody", {"content": {}}))["content"]
        }

    def known(self, schema: dict) -> dict:
        """The schema meant: what is referred to, and of several the first that is not null."""
        if "$ref" in schema:
            return self.known(self.schemas[schema["$ref"].rpartition("/")[2]])
        several = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
        if not several:
            return schema
        first = self.known(several[0])
        # What every kind has stands beside what each of them has.
        return (
            schema | {"properties": schema["properties"] | first.get("properties", {})}
            if "properties" in schema
            else first
        )

    def lists(self, schema: dict, way: tuple = ()):
        """(the names and places that lead to it, its schema) of every list."""
        schema = self.known(schema)
        if schema.get("type") == "array":
            yield way, schema
            yield from self.lists(schema["items"], (*way, 0))
        for name, inner in schema.get("properties", {}).items():
            yield from self.lists(inner, (*way, name))

    def endless(self, schema: dict, way: str = ""):
        """Where a list without an end stands, in whatever kind of value."""
        if "$ref" in schema:
            yield from self.endless(self.schemas[schema["$ref"].rpartition("/")[2]], way)
        if schema.get("type") == "array" and "maxItems" not in schema:
            yield way
        inner = {
            name: schema[name]
            for name in ("items", "additionalProperties")
            if isinstance(schema.get(name), dict)
        }
        for name, each in (inner | schema.get("properties", {})).items():
            yield from self.endless(each, f"{way}/{name}")
        for each in schema.get("anyOf", ()):
            yield from self.endless(each, way)

    def value(self, schema: dict, way: tuple | None = None, count: int = 0):
        """A value of this form, with `count` members in the list that `way` leads to."""
        schema = self.known(schema)
        if schema.get("type") == "array":
            member = self.value(schema["items"], way[1:] if way else None, count)
            return [member] * (count if way == () else 1)
        if schema.get("type") == "object":
            members = schema.get("properties", {})
            return {
                name: self.value(members[name], way[1:] if way and way[0] == name else None, count)
                for name in {*schema.get("required", ()), *(way or ())[:1]}
            }
        return single(schema)


def single(schema: dict):
    if "enum" in schema:
        return schema["enum"][0]
    if "pattern" in schema:
        return schema["pattern"].strip("^$()").split("|")[0]
    if schema.get("format") == "date":
        return "2026-01-05"
    return {"integer": 1, "number": 1, "boolean": True}.get(schema.get("type"), "1")


@pytest.fixture
def document(client, db):
    return Document(client.get("/api/v1/openapi.json").json)


def test_the_document_tells_the_end_of_every_list(document):
    endless = [(*door, way) for door, schema in document.bodies().items() for way in document.endless(schema)]
    asked = [
        (path, parameter["name"])
        for path, methods in document.paths.items()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        for _way, found in document.lists(parameter["schema"])
        if "maxItems" not in found
    ]
    assert endless + asked == []


def test_one_too_many_is_refused_in_every_list_of_every_body(document, app, everything):
    world, wrong, seen = everything, [], set()
    draft = tables.session.get(Application, world.places["draft"])
    adopting = tables.session.get(Adoption, world.places["adopting"])
    stands = {
        "case": draft.version,
        "inventory": draft.inventory.version,
        "evidence-plan": tables.session.get(Application, world.places["evaluating"]).version,
        "adoptions": adopting.version,
        "policy_proposals": tables.session.get(PolicyProposal, world.places["policy_rule"]).version,
        "shortlists": tables.session.get(Shortlist, world.places["shortlist"]).version,
    }
    for who, method, pattern in BODIES:
        head = {}
        if world.people[who]:
            head["Authorization"] = f"Bearer {accounts.create_token(world.actor(who), who)[1]}"
        path = pattern.format_map(world.places)
        door = next(each for each in document.bodies() if each[0] == method and same(each[1], path))
        seen.add(door)
        for way, found in document.lists(document.bodies()[door]):
            body = document.value(document.bodies()[door], way, found["maxItems"] + 1)
            if "version" in body:
                body["version"] = stands[next((part for part in stands if part in path), "case")]
            answer = getattr(app.test_client(), method)(f"/api/v1{path}", headers=head, json=body)
            if answer.status_code != 422 or answer.json["slug"] not in TOO_MANY:
                wrong.append((pattern, way, answer.status_code, answer.json))
    assert wrong == []
    with_lists = {door for door, schema in document.bodies().items() if any(document.lists(schema))}
    assert with_lists == seen


def same(described: str, path: str) -> bool:
    """Whether a path is one of those described."""
    parts = described.split("/"), path.split("/")
    return len(parts[0]) == len(parts[1]) and all(
        told == sent or told.startswith("{") for told, sent in zip(*parts, strict=True)
    )


def test_an_address_has_an_end(client, db):
    for path in ("/api/v1/products", "/catalog/"):
        repeated = "&".join(["region=320000"] * MOST)
        assert client.get(f"{path}?{repeated}").status_code == 200
        assert client.get(f"{path}?{repeated}&region=320000").status_code == 422
