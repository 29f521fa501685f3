"""The applicant's verbs, and the body's answer to an application."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from types import EllipsisType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from accounts.actor import SYSTEM
from accounts.models import Organisation
from carbon import operations as carbon
from carbon import records
from certification.application import differences
from certification.application.models import Application, CorrectionPoint
from certification.application.operations import agreements, responsibility
from certification.application.operations import submissions as snapshots
from certification.application.operations.filling import fill, may_touch
from certification.application.queries.around import around
from certification.events import ActivityDataTouched, ActivityDeclaredAnew
from certification.workflow import APPLICATION
from certification.workflow.application import (
    inventory_filled,
    nothing_taken_away,
    rows_proved,
)
from certification.workflow.correction import rows_opened, splits
from core import audit, events, lifecycle
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from core.machine import Actor
from core.series import take_next
from registers.adoption.queries import adopters
from registers.models import BodyScope
from schemes.models import SchemeVersion
from schemes.vocabulary import OTHER_KIND

MOST_PROOFS = records.MOST_FILES  # of one row, or of one of its months
DECLARED_ANEW = (inventory_filled, nothing_taken_away, rows_proved)


def create_application(
    actor: Actor,
    scheme: SchemeVersion,
    body_id: int,
    **facts: Any,  # texts, parties and models, as the forms and the API have them
) -> Application:
    """Open a draft for the actor's organisation; the producer and factory default to it."""
    if "applicant" not in actor.roles:
        raise NotPermitted("role-not-held", step="create")
    if scheme.retired_by(today()):
        raise Invalid("scheme-retired", {"scheme": "scheme-retired"})
    if not scheme.in_force_on(today()):
        raise Invalid("scheme-not-in-force", {"scheme": "scheme-not-in-force"})
    if not _approved(body_id, scheme):
        raise Invalid("body-out-of-scope", {"body": "body-out-of-scope"})
    if body_id not in adopters(scheme.code):
        raise Invalid("scheme-not-adopted", {"body": "scheme-not-adopted"})
    client = db.session.get_one(Organisation, actor.organisation_id)
    same = {"name": client.name, "uscc": client.uscc, "address": client.address}
    application = Application(
        number=_next_case_number(),
        scheme=scheme,
        body_id=body_id,
        applicant_id=client.id,
        producer=same,
        factory=same | {"region": client.region},
        product_name="",
        parameters={},
        inventory=carbon.create_inventory(
            actor,
            client.id,
            title=facts.get("product_name") or scheme.category_name,
            declared_amount=scheme.declared_amount,
            declared_unit=scheme.declared_unit,
            boundary=scheme.boundary,
            gwp=scheme.gwp,
        ),
    )
    fill(application, facts)
    db.session.add(application)
    db.session.flush()
    responsibility.begin(application, actor)
    audit.record(actor, "application.create", f"application/{application.id}", number=application.number)
    return application


def update_application(
    application: Application,
    actor: Actor,
    expected_version: int,
    **facts: Any,  # likewise
) -> None:
    """Change what the applicant typed; refused outside draft and correction, on a stale page, and for
    any field no point of an open correction names.  What is not given stays."""
    may_edit(application, actor)
    if application.version != expected_version:
        raise OutOfOrder("page-is-stale")
    fill(application, facts)
    touch(application)
    if "factory" in facts:
        events.publish(ActivityDataTouched(application.id))
    audit.record(actor, "application.update", f"application/{application.id}", fields=sorted(facts))


def answer_point(
    point: CorrectionPoint, application: Application, actor: Actor, answer: str, not_applicable: bool = False
) -> None:
    """Answer one point of a request for correction; that it does not apply is a reason for the reviewer."""
    if point.application_id != application.id:
        raise NotFound("application-not-found")
    may_edit(application, actor)
    if not answer.strip():
        raise Invalid("answer-missing", {"answer": "answer-missing"})
    point.answer, point.answered_at, point.not_applicable = answer.strip(), now(), not_applicable
    touch(application)


def unmet_points(application: Application) -> list[CorrectionPoint]:
    """Those that were answered while nothing changed at their place, no file came, and nothing says that they
    do not apply."""
    if not application.submissions:
        return []  # what was handed in before versions were kept cannot be compared
    before = application.submissions[-1].content
    found = differences.between(before, json.loads(snapshots.canonical(snapshots.snapshot(application))))
    if any(line.kind == "added" for line in found.files if line.name == OTHER_KIND):
        return []  # what was asked for that has no kind of its own; whether it does, the reviewer reads
    return [
        point
        for point in application.open_points
        if point.answer and not point.not_applicable and not found.touches(point.anchor)
    ]


