"""What is traced in a case and how it stands, for its body."""

from dataclasses import dataclass

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.tracing.models import PlannedTrace, WorkingPaper
from certification.verification.queries import Line, counting_co2_alone, sheet
from certification.workflow import tracing as law
from certification.workflow.evaluation import on_team
from certification.workflow.verification import ROW
from core.db import db
from core.errors import NotFound


@dataclass(frozen=True)
class Traced:
    """A row with what speaks for tracing it, how many documents are proposed and what is planned."""

    line: Line
    risks: tuple[str, ...]
    proposed: int
    planned: PlannedTrace | None

    @property
    def lacks(self) -> bool:
        """Whether fewer documents were looked at than are planned."""
        item = self.line.item
        return bool(self.planned and item and (item.samples or 0) < self.planned.samples)


def traced(case: Application) -> list[Traced]:
    """Every row of the case, what weighs most first."""
    doubted = counting_co2_alone(case)
    planned = {each.subject: each for each in case.planned_traces}
    rows = {f"{ROW}:{row.key}": row for row in case.inventory.rows}
    found = []
    for line in sheet(case).lines:
        if line.subject in rows:
            why = law.risks(case, rows[line.subject], line.weight, line.subject in doubted)
            found.append(Traced(line, why, law.proposed(why), planned.get(line.subject)))
    return found


def names(case: Application) -> dict[str, str]:
    """What each thing that is verified is called, rows with their number."""
    lines = sheet(case).lines
    return {each.subject: f"{each.number} · {each.name}" if each.number else each.name for each in lines}


def may_plan(actor: Actor, case: Application) -> bool:
    """Whether the actor plans now what is traced: on the team that visits, while the case is evaluated."""
    return case.is_evaluating and on_team("lead_verifier", "verifier")(case, actor) is None


def may_keep(actor: Actor, case: Application) -> bool:
    """Whether the actor keeps working papers now: anybody of the team, while the case is evaluated."""
    team = on_team("lead_verifier", "verifier", "document_reviewer")
    return case.is_evaluating and team(case, actor) is None


def paper(actor: Actor, paper_id: int) -> WorkingPaper:
    """A working paper of a case the actor's body handles."""
    found = db.session.get(WorkingPaper, paper_id)
    if found is None or actor.kind != "certification_body":
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found
