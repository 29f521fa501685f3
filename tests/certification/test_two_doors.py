"""Every step of every law is asked for the same by its page and by the API: the same facts are stored, or the
same sentence stands at the same member.

What is sent is made from the shape of the step.  A step that goes through is undone before it is stored, so
that one world serves for all.
"""

import html
from collections import defaultdict
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

import pytest
from pydantic import BaseModel
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from wtforms import FieldList, FormField

from certification import steps as certification
from certification.api import COLLECTIONS
from certification.evaluation.shapes import Decided
from certification.workflow import BODY_COMPLAINT, CHECK_FINDING, COMPETENCE, SURVEILLANCE
from core import lifecycle
from core.db import Base
from core.db import db as tables
from core.members import ColumnText, OneOf, taken_apart
from core.step.fields import StringField
from core.step.forms import ReasonForm, SignForm, StepForm, box
from oversight import forms as oversight_forms
from oversight import steps as oversight
from procurement import forms as procurement_forms
from procurement import steps as procurement
from procurement.assignments.workflow import ASSIGNMENT
from procurement.objections.workflow import OBJECTION_LAW
from procurement.policy.workflow import POLICY
from procurement.shortlists.workflow import SHORTLIST
from procurement.suspensions.workflow import SUSPENSION
from schemes.drafts import steps as rules
from schemes.drafts.workflow import COMMENT, DRAFT, RETIREMENT
from tests.certification.calls import CALLS
from tests.certification.doors import PAGES

OFFICES = (certification, oversight, procurement, rules)
ASKED = {
    (machine.kind, step): row.asks
    for office in OFFICES
    for (machine, step), row in office.TABLE.rows.items()
    if row.asks
}
NO_CALL = {
    ("appeal", "conclude"): "the regulator's, who has no API for steps",
    **{key: "oversight has no API for steps" for key in ASKED if key[0] in ("complaint", "violation_report")},
    **{key: "an edition is drawn up on its page" for key in ASKED if key[0] == "edition"},
}
# Tables and columns that are never alike: times, what is chained or signed over them, and a code by chance.
NEVER_ALIKE = {"audit_entry", "audit_head", "certificate", "signature"}


class Enough(BaseException):
    """The step went through; nothing of it is to stay."""


@pytest.fixture
def watched(monkeypatch):
    """watched: what the last request handed to `take`, what was stored of it, and the form that was read."""
    seen: dict = {}
    take, facts = lifecycle.take, StepForm.facts

    def once(subject, name, actor, **handed):
        if seen.get("within"):
            return take(subject, name, actor, **handed)
        seen.update(within=True, step=(lifecycle.machine_of(subject).kind, name), handed=handed)
        try:
            take(subject, name, actor, **handed)
            tables.session.flush()
            seen["stored"] = stored() if seen["whole"] else {}
        finally:
            seen["within"] = False
        tables.session.rollback()
        raise Enough

    def read(form):
        seen["form"] = form
        return facts(form)

    monkeypatch.setattr(lifecycle, "take", once)
    monkeypatch.setattr(StepForm, "facts", read)
    return seen


def stored() -> dict[str, list]:
    """The rows of the tables that were written, but for times."""
    written = tables.session.info.get("written", set()) - NEVER_ALIKE
    every = {name: tables.session.execute(select(Base.metadata.tables[name])) for name in sorted(written)}
    return {name: [plain(row) for row in rows.mappings()] for name, rows in every.items()}


def plain(row) -> dict:
    return {name: value for name, value in row.items()
            if name not in NEVER_ALIKE and not isinstance(value, datetime)}  # fmt: skip


EVERY_COLLECTION = {
    **COLLECTIONS,
    "competences": (COMPETENCE, None),
    "surveillance": (SURVEILLANCE, None),
    "check_findings": (CHECK_FINDING, None),
    "body_complaints": (BODY_COMPLAINT, None),
    "suspensions": (SUSPENSION, None),
    "policy_proposals": (POLICY, None),
    "category_assignments": (ASSIGNMENT, None),
    "objections": (OBJECTION_LAW, None),
    "shortlists": (SHORTLIST, None),
    "rule_drafts": (DRAFT, None),
    "rule_comments": (COMMENT, None),
    "retirements": (RETIREMENT, None),
}

# What is sent

SPOILT = ("empty", "typed", "long", "odd")


def bodies(shape: type[BaseModel], form: type[StepForm], good: dict):
    """(what is wrong with it, the body)"""
    tried: list[dict] = []
    kinds = {kind: without(spoilt(shape, good, kind), form.unasked) for kind in SPOILT}
    missing = {f"{name} missing": without(good, {name}) for name in good}
    for kind, body in ({"good": good} | missing | kinds).items():
        if body not in tried:
            tried.append(body)
            yield kind, body


def spoilt(shape: type[BaseModel], good: dict, kind: str) -> dict:
    """The good body with every member changed in the same way."""
    changed = {}
    for name, member in shape.model_fields.items():
        bare, said = taken_apart(member.annotation, *member.metadata)
        if name not in OF_ROW and (name in good or kind in ("long", "odd")):
            changed[name] = another(bare, said, good.get(name), kind)
    return {name: value for name, value in changed.items() if value is not None}