def try_resubmission(application: Application, **facts: object) -> dict[str, object]:
    """'Done' over what stands as it stood is no answer."""
    answered = all(point.answer for point in application.open_points)  # or the law says so first
    if answered and (left := unmet_points(application)):
        numbers = {point.id: number for number, point in enumerate(application.open_points, 1)}
        said = "、".join(str(numbers[point.id]) for point in left)
        at = {f"point-{point.id}": "point-unchanged" for point in left}
        raise Invalid("point-unchanged", at, points=said)
    return try_footprint(application, **facts)


def may_edit_inventory(application: Application, actor: Actor) -> None:
    """Raise unless something of the activity data of this case is open to the actor now."""
    if not application.open_places:
        may_edit(application, actor)
    may_write(application, actor)
    anchors = application.open_places
    if not application.is_draft and not any(anchor.startswith("inventory") for anchor in anchors):
        raise OutOfOrder("section-not-open", sections=["inventory"])


def may_edit_models(application: Application, actor: Actor) -> None:
    """Raise unless the list of models is open to the actor now."""
    may_edit(application, actor)
    may_touch(application, {"models"})


def save_inventory(
    application: Application,
    actor: Actor,
    head: Mapping[str, object],
    rows: Sequence[Mapping[str, object]] | None,
    expected_version: int,
    system: dict[str, object] | EllipsisType | None = ...,
) -> None:
    """Replace the activity data of the case; see carbon.operations.save_inventory and set_system for
    their shapes.  Rows that are None stay, and so does a system that is not given; None takes it away."""
    may_edit_inventory(application, actor)
    known = _provers(application)
    _refuse_files_of_others(known, rows)
    carbon.save_inventory(application.inventory, actor, application.in_set(head), rows, expected_version)
    _refuse_months_by_others(application, known)
    if system is not ...:
        carbon.set_system(application.inventory, actor, system)
    touch_activity(application, actor)


def touch_activity(application: Application, actor: Actor) -> None:
    """What follows on a change of the activity data; refuses what is not open."""
    may_touch(application, _moved(application))  # only what was read can be compared; a no is rolled back
    if not application.is_editable:
        _declare_anew(application, actor)
    touch(application)
    events.publish(ActivityDataTouched(application.id))


def _declare_anew(application: Application, actor: Actor) -> None:
    """What a nonconformity opened counts as declared from the save on, as a version of its own: who evaluates
    never sees a row beside the footprint of another."""
    refused = (guard(application, actor) for guard in DECLARED_ANEW)
    if slug := next(filter(None, refused), None):
        raise Invalid(slug)
    events.publish(ActivityDeclaredAnew(application.id))
    application.footprint = carbon.freeze(application.inventory, actor, around(application))
    snapshots.follow(application, "declare_anew", actor, {})


def _provers(application: Application) -> set[str]:
    """The files of its own case, and those that prove one of its rows or months already."""
    rows = application.inventory.rows
    proving = {digest for row in rows for digest in row.evidence_digest.split()}
    of_months = {digest for row in rows for held in records.of_months(row.stated).values() for digest in held}
    return {file.digest for file in application.current_files} | proving | of_months


def _refuse_files_of_others(known: set[str], rows: Sequence[Mapping[str, object]] | None) -> None:
    given = [str(row.get("evidence_digest") or "").split() for row in rows or ()]
    for at, named in enumerate(given):
        if len(named) > MOST_PROOFS:
            raise Invalid("list-too-long", {f"rows-{at}-evidence": "list-too-long"}, most=MOST_PROOFS)
    fields = {f"rows-{at}-evidence": "file-not-found" for at, named in enumerate(given) if {*named} - known}
    if fields:
        raise Invalid("inventory-invalid", fields, count=len(fields))


def _refuse_months_by_others(application: Application, known: set[str]) -> None:
    """Likewise of the months, which only who has read the rows can tell; a no is rolled back."""
    fields: dict[str, str] = {}
    for at, row in enumerate(application.inventory.rows):
        stated: Mapping[str, Any] = row.stated  # JSON
        for number, entry in enumerate(stated.get("months") or ()):
            held, place = entry.get("evidence") or (), f"rows-{at}-months-{number}-evidence"
            if len(held) > MOST_PROOFS:
                raise Invalid("list-too-long", {place: "list-too-long"}, most=MOST_PROOFS)
            if {*held} - known:
                fields[place] = "file-not-found"
    if fields:
        raise Invalid("inventory-invalid", fields, count=len(fields))


