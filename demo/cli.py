"""Commands of the demonstration."""

import json
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from core import clock, typed
from core.db import db
from demo import walk as stories
from demo.cast import CAST, accounts_shown
from demo.load import load as load_everything

group = AppGroup("demo", help="Demonstration data and stories.")

COMMANDS = (group,)


@group.command("load")
def load() -> None:
    """Fill an empty installation with demonstration data, once."""
    _refuse_in_production()
    done = load_everything(click.echo)
    click.echo("Demonstration data loaded." if done else "Demonstration data is there already.")


@group.command("accounts")
def accounts() -> None:
    """Print one demonstration sign-in for each role."""
    for email, name, roles in accounts_shown():
        click.echo(f"  {email:26} {CAST['password']:14} {name}  {roles}")


@group.command("walk")
@click.option("--story", type=click.Choice(sorted(stories.STORIES)), default="laptop", show_default=True)
def walk(story: str) -> None:
    """Drive a whole case through the operations the pages call; the last line is JSON."""
    _refuse_in_production()
    made = stories.STORIES[story](click.echo)
    db.session.commit()
    click.echo(json.dumps(made, ensure_ascii=False))


@group.command("clock")
@click.argument("day", type=typed.DAY, required=False)
def set_clock(day: date | None) -> None:
    """Let it be DAY in this demonstration; without a day it is today again."""
    _refuse_in_production()
    clock.set_standing(day)
    clock.follow_standing()
    click.echo(f"It is {clock.today()}.")


def _refuse_in_production() -> None:
    if not current_app.config["DEMO"]:
        raise click.ClickException("demonstration data does not belong into production")
