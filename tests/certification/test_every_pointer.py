"""Every call that writes says what is wrong with its body at a JSON pointer of the member that is wrong.

Each member of a good body is taken at every depth: one that nobody knows beside it, another type in its
place, and the body without it.
"""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from tests.certification.calls import CALLS
from tests.certification.cement_client import YEAR
from tests.certification.test_every_call import described

STRANGER = "no/such~member.of-it"
ESCAPED = "/no~1such~0member.of-it"
NAMED_FREELY = {"inputs", "outputs", "masses", "demand"}  # by the products of a system
NONE_OF_IT = {bool: "maybe", dict: True, list: True}
GRANULATE = {
    "processes": [
        {"name": "granulate", "stage": "raw_material", "unit": "kg", "output": "1", "allocation": "mass",
         "inputs": {"power": {"amount": "500", "unit": "kWh"}}, "outputs": {"dust": "1"},
         "masses": {"granulate": "1", "dust": "1"}, "emissions": {"CO2": "2"}},
        {"name": "power", "stage": "raw_material", "unit": "MWh", "emissions": {"CO2": "3"}},
    ],
    "demand": {"granulate": {"amount": "1000", "unit": "g"}},
}  # fmt: skip
ACCEPTED = {"name": "生料", "stage": "raw_material", "amount": "1", "unit": "t",
            "factor": {"value": "1", "unit": "kgCO2e/t"}, "gsd": "1.2"}  # fmt: skip


def from_no_library(row: dict) -> dict:
    return {name: value for name, value in row.items() if name != "factor_code"}


# What a call may say besides what serves as its good body.
MORE = {
    "put_inventory": {"period_from": "2025-01-01", "period_to": "2025-12-31", "gwp": "AR6",
                      "rows": [from_no_library(row) for row, _kilograms in YEAR], "system": GRANULATE},
    "preview": {"declared_unit": {"amount": "1", "unit": "t"}, "output": {"amount": "9", "unit": "t"},
                "gwp": "AR6", "rows": [ACCEPTED], "system": GRANULATE, "limit": "7", "seed": 7},
    "update_application": {"producer": {"name": "甲", "address": "某路"}, "models": [{"code": "M"}]},
}  # fmt: skip


def places(body: object, way: tuple = ()) -> Iterator[tuple]:
    """The way to each member of each object, and to each object in a list."""
    for step in body if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else ():
        yield (*way, step)
        yield from places(body[step], (*way, step))


def at(body, way: tuple):
    for step in way:
        body = body[step]
    return body


def pointer(way: tuple) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in way)


def faulty(good: dict) -> Iterator[tuple[str, dict, str]]:
    """(what is wrong, a body that is wrong in this alone, the pointer at which it must be said)"""
    for way in [(), *places(good)]:
        if isinstance(at(good, way), dict) and not NAMED_FREELY.intersection(way[-1:]):
            body = deepcopy(good)
            at(body, way)[STRANGER] = "1"
            yield "unknown", body, pointer(way) + ESCAPED
        if way:
            body = deepcopy(good)
            at(body, way[:-1])[way[-1]] = NONE_OF_IT.get(type(at(good, way)), ["x"])
            yield "of another type", body, pointer(way)


def needed(schema: dict, body: object, way: tuple = ()) -> Iterator[tuple]:
    """The way to each member of this body that its schema demands."""
    if isinstance(body, dict):
        for name in schema.get("required", ()):
            yield (*way, name)
        for name, part in schema.get("properties", {}).items():
            if name in body:
                yield from needed(part, body[name], (*way, name))
    if isinstance(body, list) and body:
        yield from needed(schema.get("items", {}), body[0], (*way, 0))


def lacking(schema: dict, good: dict) -> Iterator[tuple[str, dict, str]]:
    for way in needed(schema, good):
        body = deepcopy(good)
        if way[-1] in at(body, way[:-1]):
            del at(body, way[:-1])[way[-1]]
            yield "missing", body, pointer(way)


def misplaced(sent: dict, said: list[str]) -> list[str]:
    """What is no pointer, or leads to nothing that could be there."""
    objects = {pointer(way[:-1]) for way in places(sent)} | {pointer(way) for way in places(sent)} | {""}
    return [each for each in said if not each.startswith("/") or each.rpartition("/")[0] not in objects]


# rule 10
@pytest.mark.parametrize("part", range(4))
def test_every_call_points_at_the_member_that_is_wrong(app, everything, programs, part):
    wrong = []  # a number beside its unit is one value: what is wrong with it may be said of both
    for name, (method, media, schema) in sorted(described(app).items())[part::4]:
        who, path, given = CALLS[name]
        good = everything.said(given | MORE.get(name, {}))
        path = f"/api/v1{path.format_map(everything.places)}"
        if media != "application/json":
            continue
        for fault, body, place in [*faulty(good), *lacking(schema, good)]:
            answer = app.test_client().open(path, method=method, headers=programs[who], json=body)
            said = list((answer.json or {}).get("fields", {}))
            if (answer.status_code, answer.content_type) != (422, "application/problem+json"):
                wrong.append((name, fault, place, answer.status_code, said))
            elif not {place, place.removesuffix("/amount")}.intersection(said) or misplaced(body, said):
                wrong.append((name, fault, place, said))
    assert wrong == [], f"{len(wrong)}:\n" + "\n".join(map(str, wrong[:60]))