def another(bare, said: tuple, good, kind: str):
    if isinstance(good, list) and good and isinstance(good[0], dict):
        inner = bare.__args__[0]
        return [{**spoilt(inner, row, kind), **only(row, OF_ROW)} for row in good]
    if bare is FileStorage or bare is bool or getattr(bare, "__origin__", bare) in (list, dict):
        return good
    if kind == "typed":
        return TYPED.get(bare, lambda value: value)(good)
    if kind == "long":
        most = next((each.most for each in said if isinstance(each, ColumnText)), 4000)
        return (
            "长" * (most + 1) if bare is str and not any(isinstance(each, OneOf) for each in said) else good
        )
    if kind == "odd":
        return {date: "2026-02-30", Decimal: "1,5", int: "x"}.get(bare, "no\u202esuch")
    return "\u200b" if bare is str else " "


def full_width(value) -> str:
    return str(value).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})


# As people type them; the meaning is the same.
TYPED = {
    date: lambda value: str(value).replace("-", "/"),
    Decimal: full_width,
    str: lambda value: f" {value}\u200b ",
}


def typed(form: type[StepForm], body: dict) -> dict:
    """What a page sends that says the same as the body of a call."""
    sent: dict = defaultdict(list)
    for member, value in body.items():
        if member == "team":
            for each in value:
                box = next(
                    (box for box, function in form.FUNCTIONS.items() if function == each["function"]), ""
                )
                sent[box].append(each["user_id"])
        elif member == "meetings":
            for each in value:
                sent |= {f"{each['kind']}-{name}": said for name, said in each.items() if name != "kind"}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                sent |= {
                    f"{member}-{number}-{name}": said for name, said in row.items() if name not in OF_ROW
                }
        elif isinstance(value, bool):
            sent |= {member: "y"} if value else {}
        else:
            sent[member] = value
    return dict(sent)


VERSION = ("version",)
OF_ROW = ("slug", "item", "kind", "function", "site", "unit")  # which row it is, its place on the page says


def only(row: dict, names) -> dict:
    return {name: row[name] for name in names if name in row}


# What is answered


@contextmanager
def undone(seen: dict, whole: bool = False):
    seen.update(whole=whole, form=None, step=None, handed=None, stored=None, went=False)
    try:
        yield
    except Enough:
        seen["went"] = True
    finally:
        tables.session.rollback()


def of_call(seen: dict, client, path: str, body: dict, headers: dict, media: str, whole: bool) -> dict:
    with undone(seen, whole):
        sent = {"data": body, "content_type": media} if media.startswith("multi") else {"json": body}
        answer = client.post(path, headers=headers | {"Accept-Language": "zh"}, **sent)
    if seen["went"]:
        return {"handed": comparable(seen["handed"]), "stored": seen["stored"]}
    said = answer.json
    fields = {member_of(place): fault["message"] for place, fault in said.get("fields", {}).items()}
    return {"status": answer.status_code, "fields": fields,
            "unmet": {each["message"] for each in said.get("unmet", [])} - set(fields.values())}  # fmt: skip


def member_of(pointer: str) -> str:
    """A call points at a member, and a form knows its box by the way to it."""
    assert pointer.startswith("/"), pointer
    return pointer[1:].replace("/", ".")


def of_page(seen: dict, browser, path: str, body: dict, whole: bool = False) -> tuple[dict, str]:
    with undone(seen, whole):
        answer = browser.post(path, data=body)
    if seen["went"]:
        return {"handed": comparable(seen["handed"]), "stored": seen["stored"]}, ""
    return {"status": answer.status_code}, html.unescape(answer.text)


def comparable(handed: dict) -> dict:
    """A file is known by its name; what a page alone brings is left out when it brought nothing."""
    said = {
        name: value.filename if isinstance(value, FileStorage) else value for name, value in handed.items()
    }
    return {name: value for name, value in said.items() if name != "upload" or value}


def said_at(form) -> dict[str, str]:
    """Every error of a form, by the place of its box."""
    return {place: found.errors[0] for place, found in boxes(form._fields) if found.errors}


def boxes(fields: dict, before: str = ""):
    for name, found in fields.items():
        if isinstance(found, FormField):
            yield from boxes(found.form._fields, f"{before}{name}.")
        elif isinstance(found, FieldList):
            rows = {str(number): row for number, row in enumerate(found.entries)}
            yield from boxes(rows, f"{before}{name}.")
        else:
            yield f"{before}{name}", found


