"""Commands for clocks: the calendar they rest on, and the times the service was down."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from certification.clocks.operations import calendar as changes
from core import typed
from core.calendar import book
from core.clock import SHANGHAI
from core.db import db
from core.errors import Refused
from core.opened import table
from core.words import say

days = AppGroup("calendar", help="The working calendar, by versions.")
clocks = AppGroup("clocks", help="Deadlines.")


@days.command(
    "import", help="Take the days of FILE (CSV), or those the project ships; shows what follows first."
)
@click.argument("file", type=click.Path(path_type=Path, exists=True), default=book.SHIPPED)
@click.option("--reason", default="", help="The announcement it rests on.")
@click.option("--yes", is_flag=True, help="Enter it without asking.")
def take_calendar(file: Path, reason: str, yes: bool) -> None:
    try:
        entries = book.read(table.opened(file.read_bytes()))
        plan = changes.preview(entries)
        _show(plan)
        if not yes:
            click.confirm("Enter it?", abort=True)
        changes.change(SYSTEM, entries, reason or file.name, plan.base)
    except Refused as refused:
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    click.echo(f"The calendar is at version {plan.calendar.version}; {len(plan.moves)} clocks moved.")


def _show(plan: changes.Plan) -> None:
    for day, old, new in plan.differences:
        click.echo(f"{day}  {old.kind if old else 'ordinary'} -> {new.kind if new else 'ordinary'}")
    for move in plan.moves:
        before, after = move.before or f"{move.left_before} left", move.after or f"{move.left_after} left"
        click.echo(f"clock {move.clock.id} ({move.clock.name}): {before} -> {after}")


@clocks.command("outage", help="Say that the service was down FROM TO (Shanghai time); give the days back.")
@click.argument("begins", metavar="FROM", type=typed.MOMENT)
@click.argument("ends", metavar="TO", type=typed.MOMENT)
@click.option("--reason", required=True)
def give_back(begins: datetime, ends: datetime, reason: str) -> None:
    first, last = (moment.replace(tzinfo=SHANGHAI) for moment in (begins, ends))
    try:
        outage = changes.record_outage(SYSTEM, first, last, reason)
    except Refused as refused:
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    click.echo(f"{outage.credited} clocks were given the days back.")
