"""The demonstration and every story, told once and copied for each process that walks through it.

It is kept beside the cache of pytest under a key of everything it is made from, so that the runs on both
databases and in the browser share one telling.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from accounts import operations as accounts
from certification import document, papers
from certification.models import Application, Certificate, CertificateVersion, WrittenAct
from core import clock
from core.db import db
from demo import load, walk
from demo.cast import Cast, accounts_shown, engage
from tests.architecture.tree import OFFICES, ROOT, files

FEW = 12  # products are invented beside the real ones: enough for every state


def key() -> str:
    """Of the files the demonstration is made from, and of the day it was made on."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    for path in files(ROOT):
        if path.parts[0] in OFFICES or path.name in ("app.py", "config.py", "demonstration.py"):
            digest.update((ROOT / path).read_bytes())
    return digest.hexdigest()[:16]


def told(folder: Path, app_in: Callable[[Path], Flask]) -> Path:
    """Where the told demonstration lies; whoever comes first tells it, and the others wait."""
    place = folder / key()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            for former in folder.glob("*/"):
                shutil.rmtree(former)
            begun = folder / "begun"
            begun.mkdir()
            tell(app_in(begun), begun)
            begun.rename(place)
    return place


def tell(app: Flask, place: Path) -> None:
    invented, load.INVENTED = load.INVENTED, FEW
    try:
        with app.app_context():
            db.create_all()
            load.load(lambda _line: None)
            for story in walk.STORIES.values():
                story(lambda _line: None)
                db.session.commit()
            secrets = what_no_story_tells(engage())
            db.session.commit()
            draw_some(engage().organisations[load.SHOWN].id)
            db.session.commit()
            (place / "secrets.json").write_text(json.dumps(secrets))
            db.session.remove()
            db.engine.dispose()
    finally:
        load.INVENTED = invented


def what_no_story_tells(cast: Cast) -> dict:
    """Addresses that are secrets, and what is handed in rarely; returns the secrets."""
    officer = cast.actor("officer@demo.example")
    _row, invitation = accounts.invite(officer, "new@demo.example", ["verifier"])
    feed = accounts.create_feed(officer)
    tokens = {email: accounts.create_token(cast.actor(email), "walk")[1] for email, *_ in accounts_shown()}
    return {"invitation": invitation, "feed": feed, "tokens": tokens}


def draw_some(shown: int) -> None:
    """As its job would: the certificates of the applicant shown, those with former versions, one act."""
    own = select(Certificate.id).where(Certificate.holder_id == shown)
    versioned = select(CertificateVersion.certificate_id)
    act = select(WrittenAct.id).join(WrittenAct.application).where(Application.applicant_id == shown)
    for certificate_id in {*db.session.scalars(own), *db.session.scalars(versioned)}:
        document.draw(certificate_id)
        db.session.commit()
    papers.draw(max(db.session.scalars(act)))
