"""The table of tables: what each step of each law brings with it, put together from the nouns.

The module of a noun says beside its verbs what its steps need: `LAW` (which machine rules its things),
`PREPARE` and `EFFECTS` (see core.lifecycle.Brings), `EVENTS` (what an effect may publish) and `FOLLOWS`
(the step the system takes at once after a person's).  What a person is asked for stands in the shapes of
its desk.  Who is told of which steps stands here, because
their order counts; which clocks, acts and notices they make of them stands in workflow/clocks.py, acts.py
and the `ROWS` of notices/.

No verb imports this: app.py hands it to core.lifecycle.  `flask certification explain application.grant`
prints what it says of a step, and docs/steps.md all of it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from accounts.actor import SYSTEM
from certification import notices
from certification.acts import notices as appeal
from certification.acts import shapes as of_acts
from certification.acts import statement as law_of_acts
from certification.acts.operations import acts, appeals
from certification.aftercare import notices as life
from certification.aftercare import shapes as of_aftercare
from certification.aftercare.operations import batches, findings, proposals, surveillance, visits
from certification.application import notices as application
from certification.application import shapes as of_applications
from certification.application.operations import (
    acceptance,
    applications,
    drafts,
    responsibility,
    submissions,
)
from certification.certificate import notices as certificate
from certification.certificate import shapes as of_certificates
from certification.certificate.operations import issue, status
from certification.clocks.operations import clocks
from certification.complaints import notices as complaint
from certification.complaints import operations as complaints
from certification.complaints import shapes as of_complaints
from certification.conversion import notices as conversion
from certification.evaluation import notices as nonconformity
from certification.evaluation import shapes as of_evaluation
from certification.evaluation.operations import decision, evaluation, nonconformities, replanning, site
from certification.fees import operations as fees
from certification.impartiality import operations as impartiality
from certification.impartiality import shapes as of_competences
from certification.label import shapes as of_labels
from certification.label.operations import labels
from certification.laboratory import shapes as of_laboratories
from certification.laboratory.notices import report, sample
from certification.laboratory.operations import custody, orders, reports, testing
from certification.late import notices as late
from certification.messages import notices as message
from certification.questions import notices as question
from certification.questions import operations as questions
from certification.questions import shapes as of_questions
from certification.reporting import operations as reporting
from certification.verification import operations as verification
from certification.verification import shapes as of_verification
from certification.workflow import (
    APPEAL,
    APPLICATION,
    CERTIFICATE,
    MACHINES,
    QUESTION,
    REPORT,
    SAMPLE,
    SURVEILLANCE,
)
from certification.workflow.times import TIMES
from core import lifecycle
from core.lifecycle import Brings, Key, Law, Row, Table
from core.machine import Subject

NOUNS = (
    applications,
    acceptance,
    evaluation,
    replanning,
    nonconformities,
    questions,
    verification,
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
    findings,
    complaints,
    impartiality,
)

SHAPES = (
    of_applications,
    of_evaluation,
    of_questions,
    of_verification,
    of_laboratories,
    of_certificates,
    of_labels,
    of_acts,
    of_aftercare,
    of_complaints,
    of_competences,
)

TOLD = (
    application,
    message,
    late,
    nonconformity,
    question,
    sample,
    report,
    certificate,
    conversion,
    life,
    appeal,
    complaint,
)


def one_table(nouns: Iterable[object], name: str) -> dict[Any, Any]:  # entries of whichever table
    """One table of all nouns; a step that two of them claim is a mistake."""
    found: dict[Any, Any] = {}  # likewise
    for noun in nouns:
        table = getattr(noun, name, {})
        if twice := found.keys() & table.keys():
            raise ValueError(f"{name}: {twice} stands twice")
        found |= table
    return found


LAW, PREPARE, EFFECTS, EVENTS, FOLLOWS = (
    one_table(NOUNS, name) for name in ("LAW", "PREPARE", "EFFECTS", "EVENTS", "FOLLOWS")
)
NOTICES = one_table(TOLD, "ROWS")
ASKS = one_table(SHAPES, "ASKS")


def steps(machine: Law, *names: str) -> set[Key]:
    """These steps of a law, or all it has."""
    return {(machine, name) for name in names or machine.steps}


EVERY_STEP = {key for machine in MACHINES for key in steps(machine)}
TOLD_IN_WRITING = {key for key in EVERY_STEP if (key[0].kind, key[1]) in law_of_acts.KINDS}

FOLLOWERS: tuple[tuple[set[Key], Callable[..., None]], ...] = (
    (EVERY_STEP, clocks.follow),
    (steps(APPLICATION), applications.follow),
    (TOLD_IN_WRITING, acts.follow),
    (steps(CERTIFICATE), status.follow),
    (steps(APPEAL, "serve", "conclude"), appeals.follow),
    (steps(APPLICATION, "submit", "resubmit"), fees.follow),
    (steps(APPLICATION, "countersign", "refuse", "veto"), reporting.keep),
    (steps(QUESTION, "accept_ground", "withdraw_ground"), questions.reckon_anew),
    (EVERY_STEP, drafts.follow),
    (steps(APPLICATION, "submit", "resubmit"), submissions.follow),
    (steps(APPLICATION, "issue"), surveillance.lay_plan),
    (steps(APPLICATION, "issue"), batches.follow_conversion),
    (steps(REPORT), reports.follow),
    (steps(REPORT), batches.follow),
    (steps(SAMPLE, "report") | steps(REPORT), questions.follow_results),
    (steps(CERTIFICATE, *status.TAKEN), proposals.follow),
    (steps(CERTIFICATE), surveillance.follow),
    (steps(SURVEILLANCE, "notify", "conduct"), visits.follow),
    (EVERY_STEP, notices.follow),
    # Who first does one of these for the body has taken the case on.
    (steps(APPLICATION, "offer", "plan"), responsibility.follow),
)


def then(step: str) -> Callable[..., None]:
    """What the system does at once after a person's step, in the same transaction."""

    def follow(subject: Subject, *_taken: object) -> None:
        lifecycle.take(subject, step, SYSTEM)

    return follow


def followers(key: Key) -> tuple[Callable[..., None], ...]:
    return tuple(follow for told_of, follow in FOLLOWERS if key in told_of)


def row(key: Key) -> Row:
    following = (then(FOLLOWS[key]),) if key in FOLLOWS else ()
    told = followers(key) + following
    bounds = TIMES.get(f"{key[0].kind}.{key[1]}", ())
    return Brings(PREPARE.get(key), EFFECTS.get(key), told, EVENTS.get(key, ()), ASKS.get(key), bounds)


TABLE = Table(LAW, {key: row(key) for key in EVERY_STEP.union(PREPARE, EFFECTS, EVENTS, FOLLOWS)})
