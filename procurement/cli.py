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
from procurement.categories import operations as categories
from procurement.loading import Report
from procurement.policy import operations as policy

group = AppGroup("procurement", help="Categories and policy of the procurement list.")

COMMANDS = (group,)
DRY = click.option("--dry-run", is_flag=True, help="Say what would be taken, and keep nothing.")


@group.command("import-codes", help="Take the 品目 codes of one edition of the catalogue from a CSV.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="Year of the catalogue, such as 2022: codes differ.")
@DRY
def import_codes(file: Path, edition: str, dry_run: bool) -> None:
    _load(file, lambda lines: categories.import_categories(SYSTEM, lines, edition, source=file.name), dry_run)


@group.command("import-crosswalk", help="Take from a CSV under which codes the goods of older ones stand.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DRY
def import_crosswalk(file: Path, dry_run: bool) -> None:
    _load(file, lambda lines: categories.import_crosswalk(SYSTEM, lines, source=file.name), dry_run)


@group.command("load-codes", help="Take the 品目 codes this project ships, and what became of older ones.")
def load_codes() -> None:
    _load(
        operations.DATA / "categories.csv", lambda lines: categories.import_categories(SYSTEM, lines, "2022")
    )
    _load(operations.DATA / "crosswalk.csv", lambda lines: categories.import_crosswalk(SYSTEM, lines))


@group.command(
    "load-policy", help="Take the demonstration policy this project ships (演示数据), or another file."
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_policy(file: Path | None) -> None:
    _load(file or operations.DATA / "policy.csv", lambda lines: policy.load_policy(SYSTEM, lines))


def _load(file: Path, take: Callable[[Iterable[str]], Report], dry_run: bool = False) -> None:
    try:
        report = take(table.opened(file.read_bytes()))
    except Refused as refused:
        raise click.ClickException(say(refused)) from refused
    db.session.rollback() if dry_run else db.session.commit()
    for row, slug, value in report.refused:
        click.echo(f"row {row}: {sentence(slug, {'value': value})}：{value}", err=True)
    click.echo(
        f"{report.rows} rows: {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.refused)} refused"
        + (f", {len(report.suspect)} names to look at" if report.suspect else "")
        + (" (nothing was kept)" if dry_run else "")
    )
