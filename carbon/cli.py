"""The factor library from the command line."""

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from carbon import operations, records
from core.db import db
from core.errors import Refused
from core.words import say, sentence

group = AppGroup("carbon", help="Emission factors and records.")

COMMANDS = (group,)


@group.command(
    "import-factors", help="Take the factors of a CSV file; refused rows are named, the others kept."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and keep nothing.")
def import_factors(file: Path, dry_run: bool) -> None:
    with file.open("rb") as stream:
        _told(lambda: operations.import_factors(stream, SYSTEM), keep=not dry_run)


@group.command("load-factors", help="Take the reference factors the project ships; may be repeated.")
def load_factors() -> None:
    _told(lambda: operations.load_factors(SYSTEM))


@group.command("records", help="Print what each kind of record may state: docs/records.md.")
def print_records() -> None:
    click.echo(records.book(), nl=False)


def _told(take: Callable[[], operations.Imported], keep: bool = True) -> None:
    try:
        done = take()
    except Refused as refused:
        db.session.rollback()
        raise click.ClickException(say(refused)) from refused
    if keep:
        db.session.commit()
    else:
        db.session.rollback()
        click.echo("nothing was kept: this is what would come of it")
    for code, name, former, new in done.differing:
        click.echo(f"{code}, {name}: {former} → {new}")
    for line, column, slug in done.refused:
        click.echo(f"line {line}, {column}: {sentence(slug)}", err=True)
    counts = [f"{count} {outcome.replace('_', ' ')}" for outcome, count in done.counts.items()]
    click.echo(", ".join([*counts, f"{len(done.refused)} refused"]))
