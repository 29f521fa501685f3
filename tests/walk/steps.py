"""How the walk asks, and what it reads from the answers: where their links lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gzip import decompress as gunzip
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.operations import begin_session
from accounts.queries import user_by_email
from accounts.session import LANGUAGE_COOKIE
from core.db import db
from tests.support.markup import faults

NOBODY = ""
REDIRECTS = range(300, 400)
TAG = re.compile(r"<(?:a|area|link|img|script|source|form)\b[^>]*>")
TARGET = re.compile(r'\b(?:href|src|action|data-hx-get|hx-get)="([^"]*)"')
SIGN_OUT = 'action="/sign-out"'
# That no worker runs, and that a database is locked, is what these say.
SAY_503 = {"/readyz", "/refusals/503"}
# What differs between two pages that refuse the same to one person, and no reader of the markup looks at.
OWN = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<=[?;&]next=)[^"&]*')
POSTING = re.compile(r'\bmethod="post"', re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when the view failed; then `said` is how.  `page` is the length of a page."""

    status: int
    said: str = ""
    page: int = 0
    links: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return self.status == 0 or self.status >= 500

    @property
    def dead(self) -> bool:
        return self.status == 0 or self.status >= 400


@dataclass
class Walker:
    """One person of the demonstration, or nobody, who asks for each address once.

    English is asked for in the address; the cookie says Chinese, and no look may turn it.
    """

    app: Flask
    person: str
    secrets: dict
    language: str = "zh"
    packed: bool = False  # whether every page has to come compressed
    heard: dict[str, Answer] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)  # cookies that no look may set, by address
    unsound: dict[str, list[str]] = field(default_factory=dict)  # what a reader of the markup complains of
    refused: dict[str, list[str]] = field(default_factory=dict)  # the same of refusals, by what they say

    def __post_init__(self):
        self.client = self._client()
        self.token = self.secrets["tokens"].get(self.person)

    def _client(self) -> FlaskClient:
        client = self.app.test_client()
        if self.person:
            with self.app.app_context():
                user = user_by_email(self.person)
                begin_session(user)
                db.session.commit()
                known = user.get_id()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = known, True
            client.get("/account")  # as every page it gives the session the token of forms
            with client.session_transaction() as session:
                session["seen"] = 0
            self.entered = client.get_cookie("session").value
        return client

    def ask(self, address: str) -> Answer:
        if address not in self.heard:
            self.heard[address] = self._ask(address)
        return self.heard[address]

    def failures(self) -> dict[str, object]:
        """What failed, kept what no look may keep, or is no sound page; those that say 503 may."""
        failed = {
            address: answer.said or answer.status
            for address, answer in self.heard.items()
            if answer.failed and address not in SAY_503
        }
        return self.unsound | self.kept | failed

    def _spoken(self, address: str) -> str:
        return f"{address}{'&' if '?' in address else '?'}lang=en" if self.language == "en" else address

    def _ask(self, address: str) -> Answer:
        headers = {}
        self.client.set_cookie(LANGUAGE_COOKIE, "zh")  # whoever asked for a language has turned it
        if self.person:  # as if not seen for long, so that whatever prolongs the session shows
            self.client.set_cookie("session", self.entered)
        if not address.startswith("/api/"):
            headers["Accept-Encoding"] = "gzip" if self.packed else "identity"
        elif self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = self.client.get(self._spoken(address), headers=headers, buffered=True)
        except Exception as error:  # whatever it is, it is what the walk looks for
            return Answer(0, f"{type(error).__name__}: {error}")
        self._look_for_cookies(address, answer)
        if answer.mimetype != "text/html" or answer.status_code in REDIRECTS:
            return Answer(answer.status_code)
        is_packed = answer.content_encoding == "gzip"
        page = gunzip(answer.data).decode() if is_packed else answer.text
        if found := [*self._faults(page, answer.status_code), *self._missing(answer, page, is_packed)]:
            self.unsound[address] = found
        links = tuple(links_of(page, address)) if answer.status_code == 200 else ()
        return Answer(answer.status_code, page=len(page), links=links)

    def _faults(self, page: str, status: int) -> list[str]:
        """Most pages refuse, and by the same words: one of them is read for all that are like it."""
        if status < 400:
            return faults(page)
        alike = OWN.sub("", page)
        if alike not in self.refused:
            self.refused[alike] = faults(page)
        return self.refused[alike]

    def _missing(self, answer: TestResponse, page: str, is_packed: bool) -> Iterator[str]:
        if self.packed and answer.status_code == 200 and not is_packed:
            yield "is not compressed"
        if self.person and SIGN_OUT not in page:
            yield "has no way to sign out"

    def _look_for_cookies(self, address: str, answer: TestResponse) -> None:
        """A page may prolong the session; no picture, file, feed or API sets any, no look the language."""
        if address.startswith("/language/"):
            return
        page = answer.status_code == 200 and answer.mimetype == "text/html"
        for cookie in answer.headers.getlist("Set-Cookie"):
            turns = cookie.startswith(f"{LANGUAGE_COOKIE}=")
            if not page or turns:
                self.kept[address] = cookie


def links_of(html: str, address: str) -> Iterator[str]:
    """The addresses of this site a page leads to by a look: links, pictures, files, forms that only ask."""
    for tag in TAG.findall(html):
        if POSTING.search(tag):
            continue
        for target in TARGET.findall(tag):
            whole = urlsplit(urljoin(address, unescape(target)))
            if not whole.netloc and whole.path.startswith("/") and whole.scheme in ("", "http", "https"):
                yield whole._replace(fragment="").geturl()
