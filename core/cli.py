"""Commands of the ground: the worker, the record, backups, and the doctor."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from core import audit, backup, health, jobs
from core.db import only_reading
from core.worker import Worker

record = AppGroup("audit", help="The record nobody edits.")
safe = AppGroup("backup", help="Copies of database, files and keys.")


@click.command("worker", help="Do jobs until told to stop.")
@click.option("--once", is_flag=True, help="Do what is due and end.")
@with_appcontext
def work(once: bool) -> None:
    if once:
        click.echo(f"{jobs.run_due()} jobs done")
    else:
        Worker(current_app._get_current_object()).run()


@click.command("doctor", help="Say whether this installation can do its work.")
@with_appcontext
def doctor() -> None:
    with only_reading():
        checks = health.checks()
    for check in checks:
        click.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)


@record.command("verify", help="Walk the chain from the first entry to the last.")
def verify() -> None:
    try:
        with only_reading():
            click.echo(f"{audit.verify()} entries, the chain holds")
    except audit.Broken as broken:
        raise click.ClickException(str(broken)) from broken


@safe.command("create", help="Write FILE, which must not exist yet.")
@click.argument("file", type=click.Path(path_type=Path))
def create(file: Path) -> None:
    try:
        backup.create(file)
    except (backup.Unusable, FileExistsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} holds database, files and keys; keep it where nobody else can read it")


@safe.command("restore", help="Replace the database by the one in FILE, and put its files and keys back.")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.confirmation_option(prompt="What is in the database now will be lost. Go on?")
def restore(file: Path) -> None:
    try:
        backup.restore(file)
    except backup.Unusable as error:
        raise click.ClickException(str(error)) from error
    click.echo("Restored. Now run: flask db upgrade && flask catalog reindex")


COMMANDS = (work, doctor, record, safe)
