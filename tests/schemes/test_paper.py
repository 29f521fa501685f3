"""The paper of a rule: drawn by the worker, once for each version, and handed to everybody."""

import io

import pypdf
import pytest
from sqlalchemy import func, select

from accounts.actor import SYSTEM
from core import files
from core.jobs import Job
from schemes import operations as register
from schemes import papers
from schemes.document import read
from schemes.models import SchemeVersion
from tests.schemes.examples import tyre

pytestmark = pytest.mark.engines("chores")


@pytest.fixture
def version(db):
    register.take(read(tyre(("/identity/effective_from", "2025-01-01"))), SYSTEM)
    db.session.commit()
    return db.session.scalar(select(SchemeVersion))


def asked_for(db) -> int:
    return db.session.scalar(select(func.count(Job.id)).where(Job.kind == "rule.draw"))


def test_the_paper_of_a_rule_says_what_the_rule_says_and_under_which_digest(version, db):
    papers.draw(version.id)
    content = files.path_of(version.paper).read_bytes()
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) <= 4
    for said in (
        "低碳产品认证实施规则：轮胎",
        "演示 12，2027 版",
        "轮辋名义直径 10 至小于 17 in",
        "2.18",
        "GB/T 29040—2024",
    ):
        assert said in text
    assert version.digest in text.replace("\n", "")


def test_who_asks_before_it_is_drawn_is_told_to_wait_and_then_gets_it(version, db, client):
    address = "/rules/lc-tyre/2027.pdf"
    waiting = client.get(address)
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "5")
    papers.draw(version.id)
    db.session.commit()
    with client.get(address) as answer:
        assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert client.get("/rules/lc-tyre/1999.pdf").status_code == 404


def test_what_no_paper_was_drawn_of_is_asked_for_once(version, db):
    papers.draw_what_is_missing()
    papers.draw_what_is_missing()
    assert asked_for(db) == 1
    papers.draw(version.id)
    db.session.query(Job).delete()
    papers.draw_what_is_missing()
    assert asked_for(db) == 0


def test_a_version_that_is_loaded_anew_before_anybody_used_it_is_drawn_anew(version, db):
    papers.draw(version.id)
    changed = tyre(("/identity/effective_from", "2025-01-01"), ("/identity/rule/number", "演示 13"))
    assert register.take(read(changed), SYSTEM) == "changed"
    assert version.paper is None
