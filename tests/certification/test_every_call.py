"""Every operation of the API that takes a body, with each member alone left out: said, never an error."""

import re

import pytest

from accounts import operations as accounts
from certification.api import COLLECTIONS, STEPS
from certification.steps import LAW
from core import lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Refused
from tests.certification.doors import Everything
from tests.certification.test_every_form import rewind  # noqa: F401 (a fixture)
from tests.support.described import document

pytestmark = pytest.mark.engines("types")

SAID = {200, 201, 409, 422}

# Operations beside the steps: who asks, and where.
OTHERS = {
    "create_application": ("applicant", "/applications"),
    "update_application": ("applicant", "/applications/{draft}"),
    "put_inventory": ("applicant", "/applications/{draft}/inventory"),
    "attach_file": ("applicant", "/applications/{draft}/files/licence"),
    "answer_point": ("applicant", "/applications/{correcting}/points/{point}"),
    "extend_clock": ("application_reviewer", "/clocks/{clock}/extend"),
    "nonconformities_answer": ("applicant", "/nonconformities/{finding}/answer"),
    "surveillance_answer": ("applicant", "/surveillance/{check}/answer"),
    "request_label": ("applicant", "/certificates/{unlabelled}/labels"),
    "declare": ("lead_verifier", "/applications/{evaluating}/declaration"),
    "file_appeal": ("applicant", "/acts/{act}/appeals"),
    "preview": ("applicant", "/footprints/preview"),
}

# Steps of states that the world of these tests does not hold; each is taken in the tests of its table.
UNREACHED = {
    "appeals_decide", "appeals_escalate", "appeals_investigate", "certificates_restore", "samples_dispose",
    "samples_hand_over", "samples_receive", "samples_report", "samples_send", "surveillance_conduct",
    "surveillance_fail", "surveillance_pass", "surveillance_require",
}  # fmt: skip

# What must be known to the register for anything else to be asked.
KNOWN = {"scheme": "lc-tile"}


@pytest.fixture
def everything(db):
    return Everything()


@pytest.fixture
def actors(everything):
    return {
        who: everything.actor(who)
        for who, person in everything.people.items()
        if person and person.memberships
    }


@pytest.fixture
def tokens(actors):
    """tokens[who]: what a program of theirs sends along."""
    made = {
        who: {"Authorization": f"Bearer {accounts.create_token(actor, who)[1]}"}
        for who, actor in actors.items()
    }
    tables.session.commit()
    return made


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
            properties = schema.get("properties", {})
            return {name: KNOWN.get(name) or sample(each) for name, each in properties.items()}
        case "array":
            return [sample(schema["items"])]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return today().isoformat() if schema.get("format") == "date" else "一句话"


def steps(actors) -> dict[str, tuple[str, str]]:
    """operationId -> (who, path): for each step of the tables somebody whose turn it is, ready if one is."""
    found, kinds = {}, {machine.kind: model for model, machine in LAW.items()}
    for collection, (machine, find) in COLLECTIONS.items():
        for subject in tables.session.query(kinds[machine.kind]):
            for who, actor in actors.items():
                for offer in lifecycle.offers(subject, actor) if sees(find, actor, subject) else ():
                    if (machine.kind, offer.name) in STEPS:
                        found.setdefault(
                            f"{collection}_{offer.name}", (who, f"/{collection}/{subject.id}/{offer.name}")
                        )
    return found


def sees(find, actor, subject) -> bool:
    try:
        return find(actor, subject.id) is subject
    except Refused:
        return False


def without(schema: dict) -> list[tuple[str, dict]]:
    """A body without each of its members in turn, and one without any."""
    whole = sample(schema)
    return [("", {}), *((name, {k: v for k, v in whole.items() if k != name}) for name in whole)]


def said_of(answer, member: str) -> str:
    """What is wrong with the member; the calculator names it, or a part of it, by its JSON pointer."""
    fields = answer.json.get("fields", {})
    return next(
        (fields[name]["slug"] for name in fields if f"{name}/".lstrip("/").startswith(f"{member}/")), ""
    )


def test_no_call_breaks_when_a_member_of_its_body_is_left_out(app, everything, actors, tokens, rewind):  # noqa: F811
    doors = {name: (who, path.format_map(everything.places)) for name, (who, path) in OTHERS.items()}
    doors |= steps(actors)
    bodies = described(app)
    assert bodies.keys() - doors.keys() == UNREACHED
    wrong = []
    for name, (method, media, schema) in bodies.items():
        who, path = doors.get(name, ("", ""))
        required = schema.get("required", [])
        for left_out, body in without(schema) if who else ():
            if rewind is None and left_out not in required:
                continue  # it may well be done, and there is no way back
            sent = {"json": body} if media == "application/json" else {"data": body, "content_type": media}
            try:
                answer = app.test_client().open(f"/api/v1{path}", method=method, headers=tokens[who], **sent)
            except Exception as error:  # whatever it is, it would have been a 500
                wrong.append((name, left_out, repr(error)[:200]))
                continue
            if answer.status_code not in SAID:
                wrong.append((name, left_out, answer.status_code, answer.text[:200]))
            elif left_out in required and not said_of(answer, left_out):
                wrong.append((name, left_out, answer.json))
            if answer.status_code < 400 and rewind:
                rewind()
    assert wrong == []
