"""Accounts from the command line, for whoever runs the installation."""

import sys
from typing import Self

import click
from flask.cli import AppGroup

from accounts import operations, queries
from accounts.actor import ROLES, SYSTEM
from accounts.models import User
from core import jobs, typed
from core.db import db, only_reading
from core.errors import Refused
from core.words import say

organisations = AppGroup("organisation", help="Organisations.")
users = AppGroup("user", help="Accounts of people.")
tokens = AppGroup("token", help="Bearer tokens for the API.")
work = AppGroup("jobs", help="What the worker gave up.")

COMMANDS = (organisations, users, tokens, work)

password_from_input = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking."
)


class refusals:
    """Say a no as a sentence and end with exit code 1; nothing is kept."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Refused):
            db.session.rollback()
            raise click.ClickException(say(error)) from error


@organisations.command("create", help="Register an organisation by its USCC (统一社会信用代码).")
@click.argument("uscc")
@click.option("--kind", type=click.Choice(list(ROLES)), required=True)
@click.option("--name", required=True)
@click.option("--region", default="", help="GB/T 2260, six digits.")
def create_organisation(uscc: str, kind: str, name: str, region: str) -> None:
    with refusals():
        organisation = operations.register_organisation(SYSTEM, kind, uscc, name, region=region)
        db.session.commit()
    click.echo(f"{organisation.uscc} {organisation.name}")


@users.command("create", help="Open an account and give it roles in an organisation.")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--organisation-uscc", required=True)
@click.option("--roles", required=True, help="Slugs, parted by commas.")
@password_from_input
def create_user(email: str, name: str, organisation_uscc: str, roles: str, password_stdin: bool) -> None:
    with refusals():
        organisation = queries.organisation_by_uscc(organisation_uscc)
        if organisation is None:
            raise click.ClickException(f"no organisation {organisation_uscc}: flask organisation create")
        user = operations.register_user(SYSTEM, email, name, _password(password_stdin))
        operations.enrol(SYSTEM, user.id, organisation.id, _slugs(roles))
        db.session.commit()
    click.echo(f"{user.email} may sign in")


@users.command("password", help="Replace a forgotten password and end every session of the account.")
@click.argument("email")
@password_from_input
def replace_password(email: str, password_stdin: bool) -> None:
    with refusals():
        operations.set_password(SYSTEM, _user(email).id, _password(password_stdin))
        db.session.commit()


@users.command("lock", help="Close an account: its sessions end, its tokens stop.")
@click.argument("email")
def lock(email: str) -> None:
    operations.set_active(SYSTEM, _user(email).id, False)
    db.session.commit()


@users.command("unlock", help="Open a locked account again.")
@click.argument("email")
def unlock(email: str) -> None:
    operations.set_active(SYSTEM, _user(email).id, True)
    db.session.commit()


@tokens.command("create", help="Make a token for an account and print it, once.")
@click.argument("email")
@click.option("--name", default="command line")
@click.option("--organisation-uscc", default="", help="Needed only by members of several organisations.")
def create_token(email: str, name: str, organisation_uscc: str) -> None:
    seats = [
        seat for seat in _user(email).open_memberships if organisation_uscc in ("", seat.organisation.uscc)
    ]
    if len(seats) != 1:
        raise click.ClickException(f"{email} has {len(seats)} organisations to choose from")
    with refusals():
        _token, secret = operations.create_token(seats[0].actor(), name)
        db.session.commit()
    click.echo(secret)


@work.command("list", help="The jobs that were given up, the last first, and why.")
def list_jobs() -> None:
    with only_reading():
        for job in db.session.scalars(jobs.failed()):
            click.echo(f"{job.id} {job.kind} {job.payload} {job.attempts} times: {job.error}")


@work.command("repeat", help="Do jobs that were given up once more, by their numbers.")
@click.argument("numbers", type=typed.NUMBER, nargs=-1, required=True)
def repeat_jobs(numbers: tuple[int, ...]) -> None:
    with refusals():
        for number in numbers:
            operations.repeat_job(SYSTEM, number)
        db.session.commit()


def _user(email: str) -> User:
    user = queries.user_by_email(email)
    if user is None:
        raise click.ClickException(f"no account {email}")
    return user


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return click.prompt("Password", hide_input=True, confirmation_prompt=True)


def _slugs(text: str) -> list[str]:
    return [slug.strip() for slug in text.split(",") if slug.strip()]
