"""A state machine that is only a table.

A machine is a tuple of steps.  It never touches the database and never sends
anything: it answers one question, *may this actor take this step now?*, and
the page, the API and the operation all ask it the same way.

A machine is generic in the thing it rules: `Machine[Application]` is made of
guards that look at an application, and a guard of any `Subject` fits it too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from core.errors import NotPermitted, OutOfOrder, Unmet

Facts = dict[str, Any]  # what was handed in: each name has the type that the form of its step gave it


class Actor(Protocol):
    """Who acts, as far as the laws and the record ask; `accounts.actor.Actor` is one."""

    @property
    def id(self) -> int | None: ...
    @property
    def kind(self) -> str:
        """The kind of the organisation."""

    @property
    def organisation_id(self) -> int | None: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def label(self) -> str: ...


class Ruled(Protocol):
    """A thing with a life, as far as its law asks."""

    @property
    def state(self) -> str: ...

    def party(self, role: str, /) -> int | None:
        """The organisation that holds this role in it."""


class Versioned(Protocol):
    """What is saved whole, on the version its sender read."""

    @property
    def version(self) -> int: ...


class Subject(Protocol):
    """A thing with a life that is kept: `core.lifecycle.take` moves it, and numbers its versions."""

    state: str

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    def party(self, role: str, /) -> int | None: ...


S = TypeVar("S", bound=Ruled, contravariant=True)
T = TypeVar("T")  # a thing where it is only named: there the checker does not yet know what columns hold
Guard = Callable[[T, Actor], str | None]
Demand = Callable[[T, Actor, Facts], str | None]


@dataclass(frozen=True)
class Step(Generic[S]):
    """One row of the law.

    `guards` look at the subject and the actor and are asked for buttons and
    deeds alike; `demands` look at what was handed in and are asked only when
    the step is taken.  Each answers None or the slug of what is missing.
    """

    name: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    guards: tuple[Guard[S], ...] = ()
    demands: tuple[Demand[S], ...] = ()

    def held_by(self, subject: S, actor: Actor) -> bool:
        return any(
            role in actor.roles and (role == "system" or subject.party(role) == actor.organisation_id)
            for role in self.roles
        )

    def unmet(self, subject: S, actor: Actor) -> list[str]:
        return [slug for guard in self.guards if (slug := guard(subject, actor))]

    def check_turn(self, subject: S, actor: Actor) -> None:
        """Raise unless the actor holds the role and the subject is in a state the step leaves."""
        if not self.held_by(subject, actor):
            raise NotPermitted("role-not-held", step=self.name)
        if subject.state not in self.sources:
            raise OutOfOrder("step-out-of-order", step=self.name, state=subject.state)

    def check(self, subject: S, actor: Actor, facts: Facts) -> None:
        self.check_turn(subject, actor)
        missing = self.unmet(subject, actor)
        missing += [slug for demand in self.demands if (slug := demand(subject, actor, facts))]
        if missing:
            raise Unmet(missing[0], step=self.name, unmet=missing)


@dataclass(frozen=True)
class Offer:
    """A step whose turn it is for this actor, and what still stands in its way."""

    step: Step[Any]  # whose step it is, no reader of an offer asks
    unmet: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def ready(self) -> bool:
        return not self.unmet


class Machine(Generic[S]):
    def __init__(self, kind: str, start: str, *steps: Step[S]) -> None:
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

    @property
    def final(self) -> list[str]:
        """The states that no step leaves."""
        left = set().union(*(step.sources for step in self.steps.values()))
        return [state for state in self.states if state not in left]

    def sources(self, name: str) -> frozenset[str]:
        """The states in which it is this step's turn."""
        return self.named(name).sources

    def check(self, subject: S, name: str, actor: Actor, facts: Facts) -> Step[S]:
        """Return the step when it may be taken; raise the kind of no otherwise."""
        step = self.named(name)
        step.check(subject, actor, facts)
        return step

    def named(self, name: str) -> Step[S]:
        if name not in self.steps:
            raise OutOfOrder("no-such-step", step=name)
        return self.steps[name]

    def offers(self, subject: S, actor: Actor) -> list[Offer]:
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
    *guards: Guard[S],
    demands: Iterable[Demand[S]] = (),
) -> Step[S]:
    """Write one row: alternatives in `sources` and `roles` are parted by a bar."""
    return Step(
        name,
        frozenset(sources.split("|")),
        target,
        frozenset(roles.split("|")),
        guards,
        tuple(demands),
    )
