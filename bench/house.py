"""An installation of the measurement's own: a migrated database with its law, its factors and its people."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import flask


@contextmanager
def house(folder: Path) -> Iterator["Cast"]:  # noqa: F821
    """Yield the cast of the demonstration inside the application's context; nothing is committed since."""
    os.environ["DATA_DIR"] = str(folder)
    flask(folder, "db", "upgrade")
    from app import create_app
    from config import Settings
    from core.db import db
    from demo.load import furnish

    with create_app(Settings({"DATA_DIR": str(folder)})).app_context():
        cast = furnish()
        db.session.commit()
        yield cast
        db.session.remove()
