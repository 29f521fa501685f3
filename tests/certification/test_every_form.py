"""Every form of the URL map, sent empty and with each field alone left out: a sentence, never an error."""

import re
import shutil
from collections import defaultdict

import pytest
from werkzeug.exceptions import HTTPException

from core.db import db as tables
from tests.certification.doors import PAGES, Everything, Forms

# Doors without a row, and why.
ELSEWHERE = {
    "accounts.repeat_job": "a job that failed: test_work",
    "certification.settle_sheet_row": "a row of a workbook that waits: test_sheets",
    "evidence.suspend": "a batch after a retraction: test_testing_retraction",
    "life.end": "a use that was recorded: test_label_uses",
}
LATER_ROW = re.compile(r"-[1-9]\d*-|^csrf_token$")  # rows are alike, so the first speaks for all
PARTS = 3  # so that several processes share the work
ANSWERED = {200, 302, 303, 400, 401, 403, 404, 409, 413, 422, 429}


@pytest.fixture
def everything(db):
    return Everything()


@pytest.fixture
def rewind(database, app, everything):
    """Put the database back, by a copy of its file; None on PostgreSQL, where forms are only sent empty."""
    tables.session.commit()
    tables.session.remove()
    if not hasattr(database, "used"):
        return None
    tables.engine.dispose()
    kept = database.used.with_name("kept.db")
    shutil.copyfile(database.used, kept)

    def back() -> None:
        tables.session.remove()
        tables.engine.dispose()
        for path in database.used.parent.glob(f"{database.used.name}*"):
            path.unlink()
        shutil.copyfile(kept, database.used)

    return back


@pytest.fixture
def people(app, everything, sign_in):
    """people[who]: a browser of each."""
    entered = {}
    for who, person in everything.people.items():
        entered[who] = sign_in(app.test_client(), person) if person else app.test_client()
    return entered


def rules_that_write(app) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and not rule.rule.startswith("/api/")
    }


def endpoint(app, path: str) -> str:
    return app.url_map.bind("localhost").match(path, method="POST")[0]


def test_every_page_that_changes_something_has_its_row(assembled):
    anywhere = defaultdict(lambda: "1", number="N-1", unlabelled="N-1")
    found = {endpoint(assembled, path.format_map(anywhere)) for _who, path in PAGES}
    assert rules_that_write(assembled) - found == ELSEWHERE.keys()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_answers_when_it_is_sent_empty_or_with_a_field_missing(everything, people, rewind, part):
    faults = []
    for who, pattern in PAGES[part::PARTS]:
        path = pattern.format_map(everything.places)
        for sent in attempts(people[who], path, rewind):
            answer = send(people[who], path, sent)
            if answer not in ANSWERED:
                faults.append((who, path, sorted(name for name, _ in sent), answer))
            if rewind and answer in (200, 302, 303):
                rewind()
    assert faults == []


def attempts(browser, path: str, rewind):
    """Nothing at all; then all that the page asks for but one field, for each of them."""
    yield []
    page = browser.post(path) if rewind else None
    if page is None:
        return
    rewind()
    for action, fields in Forms(page.text, path).found:
        if action == path:
            for left_out in sorted({name for name, _value in fields if not LATER_ROW.search(name)}):
                yield [(name, value) for name, value in fields if name != left_out]


def send(browser, path: str, sent: list):
    """The status, or the error that was raised."""
    data = {}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    try:
        return browser.post(path, data=data).status_code
    except HTTPException as error:
        return error.code
    except Exception as error:
        return repr(error)
