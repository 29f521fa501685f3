"""The demonstration: what it loads, and the stories it tells, through the verbs the pages call."""

import json
from collections import Counter

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from certification.acts.queries import appeals_of
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.label.queries import label_requests
from certification.laboratory.models import Sample
from certification.laboratory.queries import laboratory
from certification.workbench.queries import applicant, workbench
from core import audit, files, lifecycle
from core.db import db as database
from demo import load
from demo.cast import CAST, engage
from procurement.models import Edition
from tests.support import demonstration
from tests.support.databases import leave

pytestmark = pytest.mark.engines("walks")


def told(printed: str) -> dict:
    return json.loads(printed.strip().splitlines()[-1])


def certificate_of(story: dict) -> Certificate:
    query = select(Certificate).where(Certificate.number == story["certificate"])
    return database.session.scalars(query).one()


def text_of(certificate: Certificate) -> str:
    pages = PdfReader(files.path_of(certificate.document)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_walk_of_a_real_laptop_ends_in_a_certificate_its_paper_and_the_list(command):
    story = told(command("demo", "walk"))
    certificate = certificate_of(story)
    assert certificate.state == "valid"
    assert certificate.demo
    # 341 x (0.841 + 0.027 + 0.003) as published, and 22.26 kWh x 4 x 0.5777 for its use: 348.449408, rounded
    # by the scheme
    assert str(certificate.carbon) == "348.45"
    for said in (certificate.number, "金陵示例信息技术有限公司", "Latitude5330", "348.4", "演示数据"):
        assert said in text_of(certificate)
    edition = database.session.scalars(select(Edition).where(Edition.number == story["edition"])).one()
    assert certificate.number in {line.number for line in edition.lines}


def test_the_story_of_a_process_system_reproduces_the_published_case(command):
    story = told(command("demo", "walk", "--story", "process"))
    assert str(certificate_of(story).carbon.normalize()) == "66.5"


def test_a_story_walked_twice_makes_two_certificates(command):
    first, second = told(command("demo", "walk")), told(command("demo", "walk"))
    assert first["certificate"] != second["certificate"]


@pytest.fixture
def loaded(db, database, run_folder):
    """The cast of the demonstration as a keeper loaded it; on PostgreSQL its rows are copied from SQLite."""
    leave()
    database.fill(demonstration.loaded(run_folder) / "tanbiao.db")
    return engage()


def test_every_state_has_a_case_and_the_record_holds(loaded, db):
    states = Counter(db.session.scalars(select(Application.state)))
    waiting = ("draft", "submitted", "correcting", "accepted", "contracted", "evaluating", "in_review")
    for state in (*waiting, "pending_decision", "granted", "certified", "declined", "refused"):
        assert states[state], state
    assert {"planned", "in_transit", "received", "testing"} <= set(db.session.scalars(select(Sample.state)))
    statuses = {certificate.state for certificate in db.session.scalars(select(Certificate))}
    assert {"valid", "suspended", "withdrawn", "cancelled"} <= statuses
    assert audit.verify() > 1000
    _each_role_finds_work(loaded)
    assert load.load(print) is False


def _each_role_finds_work(cast) -> None:
    """Whoever the sign-in page offers has something to do on first sign-in."""
    for person in CAST["people"]:
        if not person.get("shown"):
            continue
        actor = cast.actor(person["email"])
        work = {
            "manufacturer": lambda actor: applicant.tasks(actor).items,
            "certification_body": lambda actor: _in_hand(actor) or _elsewhere(actor),
            "testing_body": lambda actor: laboratory.waiting(actor).items,
        }.get(actor.kind)
        if work:
            assert work(actor), person["email"]


def _in_hand(actor) -> list:
    return [line for mine in (True, False) for line in workbench.inbox(actor, mine=mine).items]


def _elsewhere(actor) -> bool:
    """A label that was asked for, or an appeal to hear, stands on a page of its own."""
    things = [*label_requests(actor), *database.session.scalars(appeals_of(actor))]
    return any(lifecycle.offers(thing, actor) for thing in things)
