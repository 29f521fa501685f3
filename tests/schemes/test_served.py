"""Whoever asks gets a scheme as a document: its schema, each version, what differs, without signing in."""

import json

import pytest
from jsonschema import Draft202012Validator

from schemes import document
from schemes.models import SchemeVersion
from tests.schemes.examples import tyre

pytestmark = pytest.mark.engines("types")


@pytest.fixture
def versions(db):
    later = tyre(("/identity/version", "2028"), ("/criteria/1/rows/0/limit", "8.5"))
    for given in (tyre(), later):
        db.session.add(SchemeVersion(document=document.written(document.read(given))))
    db.session.commit()


def test_the_schema_is_served_and_every_version_fits_it(client, versions):
    schema = client.get("/api/v1/schemes/schema").json
    Draft202012Validator.check_schema(schema)
    served = client.get("/api/v1/schemes/lc-tyre/versions/2028").json
    Draft202012Validator(schema).validate(served["document"])
    assert served["document"]["criteria"][1]["rows"][0]["limit"] == "8.5"


def test_what_is_served_has_its_digest_and_may_be_handed_in_again(client, versions):
    served = client.get("/api/v1/schemes/lc-tyre/versions/2027").json
    again = document.read(served["document"])
    assert again == document.read(tyre())
    assert document.digest(document.written(again)) == served["digest"]


def test_what_differs_between_two_versions_is_served(client, versions):
    address = "/api/v1/schemes/lc-tyre/differences"
    found = client.get(address, query_string={"before": "2027", "after": "2028"}).json["items"]
    assert [each["pointer"] for each in found] == ["/identity/version", "/criteria/rolling/rows"]
    assert json.loads(found[1]["after"])[0]["limit"] == "8.5"


@pytest.mark.parametrize("address", ["lc-tyre/versions/2026", "lc-bus/versions/2027"])
def test_a_version_that_is_not_there_is_not_found(client, versions, address):
    answer = client.get(f"/api/v1/schemes/{address}")
    assert (answer.status_code, answer.json["slug"]) == (404, "scheme-not-found")


def test_a_version_to_compare_with_must_be_named(client, versions):
    answer = client.get("/api/v1/schemes/lc-tyre/differences", query_string={"before": "2027"})
    assert answer.status_code == 422
