"""The catalogue from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from catalog import operations, search
from core.db import db
from core.errors import Refused
from core.opened import table
from core.words import say, sentence

group = AppGroup("catalog", help="The catalogue: its index, public data sets.")

COMMANDS = (group,)


@group.command("reindex", help="Write the search index anew from the database.")
def reindex() -> None:
    click.echo(f"{search.rebuild()} products indexed")


@group.command("import-devices", help="Take real devices from a CSV in the format of Boavizta's data set.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_devices(file: Path) -> None:
    try:
        report = operations.import_devices(SYSTEM, table.opened(file.read_bytes()))
    except Refused as refused:
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    search.current()  # takes the new products into the index, so that no reader waits for it
    for row, slug, value in report.refused:
        click.echo(f"row {row}: {sentence(slug, {'value': value})}：{value}", err=True)
    click.echo(
        f"{report.rows} rows: {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.refused)} refused"
    )