def differences(called: dict, shown: dict, page: str, form) -> list:
    if "handed" in called or "handed" in shown:
        return [] if called == shown else [apart(called, shown)]
    if called["status"] != shown["status"]:
        return [(called, shown, form and said_at(form))]
    if form is None:
        return []
    at, wrong = said_at(form), []
    for place, sentence in called["fields"].items():
        box = form.box_of(place, "", {})
        if box is None or isinstance(box, FieldList):
            if sentence not in page:
                wrong.append((place, sentence, "is not said"))
        elif sentence not in box.errors:
            wrong.append((place, sentence, list(box.errors)))
    if extra := set(at.values()) - set(called["fields"].values()):
        wrong.append(("only on the page", extra))
    return wrong + [(sentence, "is not said") for sentence in called["unmet"] if sentence not in page]


def apart(called: dict, shown: dict) -> tuple:
    """Where two answers differ: what was handed in, or the rows of a table."""
    if called.get("handed") != shown.get("handed"):
        return called.get("handed", called), shown.get("handed", shown)
    rows, others = called["stored"], shown["stored"]
    return [(name, [row for row in rows.get(name, []) if row not in others.get(name, [])],
             [row for row in others.get(name, []) if row not in rows.get(name, [])])
            for name in rows.keys() | others.keys() if rows.get(name) != others.get(name)]  # fmt: skip


@pytest.fixture
def people(app, everything, sign_in):
    entered = {}
    for who, person in everything.people.items():
        entered[who] = sign_in(app.test_client(), person) if person else app.test_client()
    tables.session.commit()
    return entered


def pages(everything, people, seen, names: set[str]) -> dict[tuple[str, str], list]:
    """Each step: [(who, address, what is typed there, its form)], by trying the pages out."""
    found = defaultdict(list)
    for who, pattern, given in PAGES:
        if pattern.rpartition("/")[2] in names:
            path = pattern.format_map(everything.places)
            of_page(seen, people[who], path, everything.typed(pattern, given))
            if seen["form"] is not None and seen["step"]:
                found[seen["step"]].append((who, pattern, given, type(seen["form"])))
    return found


def test_a_page_and_the_api_ask_every_step_for_the_same(app, everything, people, programs, watched):
    calls = {
        (machine.kind, step): CALLS[f"{collection}_{step}"]
        for collection, (machine, _find) in EVERY_COLLECTION.items()
        for step in machine.steps
        if f"{collection}_{step}" in CALLS
    }
    tables.session.commit()
    doors = pages(everything, people, watched, {step for _kind, step in calls})
    assert calls.keys() <= doors.keys()
    assert calls.keys() == ASKED.keys() - NO_CALL.keys()
    wrong, client = [], app.test_client()
    tried: set = set()
    for key, (who, address, good) in calls.items():
        path = f"/api/v1{address.format_map(everything.places)}"
        _who, page, _given, form = next(door for door in doors[key] if door[0] == who)
        assert form.asks is ASKED[key]
        read = only(good, VERSION)  # a page carries it of itself
        sent = bodies(ASKED[key], form, without(good, {*form.unasked, *VERSION}))
        # What is spoilt is read by the shape and shown by the form: once for each pair of them.
        for kind, body in islice(sent, None if (form, ASKED[key]) not in tried else 1):
            media = "multipart/form-data" if with_a_file(good) else ""
            called = of_call(
                watched, client, path, everything.said(body | read), programs[who], media, kind == "good"
            )
            shown, text = of_page(
                watched, people[who], page.format_map(everything.places),
                everything.typed(page, typed(form, body)), kind == "good",
            )  # fmt: skip
            wrong += [(key, kind, each) for each in differences(called, shown, text, watched["form"])]
            tried.add((form, ASKED[key]))
    assert wrong == [], "\n".join(map(str, wrong))


def without(body: dict, names) -> dict:
    return {name: value for name, value in body.items() if name not in names}


def with_a_file(body: dict) -> bool:
    return any(isinstance(value, bytes) for value in body.values())


def test_the_pages_without_a_call_ask_what_the_table_says(app):
    """The other offices have no steps by API: their forms bear the shapes of their tables."""
    shown = {("edition", step): form for step, form in procurement_forms.STEPS.items()}
    shown[("appeal", "conclude")] = oversight_forms.ConcludeForm
    for kind, step in NO_CALL:
        form = shown.get((kind, step)) or oversight_forms.FORMS[step]
        assert form.asks is ASKED[kind, step], (kind, step)


def test_every_step_of_a_person_says_what_it_asks():
    machines = {machine for office in OFFICES for machine in office.TABLE.law.values()}
    taken = {
        (machine.kind, name)
        for machine in machines
        for name, step in machine.steps.items()
        if step.roles != {"system"}
    }
    assert taken == ASKED.keys()


def test_a_form_that_asks_too_much_or_too_little_is_no_form():
    with pytest.raises(TypeError, match="asks more, which Reason does not have"):
        type("TooMuch", (ReasonForm,), {"more": box("more")})
    with pytest.raises(TypeError, match="TooLittle and Decided differ in \\['reason'\\]"):
        type("TooLittle", (SignForm,), {"asks": Decided})
    with pytest.raises(TypeError, match="Beside and Reason differ in \\['more'\\]"):
        type("Beside", (ReasonForm,), {"more": StringField("more")})
