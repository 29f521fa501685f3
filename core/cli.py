"""Commands of the ground: the worker, the record, backups, and the doctor."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from werkzeug.local import LocalProxy

from core import audit, backup, health, jobs, typed
from core.db import only_reading
from core.worker import Worker

record = AppGroup("audit", help="The record nobody edits.")
safe = AppGroup("backup", help="Copies of database, files and keys.")


@click.command("worker", help="Do jobs until told to stop.")
@click.option("--once", is_flag=True, help="Do what is due and end.")
@click.option("--lane", type=click.Choice(jobs.LANES), help="Only what is short, or takes long.")
@click.option("--pulse", type=typed.NUMBER, help="The descriptor on which to say that it goes on.")
@with_appcontext
def work(once: bool, lane: str | None, pulse: int | None) -> None:
    lane = lane or ""
    if once:
        click.echo(f"{jobs.run_due(lane)} jobs done")
    else:
        Worker(cast(LocalProxy[Flask], current_app)._get_current_object(), lane, pulse).run()


@click.command("doctor", help="Say whether this installation can do its work.")
@click.option("--deep", is_flag=True, help="Read everything: each signature, each file, the whole record.")
@with_appcontext
def doctor(deep: bool) -> None:
    with only_reading():  # nobody who writes shall wait for this
        checks = health.checks(deep)
    for check in checks:
        click.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)


@record.command("verify", help="Walk the chain from the first entry to the last.")
@click.option("--holding", default="", help="A digest of /record/head.json that was kept elsewhere.")
def verify(holding: str) -> None:
    try:
        with only_reading():
            click.echo(f"{audit.verify(holding)} entries, the chain holds")
    except audit.Broken as broken:
        raise click.ClickException(str(broken)) from broken


asked_for = click.option(
    "--passphrase", "ask", is_flag=True, help="Ask for it, where BACKUP_PASSPHRASE is not set."
)
unproved = click.option(
    "--unproved", is_flag=True, help="Take an archive of an earlier version, without digests."
)


@safe.command("create", help="Write FILE, which must not exist yet.")
@click.argument("file", type=click.Path(path_type=Path))
@asked_for
def create(file: Path, ask: bool) -> None:
    passphrase = _passphrase() or (
        click.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if ask else ""
    )
    with sentences():
        backup.create(file, passphrase)
    click.echo(f"{file} holds database, files and keys; keep it where nobody else can read it")
    if not passphrase:
        click.echo(
            "The signing keys in it are not encrypted: set BACKUP_PASSPHRASE, or ask by --passphrase",
            err=True,
        )


@safe.command("verify", help="Read FILE to its end and prove it by its digests; nothing is changed.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def prove(file: Path) -> None:
    with sentences(), backup.opened(file) as staged:
        if staged.sealed and (passphrase := _passphrase()):
            backup.open_keys(staged, passphrase)
        click.echo(f"{len(staged.names)} members, each as it was saved")


@safe.command("restore", help="Replace the database by the one in FILE, and put its files and keys back.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@unproved
@click.confirmation_option(prompt="What is in the database now will be lost. Go on?")
def restore(file: Path, unproved: bool) -> None:
    with sentences(), backup.opened(file, unproved) as staged:
        asked = staged.sealed and not _passphrase()
        backup.restore(staged, click.prompt("Passphrase", hide_input=True) if asked else _passphrase())
    click.echo("Restored. Now run: flask db upgrade && flask catalog reindex && flask doctor --deep")


def _passphrase() -> str:
    return os.environ.get("BACKUP_PASSPHRASE", "")


@contextmanager
def sentences() -> Iterator[None]:
    """What went wrong with an archive is said in a sentence."""
    try:
        yield
    except (backup.Unusable, OSError) as error:
        raise click.ClickException(str(error)) from error


COMMANDS = (work, doctor, record, safe)
