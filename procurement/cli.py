"""Procurement from the command line: reference data."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from core.db import db
from core.errors import Refused
from core.opened import table
from core.words import say, sentence
from procurement import operations

group = AppGroup("procurement", help="Categories and policy of the procurement list.")

COMMANDS = (group,)


@group.command("import-codes", help="Take the 品目 codes of one edition of the catalogue from a CSV.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", default="2022", show_default=True, help="Year of the catalogue: codes differ.")
def import_codes(file: Path, edition: str) -> None:
    _load(file, lambda lines: operations.import_categories(SYSTEM, lines, edition, source=file.name))


@group.command("load-codes", help="Take the 品目 codes this project ships.")
def load_codes() -> None:
    _load(
        operations.DATA / "categories.csv", lambda lines: operations.import_categories(SYSTEM, lines, "2022")
    )


@group.command(
    "load-policy", help="Take the demonstration policy this project ships (演示数据), or another file."
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_policy(file: Path | None) -> None:
    _load(file or operations.DATA / "policy.csv", lambda lines: operations.load_policy(SYSTEM, lines))


def _load(file: Path, take: Callable[[Iterable[str]], operations.Report]) -> None:
    try:
        report = take(table.opened(file.read_bytes()))
    except Refused as refused:
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    for row, slug, value in report.refused:
        click.echo(f"row {row}: {sentence(slug, {'value': value})}：{value}", err=True)
    click.echo(
        f"{report.rows} rows: {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.refused)} refused"
    )
