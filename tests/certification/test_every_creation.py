"""Every request that makes something, sent twice at once and once more later: one row, one answer."""

import re
from uuid import uuid4

import pytest
from flask import g
from sqlalchemy import func, select

from accounts import operations as accounts
from accounts.actor import NOBODY
from core import once
from core.db import db as tables
from tests.certification.doors import Everything
from tests.certification.made import MADE_BY_CALLS, MADE_BY_PAGES, at_once, content, twin

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
    "accounts.sign_in_now": "begins a session, which is a cookie of this answer alone",
    "accounts.sign_in_demonstration": "begins a session",
    "accounts.sign_out": "ends a session",
    "accounts.choose_role": "sets a role in the session",
    "accounts.drop_held_form": "a form is held or not",
    "brought_public.follow_up": "looks up",
    "certification.save_parties": "sets a section that carries a version",
    "certification.save_product": "sets a section that carries a version",
    "certification.save_inventory": "sets a section that carries a version",
    "certification.preview_inventory": "keeps nothing",
    "certification_api.answer_point": "sets an answer",
    "drafts.keep": "sets what is typed",
    "drafts.drop": "a draft is kept or not",
    "handover.hand_over": "a case is somebody's or not: whose it is already is refused",
}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def everything(csrf_app, db):
    return Everything()


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


def counted(table) -> int:
    tables.session.rollback()
    return tables.session.scalar(select(func.count()).select_from(table))


def test_a_page_sent_twice_at_once_and_again_makes_one(everything, app, sign_in):
    def sender(who: str, path: str, given: dict):
        person = everything.user(who)
        browser = sign_in(app.test_client(), person) if person else app.test_client()
        page = browser.get("/account" if person else "/sign-in")
        sent = content(given, everything.places) | {"csrf_token": TOKEN.search(page.text)[1]}
        return lambda: twin(browser).post(path, data=sent | files(given))

    assert wrongly_made(everything, MADE_BY_PAGES, sender) == []


def test_a_call_sent_twice_at_once_and_again_makes_one(everything, app):
    def sender(who: str, path: str, given: dict):
        head = {"Authorization": f"Bearer {accounts.create_token(everything.actor(who), who)[1]}"}
        head |= {"Idempotency-Key": str(uuid4())}
        sent = content(given, everything.places)
        return lambda: app.test_client().post(f"/api/v1{path}", headers=head, json=sent)

    assert wrongly_made(everything, MADE_BY_CALLS, sender) == []


def files(given: dict) -> dict:
    """Files are read but once, so each request brings its own."""
    return content({name: value for name, value in given.items() if isinstance(value, bytes)}, {})


def wrongly_made(everything, doors, sender) -> list[str]:
    wrong = []
    for who, pattern, table, given in doors:
        path = pattern.format_map(everything.places)
        wrong += three_times(path, table, sender(who, path, given))
    return wrong


def three_times(path: str, table, send) -> list[str]:
    tables.session.commit()
    before = counted(table)
    first, second = at_once(send, send)
    third = send()
    answers = {(answer.status_code, answer.location, answer.data) for answer in (first, second, third)}
    made = counted(table) - before
    if made == 1 and len(answers) == 1 and first.status_code < 400:
        return []
    return [f"{path} made {made} and answered {sorted((a[0], a[1] or a[2][:300]) for a in answers)}"]
