"""What a step brings about, read from the tables: one step for whoever asks, all of them for docs/."""

from collections.abc import Callable
from typing import Any

import click

from certification import steps
from certification.acts.statement import KINDS
from certification.notices.row import Row
from certification.workflow import MACHINES
from certification.workflow.clocks import CLOCKS
from core import events
from core.lifecycle import Law
from core.machine import Step
from core.words import word

PAGE = "docs/steps.md"
ON_EVERY_STEP = [follow for told_of, follow in steps.FOLLOWERS if told_of == steps.EVERY_STEP]


@click.command("explain", help="Print what a step brings about, such as application.grant.")
@click.argument("name", metavar="KIND.STEP")
def explain(name: str) -> None:
    kind, _dot, step = name.partition(".")
    machine = next((machine for machine in MACHINES if machine.kind == kind), None)
    if machine is None:
        kinds = ", ".join(machine.kind for machine in MACHINES)
        raise click.ClickException(f"no law is called {kind}; there are {kinds}")
    if step not in machine.steps:
        raise click.ClickException(f"{kind} has no step {step}; it has {', '.join(machine.steps)}")
    click.echo(f"{name}  {word(f'{kind}.step.{step}')}")
    for title, lines in explained(machine, machine.steps[step]).items():
        for number, line in enumerate(lines):
            click.echo(f"  {'' if number else title:<11}{line}")


@click.command("steps", help=f"Print {PAGE}: what each step of each law brings about.")
def every_step() -> None:
    click.echo(steps_page(), nl=False)


def steps_page() -> str:
    parts = [
        "# What each step brings about",
        "",
        f"Written by `flask certification steps > {PAGE}` from certification/steps.py; a test compares it",
        "with the tables. Of one step the same is said by `flask certification explain application.grant`.",
        f"Whatever the step, {', '.join(map(named, ON_EVERY_STEP))} are told of it as well. Functions are",
        "operations, as desk.file.name. Who may take a step, and when, stands in workflow.md too.",
    ]
    for machine in MACHINES:
        parts += ["", f"## {machine.kind}"]
        for step in machine.steps.values():
            parts += ["", f"### {machine.kind}.{step.name} · {word(f'{machine.kind}.step.{step.name}')}", ""]
            parts += [f"- {title}: {'; '.join(lines)}" for title, lines in explained(machine, step).items()]
    return "\n".join(parts) + "\n"


def explained(machine: Law, step: Step[Any]) -> dict[str, list[str]]:  # whose law it is, nothing here asks
    """Title -> lines, in the order in which the step goes; what a step has none of is left out."""
    key, name = (machine, step.name), (machine.kind, step.name)
    brings = steps.row(key)
    told = [follow for follow in steps.followers(key) if follow not in ON_EVERY_STEP]
    found = {
        "law": [f"{' | '.join(sorted(step.sources))} → {step.target}, by {' | '.join(sorted(step.roles))}"],
        "asks": [", ".join(brings.members)] if brings.members else [],
        "must hold": [condition.__name__ for condition in (*step.guards, *step.demands)],
        "prepares": [described(brings.prepare)] if brings.prepare else [],
        "does": [described(brings.effect)] if brings.effect else [],
        "events": [f"{event.__name__} → {heard_by(event)}" for event in brings.events],
        "clocks": clocks_moved(".".join(name)),
        "act": [f"{KINDS[name].slug} {word(f'act.{KINDS[name].slug}')}"] if name in KINDS else [],
        "tells": [addressed(row) for row in steps.NOTICES.get(name, ())],
        "followers": [described(follow) for follow in told],
        "then": [f"{steps.FOLLOWS[key]}, by the system at once"] if key in steps.FOLLOWS else [],
    }
    return {title: lines for title, lines in found.items() if lines}


def described(function: Callable[..., object]) -> str:
    """The name and, where the name does not say it all, the first line of the contract."""
    contract = (function.__doc__ or "").partition("\n")[0]
    return f"{named(function)}: {contract}" if contract else named(function)


def named(function: Callable[..., object]) -> str:
    """Such as `acts.appeals.accept`: the desk, the file among its operations, the verb."""
    module = function.__module__.removeprefix("certification.").replace(".operations", "")
    return f"{module}.{function.__name__}"


def heard_by(event: type) -> str:
    return ", ".join(named(listener) for listener in events.listeners(event))


def clocks_moved(step: str) -> list[str]:
    moves = ("starts", "stops", "voids")
    return [f"{move} {rule.name}" for rule in CLOCKS for move in moves if step in getattr(rule, move)]


def addressed(row: Row) -> str:
    """Who is told, by role, and what it is to them."""
    whom = " | ".join(sorted(row.to.roles)) or f"one of the {row.to.side}"
    marks = [row.group, *(["those named"] if row.to.named else []), *(["urgent"] if row.urgent else [])]
    return f"{whom} ({', '.join(marks)})"
