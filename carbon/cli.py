"""The factor library from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from carbon import operations
from core.db import db
from core.errors import Refused
from core.words import say, sentence

group = AppGroup("carbon", help="Emission factors.")

COMMANDS = (group,)


@group.command(
    "import-factors", help="Take the factors of a CSV file; refused rows are named, the others kept."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_factors(file: Path) -> None:
    with file.open("rb") as stream:
        _told(lambda: operations.import_factors(stream, SYSTEM))


@group.command("load-factors", help="Take the reference factors the project ships; may be repeated.")
def load_factors() -> None:
    _told(lambda: operations.load_factors(SYSTEM))


def _told(take) -> None:
    try:
        done = take()
    except Refused as refused:
        db.session.rollback()
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    for line, column, slug in done.refused:
        click.echo(f"line {line}, {column}: {sentence(slug)}", err=True)
    counts = [f"{count} {outcome.replace('_', ' ')}" for outcome, count in done.counts.items()]
    click.echo(", ".join([*counts, f"{len(done.refused)} refused"]))
