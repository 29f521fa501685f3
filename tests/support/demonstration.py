"""The demonstration, made once per run: as it was loaded, and after every story was told in it.

Each process that needs one takes a copy.  The walks on both databases and the browser share what was made;
nothing of it outlives the run, nor its day.  As a program it makes both for the run of `script/test`.
"""

import fcntl
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select

import core.papers
from accounts import operations as accounts
from app import create_app
from certification.acts import papers
from certification.acts.models import WrittenAct
from certification.application.models import Application
from certification.certificate import document
from certification.certificate.models import Certificate, CertificateVersion
from certification.reporting import papers as report_papers
from certification.reporting.models import EvaluationReport
from config import Settings
from core.clock import today
from core.db import db
from demo import load, walk
from demo.cast import Cast, accounts_shown, engage
from procurement import papers as edition_papers
from procurement.bids import papers as bid_papers
from procurement.bids.models import BidCheck
from procurement.models import Edition
from schemes import papers as rule_papers
from schemes.models import SchemeVersion
from tests.support.databases import leave, make_tables

FEW = 20  # products are invented beside the real ones: enough for every state, and two labels of one holder


def loaded(run: Path) -> Path:
    """Where the demonstration lies in this run as a keeper loaded it."""
    return made_once(run, "loaded", _load)


def told(run: Path) -> Path:
    """Where it lies after every story was told in it."""
    return made_once(run, "told", lambda begun: _tell(loaded(run), begun))


def made_once(run: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Whoever comes first on a day makes it, and the others wait."""
    place = there(run, name)
    begun = place.with_name(f"{place.name}-begun")
    with place.with_name(f"{place.name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            shutil.rmtree(begun, ignore_errors=True)  # whoever made it before fell
            make(begun)
            begun.rename(place)
    return place


def there(run: Path, name: str) -> Path:
    """Where what was made once stands, or will."""
    return run / f"{name}-{today()}"


def _load(place: Path) -> None:
    app = _app_in(place)
    make_tables(app)
    with app.app_context():
        load_few()
        leave()


def load_few() -> None:
    invented, load.INVENTED = load.INVENTED, FEW
    try:
        load.load(lambda _line: None)
    finally:
        load.INVENTED = invented


def _tell(former: Path, place: Path) -> None:
    shutil.copytree(former, place)
    app = _app_in(place)
    with app.app_context(), few_drawn():
        for story in walk.STORIES.values():
            story(lambda _line: None)
            db.session.commit()
        secrets = what_no_story_tells(engage())
        db.session.commit()
        draw_some(engage().organisations[load.SHOWN].id)
        db.session.commit()
        (place / "secrets.json").write_text(json.dumps(secrets))
        leave()


@contextmanager
def few_drawn() -> Iterator[None]:
    """Of each stylesheet two papers are drawn, for certificates the one for everybody and the whole one; the
    others are copies of those.  Drawing all took two thirds of the time, and what a paper says is tested
    where it is made."""
    drawn: dict[str, list[bytes]] = {}
    draw, count = core.papers.pdf, Counter[str]()

    def once(source: str, sheet: str) -> bytes:
        known = drawn.setdefault(sheet, [])
        if len(known) < 2:
            known.append(draw(source, sheet))
        count[sheet] += 1
        return known[(count[sheet] - 1) % 2]

    core.papers.pdf = once
    try:
        yield
    finally:
        core.papers.pdf = draw


def _app_in(place: Path) -> Flask:
    place.mkdir(exist_ok=True)
    settings = Settings({"DATA_DIR": str(place)})
    settings.TESTING = True
    return create_app(settings)


def what_no_story_tells(cast: Cast) -> dict:
    """Addresses that are secrets, and what is handed in rarely; returns the secrets."""
    officer = cast.actor("officer@demo.example")
    _row, invitation = accounts.invite(officer, "new@demo.example", [])
    feed = accounts.create_feed(officer)
    tokens = {email: accounts.create_token(cast.actor(email), "walk")[1] for email, *_ in accounts_shown()}
    return {"invitation": invitation, "feed": feed, "tokens": tokens}


def draw_some(shown: int) -> None:
    """As its job would: the certificates of the applicant shown, those with former versions, one act, one
    rule, one check of a bid, one edition."""
    own = select(Certificate.id).where(Certificate.holder_id == shown)
    versioned = select(CertificateVersion.certificate_id)
    act = select(WrittenAct.id).join(WrittenAct.application).where(Application.applicant_id == shown)
    for certificate_id in {*db.session.scalars(own), *db.session.scalars(versioned)}:
        document.draw(certificate_id)
        db.session.commit()
    papers.draw(max(db.session.scalars(act)))
    db.session.commit()
    told = select(EvaluationReport.id).join(EvaluationReport.application)
    for report_id in db.session.scalars(told.where(Application.applicant_id == shown)).all():
        report_papers.draw(report_id)
        db.session.commit()
    published = select(Edition.id).where(Edition.is_published)
    edition_papers.draw(min(db.session.scalars(published)), 1)
    db.session.commit()
    bid_papers.draw(min(db.session.scalars(select(BidCheck.id))), 1)
    db.session.commit()
    rule_papers.draw(db.session.scalars(select(SchemeVersion.id).order_by(SchemeVersion.id)).first())


if __name__ == "__main__":
    told(Path(os.environ["TEST_RUN"]))
