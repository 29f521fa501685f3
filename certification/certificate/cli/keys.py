"""The keys of the bodies, for whoever runs the installation."""

from collections.abc import Callable

import click
from flask.cli import AppGroup

from accounts import queries as accounts
from accounts.actor import SYSTEM
from certification.certificate.operations import signing
from certification.certificate.queries.signing import every_key
from core.db import db, only_reading
from core.errors import Refused
from core.machine import Actor
from core.words import say

SIGNERS = ("certification_body", "regulator")  # the second may own the list, and signs what it answers
group = AppGroup("keys", help="The keys certification bodies and owners of the list sign with.")


@group.command("list", help="Every key anything was signed with, and whether it is there.")
def show() -> None:
    with only_reading():
        for row, there in every_key():
            click.echo(f"{row.uscc}  {row.kid}  {row.created_at:%Y-%m-%d}  {'there' if there else 'MISSING'}")


@group.command("create", help="Make the first key of a body, before it signs anything.")
@click.argument("uscc")
def create(uscc: str) -> None:
    _change(signing.begin, uscc)


@group.command("rotate", help="Give a body a new key; what it signed before is checked with the old one.")
@click.argument("uscc")
def rotate(uscc: str) -> None:
    _change(signing.rotate, uscc)


def _change(verb: Callable[[Actor, str], str], uscc: str) -> None:
    body = accounts.organisation_by_uscc(uscc)
    if body is None or body.kind not in SIGNERS:
        raise click.ClickException(f"{uscc} is no certification body, and draws up no list")
    try:
        kid = verb(SYSTEM, body.uscc)
    except Refused as refused:
        db.session.rollback()
        raise click.ClickException(say(refused)) from refused
    db.session.commit()
    click.echo(f"{body.uscc} {kid}; now make a backup")
