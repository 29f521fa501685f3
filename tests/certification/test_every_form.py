"""Every form of the URL map, sent empty, with each field alone left out, and with absurd ids in it: a
sentence, never an error."""

import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from werkzeug.exceptions import HTTPException

from tests.certification.doors import PAGES
from tests.support.databases import Sqlite

pytestmark = pytest.mark.engines("types")

# Doors without a row, and why.
ELSEWHERE = {
    "accounts.repeat_job": "a job that failed: test_work",
    "certification.settle_sheet": "a workbook that is staged: test_difference",
    "certification.settle_sheet_row": "a row of a workbook that waits: test_sheets",
    "evidence.suspend": "a batch after a retraction: test_testing_retraction",
    "life.end": "a use that was recorded: test_label_uses",
}
LATER_ROW = re.compile(r"-[1-9]\d*-|^csrf_token$")  # rows are alike, so the first speaks for all
# No row has such a number, though int() or a database would read some of them.
ABSURD = [str(2**63), str(2**31), "-1", "x", "１", "²"]
# Forms that stand on another page than the one they are sent to, and the ids they hand about.
SENT_FROM_ELSEWHERE = {
    "/sign-in/demonstration": "user",
    "/roles": "membership",
    "/procurement/shortlists/add": "shortlist",
}
PARTS = 3  # so that several processes share the work
REFUSED = range(400, 500)
ANSWERED = {200, 302, 303, 400, 401, 403, 404, 409, 413, 422, 429}


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
    anywhere = defaultdict(lambda: "1", number="N-1", unlabelled="N-1", labelled="N-1")
    found = {endpoint(assembled, path.format_map(anywhere)) for _who, path, _given in PAGES}
    assert rules_that_write(assembled) - found == ELSEWHERE.keys()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_answers_to_nothing_to_a_field_missing_and_to_absurd_ids(
    database, everything, people, rewind, part
):
    faults = []
    if not isinstance(database, Sqlite):
        rewind = None  # so forms are only sent empty and with absurd ids
    for who, pattern, _given in PAGES[part::PARTS]:
        path = pattern.format_map(everything.places)
        for sent, expected in attempts(people[who], path, rewind):
            answer = send(people[who], path, sent)
            if answer not in expected:
                faults.append((who, path, sent[-1:] if expected is REFUSED else sorted(dict(sent)), answer))
            if rewind and answer in (200, 302, 303):
                rewind()
    assert faults == []


def attempts(browser, path: str, rewind):
    """What is sent, and the answers that are right: nothing at all; all that the page asks for but one field,
    for each of them; and all with an id that no row has, for each id."""
    yield [], ANSWERED
    page = shown(browser, path)
    if rewind:
        rewind()
    forms = [
        (fields, ids_of(page, path, action)) for action, fields in Forms(page, path).found if action == path
    ]
    for fields, ids in forms or [([], {SENT_FROM_ELSEWHERE.get(path)} - {None})]:
        if rewind:
            for left_out in sorted({name for name, _value in fields if not LATER_ROW.search(name)}):
                yield [(name, value) for name, value in fields if name != left_out], ANSWERED
        for name in sorted(ids):
            for absurd in ABSURD:
                yield [*((known, value) for known, value in fields if known != name), (name, absurd)], REFUSED


def shown(browser, path: str) -> str:
    """The page that answers an empty form; nothing when there is none."""
    try:
        answer = browser.post(path)
    except HTTPException:
        return ""
    return answer.text if answer.status_code in (200, 422) else ""


class Forms(HTMLParser):
    """The POST forms of a page: [(action, [(name, value), …])], each filled so that nothing is left out."""

    def __init__(self, page: str, here: str):
        super().__init__()
        self.here, self.found, self.open, self.select, self.area = here, [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.open = [] if (given.get("method") or "").lower() == "post" else None
            if self.open is not None:
                self.found.append(((given.get("action") or self.here).split("?")[0], self.open))
        elif self.open is not None and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self.select and given.get("value") and not self._has(self.select):
            self.open.append((self.select, given["value"]))

    def _field(self, tag: str, given: dict) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "textarea" or (tag == "input" and kind not in ("file", "submit", "button")):
            once = kind == "radio" and self._has(name)
            if not once:
                self.open.append((name, given.get("value") or FILLING.get(kind, "文字")))

    def _has(self, name: str) -> bool:
        return any(name == known for known, _value in self.open)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None


FILLING = {
    "date": "2026-11-25",
    "number": "1",
    "email": "new@example.org",
    "datetime-local": "2026-11-25T08:00",
}


class Ids(HTMLParser):
    """The names under which the forms of a page hand numbers of rows about, by where they are sent."""

    def __init__(self, here: str):
        super().__init__()
        self.here, self.action, self.select, self.found = here, None, None, defaultdict(set)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            posted = (given.get("method") or "").lower() == "post"
            self.action = (given.get("action") or self.here).split("?")[0] if posted else None
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option":
            self._look(self.select, given)
        elif tag == "button" or given.get("type") in ("hidden", "radio", "checkbox"):
            self._look(given.get("name"), given)

    def _look(self, name: str | None, given: dict) -> None:
        if name and (re.fullmatch(r"[0-9]+(-[0-9]+)?", given.get("value") or "") or name == "retest_of"):
            self.found[self.action].add(name)


def ids_of(page: str, path: str, action: str) -> set[str]:
    reader = Ids(path)
    reader.feed(page)
    return reader.found[action]


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
