"""A state machine that is only a table.

A machine is a tuple of steps.  It never touches the database and never sends
anything: it answers one question, *may this actor take this step now?*, and
the page, the API and the operation all ask it the same way.

A subject offers `state` and `party(role)`, the organisation that holds a role
in it; an actor offers `roles` and `organisation_id`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from core.errors import NotPermitted, OutOfOrder, Unmet

Guard = Callable[[object, object], str | None]
Demand = Callable[[object, object, dict], str | None]


@dataclass(frozen=True)
class Step:
    """One row of the law.

    `guards` look at the subject and the actor and are asked for buttons and
    deeds alike; `demands` look at what was handed in and are asked only when
    the step is taken.  Each answers None or the slug of what is missing.
    """

    name: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    guards: tuple[Guard, ...] = ()
    demands: tuple[Demand, ...] = ()

    def held_by(self, subject, actor) -> bool:
        return any(
            role in actor.roles and (role == "system" or subject.party(role) == actor.organisation_id)
            for role in self.roles
        )

    def unmet(self, subject, actor) -> list[str]:
        return [slug for guard in self.guards if (slug := guard(subject, actor))]

    def check_turn(self, subject, actor) -> None:
        """Raise unless the actor holds the role and the subject is in a state the step leaves."""
        if not self.held_by(subject, actor):
            raise NotPermitted("role-not-held", step=self.name)
        if subject.state not in self.sources:
            raise OutOfOrder("step-out-of-order", step=self.name, state=subject.state)

    def check(self, subject, actor, facts: dict) -> None:
        self.check_turn(subject, actor)
        missing = self.unmet(subject, actor)
        missing += [slug for demand in self.demands if (slug := demand(subject, actor, facts))]
        if missing:
            raise Unmet(missing[0], step=self.name, unmet=missing)


@dataclass(frozen=True)
class Offer:
    """A step whose turn it is for this actor, and what still stands in its way."""

    step: Step
    unmet: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def ready(self) -> bool:
        return not self.unmet


class Machine:
    def __init__(self, kind: str, start: str, *steps: Step):
        self.kind, self.start = kind, start
        self.steps = {step.name: step for step in steps}
        if len(self.steps) != len(steps):
            raise ValueError(f"{kind}: a step is named twice")

    @property
    def states(self) -> list[str]:
        found = [self.start]
        for step in self.steps.values():
            found += [s for s in (*sorted(step.sources), step.target) if s not in found]
        return found

    def check(self, subject, name: str, actor, facts: dict) -> Step:
        """Return the step when it may be taken; raise the kind of no otherwise."""
        step = self.named(name)
        step.check(subject, actor, facts)
        return step

    def named(self, name: str) -> Step:
        if name not in self.steps:
            raise OutOfOrder("no-such-step", step=name)
        return self.steps[name]

    def offers(self, subject, actor) -> list[Offer]:
        """The steps that are this actor's to take now, those still hindered included."""
        return [
            Offer(step, step.unmet(subject, actor))
            for step in self.steps.values()
            if subject.state in step.sources and "system" not in actor.roles and step.held_by(subject, actor)
        ]

    def mermaid(self) -> str:
        """The diagram in docs/workflow.md is this string."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for step in self.steps.values():
            for source in sorted(step.sources):
                who = ", ".join(sorted(step.roles))
                lines.append(f"    {source} --> {step.target}: {step.name} ({who})")
        return "\n".join(lines)


def step(
    name: str,
    sources: str,
    target: str,
    roles: str,
    *guards: Guard,
    demands: Iterable[Demand] = (),
) -> Step:
    """Write one row: alternatives in `sources` and `roles` are parted by a bar."""
    return Step(
        name,
        frozenset(sources.split("|")),
        target,
        frozenset(roles.split("|")),
        guards,
        tuple(demands),
    )
