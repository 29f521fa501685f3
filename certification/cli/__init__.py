"""Commands of certification: the law as a picture, the schemes, and the clock's own step."""

from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.actor import SYSTEM
from certification.application.operations.applications import terminate_overdue
from certification.certificate.cli import keys, records
from certification.cli import steps
from certification.clocks import cli as clocks
from certification.clocks.operations.gaps import after_gaps
from certification.upkeep import cli as texts
from certification.workflow import MACHINES
from core.db import db
from core.errors import Invalid
from core.lifecycle import Law
from core.words import say, sentence, word
from schemes import operations as schemes

group = AppGroup("certification", help="Applications, evaluation, certificates.")

group.add_command(records.export_register)
group.add_command(records.list_past)
group.add_command(steps.explain)
group.add_command(steps.every_step)

COMMANDS = (group, clocks.days, clocks.clocks, keys.group, texts.spell_anew)


@group.command("diagram", help="Print docs/workflow.md, drawn from the tables.")
def diagram() -> None:
    click.echo(workflow_page(), nl=False)


@group.command("load-schemes", help="Take the schemes of FILE or a folder, or those that ship.")
@click.argument("file", type=click.Path(path_type=Path, exists=True), default=schemes.SHIPPED)
def load_schemes(file: Path) -> None:
    try:
        counts = schemes.load(file, SYSTEM)
    except Invalid as refused:
        wrong = [
            f"{place}: {sentence(slug, refused.detail_of(place))}" for place, slug in refused.fields.items()
        ]
        raise click.ClickException("\n".join([say(refused), *wrong])) from refused
    db.session.commit()
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))


@group.command("terminate-overdue", help="End the cases whose correction was not answered in time.")
def terminate() -> None:
    count = after_gaps(terminate_overdue)()
    db.session.commit()
    click.echo(f"{count} terminated")


def workflow_page() -> str:
    """docs/workflow.md: one diagram and one table of steps per machine, with the Chinese words."""
    parts = [
        "# The law, drawn from its tables",
        "",
        "Written by `flask certification diagram > docs/workflow.md`; a test compares it with the tables.",
    ]
    for machine in MACHINES:
        parts += ["", f"## {machine.kind}", "", "```mermaid", machine.mermaid(), "```", "", *_steps(machine)]
    return "\n".join(parts) + "\n"


def _steps(machine: Law) -> list[str]:
    lines = ["| step | 中文 | from | to | who | what must hold |", "|---|---|---|---|---|---|"]
    for step in machine.steps.values():
        conditions = [condition.__name__ for condition in (*step.guards, *step.demands)]
        cells = (
            step.name,
            str(word(f"{machine.kind}.step.{step.name}")),
            ", ".join(sorted(step.sources)),
            step.target,
            ", ".join(sorted(step.roles)),
            ", ".join(conditions),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines
