"""Every request that makes something, sent twice at once and once more later: what one leaves, one answer."""

import re
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest
from flask import Response, g
from sqlalchemy import event

from accounts.actor import NOBODY
from core import once
from core.db import Base
from core.db import db as tables
from tests.certification.calls import CALLS
from tests.certification.doors import PAGES
from tests.support.client import at_once, twin

pytestmark = pytest.mark.engines("constraints")

# What is done each time it is sent, and why nothing is added by that.
REPEATABLE = {
    "accounts.repeat_job": "a job is queued or not",
    "accounts.update_profile": "sets a name",
    "accounts.change_password": "sets a password",
    "accounts.open_notice": "a notice is read or not",
    "accounts.read_notice": "a notice is read or not",
    "accounts.read_all": "a notice is read or not",
    "accounts.set_notices": "sets preferences",
    "accounts.update_organisation": "sets facts",
    "accounts.set_roles": "sets roles",
    "roles_api.keep_roles": "sets roles",
    "accounts.sign_in_now": "begins a session, which is a cookie of this answer alone",
    "accounts.sign_in_demonstration": "begins a session",
    "accounts.sign_out": "ends a session",
    "accounts.choose_role": "sets a role in the session",
    "accounts.drop_held_form": "a form is held or not",
    "grievances_public.follow_up": "looks up",
    "certification.save_parties": "sets a section that carries a version",
    "certification.save_product": "sets a section that carries a version",
    "certification.save_inventory": "sets a section that carries a version",
    "certification.preview_inventory": "keeps nothing",
    "certification.save_process": "sets a process that carries the digest of what it was",
    "certification_api.answer_point": "sets an answer",
    "messages.mark_read": "a message is read or not",
    "drafts.keep": "sets what is typed",
    "drafts.drop": "a draft is kept or not",
    "procurement_api.verifications": "keeps nothing",
    "tender.look": "keeps nothing",
    "tender_api.preview_tender": "keeps nothing",
    "categories.load": "a code is in the catalogue or not",
    "handover.hand_over": "a case is somebody's or not: whose it is already is refused",
}
# Calls that are claimed, and leave nothing.
LEAVES_NOTHING = {"carbon_api.preview": "computes"}
TOLD = {200, 201, 409, 422}  # of two at once: done, or too late for it
REMOVES = {"remove_purchase"}  # the later of two finds nothing there any more
# A 503 is lawful only where the lock was waited for to the end, and says when to come again: whoever is told
# so comes again, and must be told what became of it.
PATIENCE = 5
# What the world of everything has no subject for, and where it is tested.
UNREACHED = {
    "/certification/rule-changes/cases/{submitted}": "asks for a newer version: conversion/test_amendments",
    "/applications/{submitted}/amendment": "asks for a newer version: conversion/test_amendments",
    "/procurement/editions/": "asks that none is open: procurement/test_edition_hands",
    "/procurement/editions/{edition}/open_notice": "asks for lines: procurement/test_editions",
    "/procurement/editions/{edition}/publish": "asks for a notice that is over: procurement/test_editions",
}
HEADS = {"audit_head", "catalog_feed"}  # what every transaction takes last, in this order
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
COUNTED = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in Base.metadata.tables)
PARTS = 3  # so that several processes share the work


def writing(app) -> list:
    return [rule for rule in app.url_map.iter_rules() if once.WRITES & rule.methods]


def claim(app, rule, **more):
    """What the gate would remember a request to this rule as."""
    method = next(iter(once.WRITES & rule.methods))
    with app.test_request_context("/", method=method, **more) as context:
        context.request.url_rule, context.request.path = rule, rule.rule
        assert once._before(lambda: NOBODY) is None
        return g.get("claim")


def test_nothing_that_writes_gets_past_the_gate(app, db):
    """Whatever is sent with a page's token, or by a call, is claimed, unless it is declared repeatable."""
    passed = set()
    for rule in writing(app):
        api = rule.rule.startswith("/api/")
        sent = {"headers": {"Idempotency-Key": "k" * 8}} if api else {"data": {"csrf_token": "x"}}
        if claim(app, rule, **sent) is None or (api and "POST" in rule.methods and claim(app, rule) is None):
            passed.add(rule.endpoint)
    assert passed == REPEATABLE.keys()


# Each with a good request


