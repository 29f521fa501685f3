"""Who is told after which step: one table, read by `follow` in the transaction of the step itself.

Each noun has a file with its `ROWS`: (machine, step) -> rows; certification.steps makes one table of
them, which `connect` is handed.  A row names the people (`holders` of
roles in their party of the case, `team` members in their functions, one `person`), what the sentence
is filled with, and how pressing it is.  The sentence is the word `notice.<machine>.<step>`, or
`notice.<machine>.<step>.<variant>`; it may speak of {number}, {product} and what `facts` gives.

Nobody is told of the own deed.  What reviewers write for each other is in no row of an applicant.
"""

from collections.abc import Mapping

from accounts.notices import Message
from accounts.operations import inbox
from certification.notices.row import Link, Row, case_of
from core import lifecycle
from core.db import db
from core.machine import Actor, Facts, Subject

Rows = Mapping[tuple[str, str], tuple[Row, ...]]

_rows: dict[tuple[str, str], tuple[Row, ...]] = {}


def connect(rows: Rows) -> None:
    """Take the whole table of who is told of what; see certification.steps."""
    _rows.clear()
    _rows.update(rows)


def follow(subject: Subject, step: str, actor: Actor, facts: Facts) -> None:
    """Settle what this step answers, and tell whoever the table names."""
    taken = lifecycle.machine_of(subject).named(step)
    left = taken.sources != {taken.target}
    inbox.settle(name_of(kind_of(subject), subject), by=actor.id, everybody=left)
    announce(subject, step, actor, facts)


def announce(subject: Subject, step: str, actor: Actor, facts: Facts) -> None:
    """Tell whoever the table names; for what is no step of a law as well, such as asking for a label."""
    kind = kind_of(subject)
    told = set() if actor.id is None else {actor.id}
    with db.session.no_autoflush:  # who is told depends on nobody's having been told
        for row in _rows.get((kind, step), ()):
            if row.when(subject):
                told |= tell(row, kind, step, subject, facts, told)


def tell(row: Row, kind: str, step: str, subject: Subject, facts: Facts, told: set[int]) -> set[int]:
    """Tell the people of one row, but those who were told of this step already."""
    about = row.about(subject)
    people = row.to.find(about) - told
    if people:
        inbox.tell(people, message(row, kind, step, subject, about, facts))
    return people


def message(row: Row, kind: str, step: str, subject: Subject, about: Subject, facts: Facts) -> Message:
    reference = number_of(about, row.to.side)
    return Message(
        kind=".".join(filter(None, (kind, step, row.variant))),
        group=row.group,
        subject=name_of(kind_of(about), about),
        reference=reference,
        link=(row.link or page(row.to.side))(about),
        facts={"number": reference, "product": getattr(case_of(about), "product_name", "")}
        | row.facts(subject, facts),
        urgent=row.urgent,
        asks=row.asks,
    )


def kind_of(thing: Subject) -> str:
    return lifecycle.machine_of(thing).kind


def name_of(kind: str, thing: Subject) -> str:
    return f"{kind}/{thing.id}"


def number_of(thing: Subject, side: str) -> str:
    """The number these people know it by: a laboratory knows samples, not cases."""
    if side == "laboratory" or kind_of(thing) in ("certificate", "appeal"):
        return _number(thing)
    certificate = getattr(thing, "certificate", None) if kind_of(thing) in PAGES else None
    return _number(certificate or case_of(thing))


def _number(thing: object) -> str:
    return str(getattr(thing, "number", ""))


# Where a thing has a page of its own, whoever looks; what is not here lies on the page of its case.
PAGES: dict[str, Link] = {
    "appeal": lambda appeal: f"/certification/appeals/{appeal.id}",
    "body_complaint": lambda complaint: f"/certification/complaints/{complaint.id}",
    "certificate": lambda certificate: f"/certification/certificates/{certificate.number}",
    "check_finding": lambda finding: f"/certification/surveillance/{finding.surveillance_id}",
    "label": lambda licence: f"/certification/labels/{licence.certificate.number}",
    "status_proposal": lambda proposal: f"/certification/certificates/{proposal.certificate.number}",
    "surveillance": lambda check: f"/certification/surveillance/{check.id}",
}
OF_THE_SIDE: dict[str, Link] = {
    "applicant": lambda thing: f"/certification/applications/{case_of(thing).id}",
    "body": lambda thing: f"/certification/reviews/{case_of(thing).id}",
    "laboratory": lambda sample: f"/certification/laboratory/samples/{sample.id}",
}


def page(side: str) -> Link:
    """The page of a thing, among those of this side."""
    return lambda thing: (PAGES.get(kind_of(thing)) or OF_THE_SIDE[side])(thing)
