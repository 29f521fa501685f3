"""The verbs of certification.  Each is told its actor, checks first, and leaves the commit to its caller.

Every step of every table goes through `take`.  The module of a noun says beside its verbs what its
steps need: `LAW` (which table rules its things), `PREPARE` (what is read from the registers, or tried
out, before the table is asked: it may refuse, and then nothing has changed), `EFFECTS` (what a step
brings with it once the table has said yes), `FOLLOWS` (what the system does at once after a person's
step, in the same transaction).
"""

from accounts.actor import SYSTEM
from certification import notices
from certification.operations import (
    acts,
    appeals,
    applications,
    batches,
    clocks,
    custody,
    decision,
    drafts,
    evaluation,
    fees,
    issue,
    labels,
    nonconformities,
    orders,
    proposals,
    reports,
    responsibility,
    site,
    status,
    submissions,
    surveillance,
    testing,
)
from certification.operations.appeals import file_appeal
from certification.operations.applications import (
    answer_point,
    attach_file,
    create_application,
    save_inventory,
    update_application,
)
from certification.operations.drafts import drop_draft, keep_draft, note_point
from certification.operations.impartiality import declare, declare_tie, end_tie, find_competent
from certification.operations.label_uses import end_use, record_use
from certification.operations.labels import request_label
from certification.operations.proposals import request_status
from certification.operations.site import photograph
from certification.operations.versions import open_case
from core import lifecycle
from core.machine import Machine, Offer

__all__ = [
    "answer_point",
    "attach_file",
    "create_application",
    "declare",
    "declare_tie",
    "end_use",
    "end_tie",
    "find_competent",
    "drop_draft",
    "file_appeal",
    "keep_draft",
    "machine_of",
    "note_point",
    "offers",
    "record_use",
    "open_case",
    "photograph",
    "request_label",
    "request_status",
    "save_inventory",
    "take",
    "update_application",
]

NOUNS = (
    applications,
    evaluation,
    nonconformities,
    site,
    testing,
    decision,
    issue,
    status,
    labels,
    appeals,
    orders,
    custody,
    reports,
    batches,
    proposals,
    surveillance,
)


def _tables(name: str) -> dict:
    """One table of all nouns; a step that two of them claim is a mistake."""
    found: dict = {}
    for noun in NOUNS:
        table = getattr(noun, name, {})
        if twice := found.keys() & table.keys():
            raise ValueError(f"{name}: {twice} stands twice")
        found |= table
    return found


LAW, PREPARE, EFFECTS, FOLLOWS = map(_tables, ("LAW", "PREPARE", "EFFECTS", "FOLLOWS"))

# Who is told of every step once it is taken: (subject, step, actor, facts).
AFTERWARDS = (
    clocks.follow,
    applications.follow,
    acts.follow,
    status.follow,
    appeals.follow,
    fees.follow,
    drafts.follow,
    submissions.follow,
    reports.follow,
    proposals.follow,
    surveillance.follow,
    notices.follow,
    responsibility.follow,
)


def machine_of(subject) -> Machine:
    """The table that rules this thing's life."""
    return LAW[type(subject)]


def offers(subject, actor) -> list[Offer]:
    """The steps that are this actor's to take on the subject now, hindered ones with their reasons."""
    return machine_of(subject).offers(subject, actor)


def take(subject, name: str, actor, **facts) -> None:
    """Take one step, or raise the kind of no and change nothing.

    The effect is told the step's name as `facts["step"]`.
    """
    lifecycle.refuse_long_lists(facts)
    machine = machine_of(subject)
    machine.named(name).check_turn(subject, actor)
    if prepare := PREPARE.get((machine, name)):
        facts |= prepare(subject, step=name, **facts)
    lifecycle.take(machine, subject, name, actor, EFFECTS.get((machine, name)), **facts)
    for follow in AFTERWARDS:
        follow(subject, name, actor, facts)
    if following := FOLLOWS.get((machine, name)):
        take(subject, following, SYSTEM)
