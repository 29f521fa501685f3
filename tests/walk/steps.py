"""How the walk asks, and what it reads from the answers: where their links lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from accounts.operations import begin_session
from accounts.queries import user_by_email
from accounts.session import LANGUAGE_COOKIE
from core.db import db

NOBODY = ""
TAG = re.compile(r"<(?:a|area|link|img|script|source|form)\b[^>]*>")
TARGET = re.compile(r'\b(?:href|src|action|data-hx-get|hx-get)="([^"]*)"')
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
    """One person of the demonstration, or nobody, who asks for each address once."""

    app: Flask
    person: str
    secrets: dict
    language: str = "zh"
    heard: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self):
        self.client = self._client()
        self.token = self.secrets["tokens"].get(self.person)

    def _client(self) -> FlaskClient:
        client = self.app.test_client()
        client.set_cookie(LANGUAGE_COOKIE, self.language)
        if self.person:
            with self.app.app_context():
                user = user_by_email(self.person)
                begin_session(user)
                db.session.commit()
                known = user.get_id()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = known, True
        return client

    def ask(self, address: str) -> Answer:
        if address not in self.heard:
            self.heard[address] = self._ask(address)
        return self.heard[address]

    def failures(self) -> dict[str, str | int]:
        """What failed; that no worker runs here is no failure."""
        return {
            address: answer.said or answer.status
            for address, answer in self.heard.items()
            if answer.failed and address != "/readyz"
        }

    def _ask(self, address: str) -> Answer:
        headers = {}
        if address.startswith("/api/") and self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = self.client.get(address, headers=headers, buffered=True)
        except Exception as error:  # whatever it is, it is what the walk looks for
            return Answer(0, f"{type(error).__name__}: {error}")
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return Answer(answer.status_code)
        return Answer(200, page=len(answer.text), links=tuple(links_of(answer.text, address)))


def links_of(html: str, address: str) -> Iterator[str]:
    """The addresses of this site a page leads to by a look: links, pictures, files, forms that only ask."""
    for tag in TAG.findall(html):
        if POSTING.search(tag):
            continue
        for target in TARGET.findall(tag):
            whole = urlsplit(urljoin(address, unescape(target)))
            if not whole.netloc and whole.path.startswith("/") and whole.scheme in ("", "http", "https"):
                yield whole._replace(fragment="").geturl()
