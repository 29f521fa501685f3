"""Spelling anew what `flask doctor --deep` names under `texts` and `copies`."""

import click

from accounts.actor import SYSTEM
from certification.upkeep.operations import respell
from core import typed
from core.db import db
from core.errors import Refused
from core.words import say


@click.command(
    "respell", help="Replace signs no paper shows, or shorten, in a stored text; without TEXT unseen ones go."
)
@click.argument("table")
@click.argument("row", type=typed.NUMBER)
@click.argument("place", metavar="COLUMN")
@click.argument("text", required=False)
@click.option("--reason", required=True, help="Who asked for it, and what was meant.")
def spell_anew(table: str, row: int, place: str, text: str | None, reason: str) -> None:
    try:
        now = respell(SYSTEM, table, row, place, text, reason)
    except Refused as refused:
        db.session.rollback()
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    click.echo(f"{table} {row} {place}: {now}")