def _moved(application: Application) -> set[str]:
    """The places of the activity data that no longer stand as they were handed in.

    Rows may have changed their order: those that are not open must all still be there, and none be new unless
    a point asks for a split.
    """
    if application.is_draft or not application.submissions:
        return set()  # what was handed in before versions were kept cannot be compared
    content = application.submissions[-1].content
    handed_in, rows = content["inventory"], differences.rows_of(content)
    stands = snapshots.inventory(application.inventory)
    opened = rows_opened(application.open_places)
    shut = [row for number, row in enumerate(rows) if number not in opened]
    lost = Counter(map(_cells, shut)) - Counter(map(_cells, stands["rows"]))
    more = len(stands["rows"]) > len(rows) and not splits(application)
    moved = {f"inventory.{part}" for part in ("head", "system") if handed_in[part] != stands[part]}
    return moved | ({"inventory.rows"} if lost or more else set())


def _cells(row: Mapping[str, str]) -> str:
    """A row as it was typed; which files prove it is no part of that, and may always be said better."""
    return snapshots.canonical(
        {name: value for name, value in row.items() if name not in (snapshots.KEY, *snapshots.LINKED)}
    )


def try_footprint(application: Application, **_facts: object) -> dict[str, object]:
    """Refuse what cannot be computed before anything moves; an empty inventory is the table's to refuse."""
    if application.inventory.is_filled:
        carbon.compute(application.inventory, around(application))
    if application.is_draft:  # while it is corrected, what was asked stands until the data are saved anew
        events.publish(ActivityDataTouched(application.id))
    return {}


def submit(application: Application, actor: Actor, **_facts: object) -> None:
    """Freeze the footprint that is handed in; every submission is a version of its own."""
    application.footprint = carbon.freeze(application.inventory, actor, around(application))
    application.submitted_at = application.submitted_at or now()
    application.correction_due = None


def correct(
    application: Application,
    _actor: Actor,
    points: Sequence[Mapping[str, Any]],  # as the shape of a point has it
    **_facts: object,
) -> None:
    """One complete list of points (一次性告知); by when they are to be answered, the clock says."""
    round_ = max((point.round for point in application.points), default=0) + 1
    for point in points:
        said = {"anchor": point["anchor"], "text": point["text"].strip()}
        application.points.append(CorrectionPoint(round=round_, splits=bool(point.get("splits")), **said))


def offer(application: Application, actor: Actor, **_facts: object) -> None:
    application.body_signed_by = actor.label
    agreements.keep(application)


def sign(application: Application, actor: Actor, **_facts: object) -> None:
    application.client_signed_by = actor.label
    agreements.draw(application)


def terminate_overdue() -> int:
    """End every case whose correction was not answered in time; return how many."""
    query = select(Application).where(Application.is_correcting, Application.correction_due < today())
    overdue = list(db.session.scalars(query))
    for application in overdue:
        lifecycle.take(application, "terminate", SYSTEM, reason="correction overdue")
    return len(overdue)


def _next_case_number() -> str:
    year = today().year
    return f"LC-{year}-{take_next('case', year):06d}"


def _approved(body_id: int, scheme: SchemeVersion) -> bool:
    query = select(BodyScope).where(BodyScope.body_id == body_id, BodyScope.scheme_code == scheme.code)
    return any(scope.valid_on(today()) for scope in db.session.scalars(query))


def touch(application: Application) -> None:
    """What belongs to a case is part of its version: a page read before the change is stale."""
    application.updated_at = now()
    try:
        db.session.flush()
    except StaleDataError as late:
        raise OutOfOrder("page-is-stale") from late


def may_edit(application: Application, actor: Actor) -> None:
    """Raise unless the actor is the applicant and the case is being written or corrected."""
    may_write(application, actor)
    if not application.is_editable:
        raise OutOfOrder("application-not-editable", state=application.state)


def may_write(application: Application, actor: Actor) -> None:
    """Raise unless the actor writes for the applicant."""
    if "applicant" not in actor.roles or actor.organisation_id != application.applicant_id:
        raise NotPermitted("role-not-held", step="update")


def follow(application: Application, *_taken: object) -> None:
    """Whatever is done to a case is part of its version."""
    touch(application)


LAW = {Application: APPLICATION}

PREPARE = {(APPLICATION, "submit"): try_footprint, (APPLICATION, "resubmit"): try_resubmission}

EVENTS = {(APPLICATION, "submit"): (ActivityDataTouched,)}

EFFECTS = {
    (APPLICATION, "submit"): submit,
    (APPLICATION, "resubmit"): submit,
    (APPLICATION, "correct"): correct,
    (APPLICATION, "offer"): offer,
    (APPLICATION, "sign"): sign,
}