@pytest.fixture
def desks(everything, csrf_app, sign_in):
    """desks[who]: a browser of theirs, and the token that its pages carry."""
    found = {}
    for who, person in everything.people.items():
        browser = sign_in(csrf_app.test_client(), person) if person else csrf_app.test_client()
        page = browser.get("/account" if person else "/sign-in")
        found[who] = browser, TOKEN.search(page.text)[1]
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_sent_twice_at_once_and_again_is_done_once(app, everything, desks, rewind, part):
    wrong = []
    for who, pattern, given in PAGES[part::PARTS]:
        path, (browser, token) = pattern.format_map(everything.places), desks[who]
        if pattern not in UNREACHED and app.url_map.bind("").match(path, method="POST")[0] not in REPEATABLE:

            def send(browser=browser, token=token, path=path, pattern=pattern, given=given):
                typed = everything.typed(pattern, given) | {"csrf_token": token}
                return twin(browser).post(path, data=typed)

            wrong += wrongly_done(path, send, rewind)
    assert wrong == []


@pytest.fixture
def sender(app, everything, programs):
    """sender(name): sends one call, by the key that it is handed; None where nothing is left by it."""
    ways = {rule.endpoint.partition(".")[2]: rule for rule in writing(app) if "/api/" in rule.rule}

    def make(name: str):
        who, pattern, given = CALLS[name]
        path, (method,) = pattern.format_map(everything.places), once.WRITES & ways[name].methods

        def send(key: str):
            sent, head = everything.said(given), programs[who] | {"Idempotency-Key": key}
            way = "data" if any(isinstance(value, tuple) for value in sent.values()) else "json"
            return app.test_client().open(f"/api/v1{path}", method=method, headers=head, **{way: sent})

        return None if pattern in UNREACHED or ways[name].endpoint in REPEATABLE | LEAVES_NOTHING else send

    return make


@pytest.mark.parametrize("part", range(PARTS))
def test_a_call_sent_twice_at_once_and_again_is_done_once(sender, rewind, part):
    """By one key; and where two send it at once by keys of their own, each is told what became of it."""
    wrong = []
    for name in sorted(CALLS)[part::PARTS]:
        if send := sender(name):
            wrong += wrongly_done(name, partial(send, str(uuid4())), rewind)
            both = at_once(*(partial(patiently, partial(send, str(uuid4()))) for _ in range(2)))
            raced = [answer.status_code for answer in both]
            rewind()
            if min(raced) >= 400 or not {*raced} <= TOLD | ({404} if name in REMOVES else set()):
                wrong.append((name, raced))
    assert wrong == []


def patiently(send):
    """The first answer that does not ask to come again."""
    for _again in range(PATIENCE):
        answer = send()
        if answer.status_code != 503 or "Retry-After" not in answer.headers:
            break
    return answer


@pytest.mark.parametrize(
    ("answers", "told"),
    [([(503, 1), (201, None)], 201), ([(503, None), (201, None)], 503), ([(503, 1)] * PATIENCE, 503)],
)
def test_who_is_told_to_come_again_does_and_who_is_not_does_not(answers, told):
    said = [
        Response(status=status, headers={"Retry-After": wait} if wait else None) for status, wait in answers
    ]
    assert patiently(partial(next, iter(said))).status_code == told


def test_what_is_done_each_time_it_is_sent_is_found(sender, rewind):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(once, "_of_call", lambda actor: None)
        assert wrongly_done("an application", partial(sender("create_application"), "some key"), rewind)


def rows() -> dict[str, int]:
    """How many stand in each table."""
    tables.session.rollback()
    return dict(tables.session.connection().exec_driver_sql(COUNTED).all())


def wrongly_done(name: str, send, rewind) -> list:
    """What is wrong when it is sent once, and, as if it had not been, twice at once and again."""
    before = rows()
    with waits_after_writing() as late:
        alone = send()
    left = rows()
    rewind()
    answers = [*at_once(send, send), send()]
    said = {(answer.status_code, answer.location, answer.data) for answer in answers}
    thrice = rows()
    rewind()
    if alone.status_code < 400 and before != left == thrice and len(said) == 1 and not late:
        return []
    made = {table: count - before[table] for table, count in thrice.items() if count != before[table]}
    return [(name, alone.status_code, [answer.status_code for answer in answers], made, late)]


@contextmanager
def waits_after_writing():
    """What a transaction waits for first after it has written: two of it would wait for each other.

    Whoever holds a case or a certificate may wait for what belongs to it.
    """
    late, wrote, held = [], "", False

    def look(_connection, _cursor, statement, *_rest):
        nonlocal wrote, held
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote = wrote or statement[:40]
        if "FOR UPDATE" in statement and "SKIP LOCKED" not in statement:
            table = re.search(r'\bFROM "?(\w+)', statement)[1]
            if wrote and not held and table not in HEADS:
                late.append(f"{table} after {wrote}")
            held = held or table not in HEADS

    def ended(_connection):
        nonlocal wrote, held
        wrote, held = "", False

    watched = {"before_cursor_execute": look, "commit": ended, "rollback": ended}
    for name, listener in watched.items():
        event.listen(tables.engine, name, listener)
    yield late
    for name, listener in watched.items():
        event.remove(tables.engine, name, listener)
