"""The register for the national platform, and the records that need no longer be kept."""

from pathlib import Path

import click

from certification.certificate.queries import exports as register
from certification.certificate.queries.retention import past_retention
from core import tables
from core.db import only_reading


@click.command("export-register", help="Write every certificate with the columns of the national register.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
def export_register(file: Path, kind: str) -> None:
    beside = file.with_name(f".{file.name}.part")  # a file of that name is a whole one
    try:
        with only_reading(), beside.open("wb") as output:
            count = tables.write(output, kind, register.head(), register.rows(register.register(None)))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    click.echo(f"{count} certificates")


@click.command("past-retention", help="List the decided cases whose records need no longer be kept.")
def list_past() -> None:
    with only_reading():
        past = past_retention()
        for found in past:
            click.echo(f"{found.application.number}  {found.kept_until}")
    click.echo(f"{len(past)} past retention; nothing is deleted by itself")
