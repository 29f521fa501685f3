"""A verifier says of each thing what was found; the lead says what follows for the whole."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import SYSTEM
from carbon import operations as carbon
from carbon import records
from certification.application.models import Application
from certification.application.queries.around import around
from certification.events import ActivityDeclaredAnew
from certification.verification import queries
from certification.verification.models import Opinion, VerifiedEvidence, VerifiedItem
from certification.workflow import APPLICATION
from certification.workflow import verification as law
from certification.workflow.tracing import heavy, unseen
from certification.workflow.verification import MODEL, OUTPUT, PARAMETER, ROW
from core import audit, files
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from schemes.stated import read

Given = Mapping[str, Any]  # an item, as shapes.Item gave it
Faults = dict[str, str]  # slugs by place

COLUMNS = ("quantity", "unit", "factor_code", "own_value", "own_unit", "own_source")
OF_PRODUCT = {PARAMETER: "product", MODEL: "model"}


def keep_file(
    _case: Application, *, step: str, upload: FileStorage | None = None, **_facts: object
) -> dict[str, object]:
    """What the verifier brings is kept before the law is asked, and every item of the step rests on it."""
    if not upload:
        return {"brought": {}}
    try:
        stored = files.store(upload.stream, upload.filename or "")
    except Invalid as error:
        raise Invalid(error.slug, {"upload": error.slug}, **error.detail) from error
    return {"brought": {stored.digest: stored.name}}


def verify_data(
    case: Application,
    actor: Actor,
    *,
    items: Sequence[Given],
    brought: Mapping[str, str] | None = None,
    **_facts: object,
) -> None:
    """All of them are read before any is written down."""
    told = [dict(given) | {"files": dict(brought or {})} for given in items]
    _refuse(_faults(case, told))
    known = queries.files(case)
    for number, given in enumerate(told):
        given["files"] |= {digest: known[digest] for digest in given.get("evidence") or ()}
        corrects = given["outcome"] == "corrected"
        given["found"] = _found(case, given, f"items.{number}") if corrects else {}
    _refuse_untraced(case, told)
    _write(case, actor, told)
    lay_opinion_aside(case)
    queries.sheet(case)  # what cannot be reckoned is refused before anybody rests on it


def reckon(case: Application, *, step: str, **_facts: object) -> dict[str, object]:
    """How far what was verified lies from what was declared; no opinion without a plan of evidence that names
    every row that could be material by itself, and none where less was seen than planned."""
    found = queries.sheet(case)
    _refuse_unplanned(case, found)
    if short := [queries.name_of(case, subject) for subject in unseen(case)]:
        slug = "planned-evidence-not-seen"
        raise Invalid(slug, {"opinion": slug}, rows="、".join(short))
    return {"misstated": found.misstated}


def _refuse_unplanned(case: Application, found: queries.Sheet) -> None:
    planned = {each.subject for each in case.planned_traces}
    rows = [line for line in found.lines if line.stated is not None and heavy(case, line.weight)]
    if left := [line.name for line in rows if line.subject not in planned]:
        slug = "heavy-row-untraced" if planned else "evidence-plan-missing"
        raise Invalid(slug, {"opinion": slug}, rows="、".join(left))


def give_opinion(case: Application, actor: Actor, *, opinion: str, text: str, **_facts: object) -> None:
    """The verified values are frozen as a footprint of their own, which alone counts from here on; what was
    declared and every misstatement are kept beside it."""
    lay_opinion_aside(case)
    found, changed = queries.sheet(case), queries.corrections(law.standing(case))
    declared = case.footprint
    assert declared is not None  # what was handed in has one
    verified = declared
    if changed:
        copy = queries.as_verified(case, changed)
        db.session.add(copy)
        db.session.flush()
        verified = carbon.freeze(copy, SYSTEM, around(case))
    case.footprint = verified
    given = Opinion(
        application_id=case.id,
        declared_id=declared.id,
        verified_id=verified.id,
        materiality=found.materiality,
        assurance=case.scheme.assurance,
        misstatements=[_misstatement(line) for line in found.misstatements],
        opinion=opinion,
        text=text.strip(),
        given_by=actor.label,
    )
    db.session.add(given)
    db.session.flush()
    db.session.expire(case, ["opinion"])


def _misstatement(line: queries.Line) -> dict[str, str]:
    numbers = {"declared": line.stated, "verified": line.verified, "difference": line.difference}
    said = {"subject": line.subject, "name": line.name}
    return said | {name: f"{number:f}" for name, number in numbers.items()}


def _refuse(faults: Faults, **detail: object) -> None:
    if faults:
        raise Invalid(next(iter(faults.values())), faults, **detail)


def _faults(case: Application, items: Sequence[Given]) -> Faults:
    subjects, known, faults = law.subjects(case), queries.files(case), dict[str, str]()
    named, doubted = [given.get("subject") for given in items], queries.counting_co2_alone(case)
    for number, given in enumerate(items):
        wrong = {"subject": "verified-subject-unknown"} if given.get("subject") not in subjects else {}
        if named.index(given.get("subject")) < number:
            wrong = {"subject": "verified-subject-twice"}
        wrong |= _lacking(given, given.get("subject") in doubted)
        if any(digest not in known for digest in given.get("evidence") or ()):
            wrong["evidence"] = "file-not-of-the-case"
        faults |= {f"items.{number}.{name}": slug for name, slug in wrong.items()}
    return faults


def _lacking(given: Given, doubted: bool) -> Faults:
    """What must be said with each outcome, and where a row counts CO2 alone."""
    outcome, found = given.get("outcome"), dict[str, str]()
    if not outcome:
        return {"outcome": "verified-outcome-missing"}
    if (doubted or outcome != "agreed") and not (given.get("reason") or "").strip():
        found["reason"] = "reason-missing" if outcome != "agreed" else "co2-alone-unsettled"
    values = {name: value for name, value in (given.get("values") or {}).items() if value not in (None, "")}
    if outcome != "corrected":
        return found | ({"values": "value-without-correction"} if values else {})
    if given.get("subject") == law.SYSTEM:
        return found | {"outcome": "system-corrected-by-client"}
    if not values:
        found["values"] = "verified-value-missing"
    if not given.get("evidence") and not given["files"]:
        found["evidence"] = "verified-without-evidence"
    if not given.get("samples"):
        found["samples"] = "verified-without-sample"
    return found


def _found(case: Application, given: Given, place: str) -> dict[str, Any]:  # JSON
    """The corrected values as they are kept, read as what was declared is read."""
    subject, values = given["subject"], {k: v for k, v in given["values"].items() if v not in (None, "")}
    kind, _colon, rest = subject.partition(":")
    try:
        if kind == ROW:
            found = _row_found(case, subject, values)
        elif subject == OUTPUT:
            found = _output_found(case, values)
        else:
            found = _value_found(case, kind, rest, values)
    except Invalid as error:
        raise queries.refuse_unread(error, place) from error
    declared = law.subjects(case)[subject]
    if all(declared.get(name) == value for name, value in found.items()):
        raise Invalid("verified-value-as-declared", {f"{place}.values": "verified-value-as-declared"})
    return found


def _only(values: Given, *known: str) -> None:
    if strange := values.keys() - {*known}:
        raise Invalid("body-member-unknown", dict.fromkeys(strange, "body-member-unknown"))


def _row_found(case: Application, subject: str, values: Given) -> dict[str, Any]:  # JSON
    _only(values, *COLUMNS, *records.FIELDS)
    copy = queries.as_verified(case, {subject: values})
    row = next(row for row in copy.rows if f"{ROW}:{row.key}" == subject)
    kept = carbon.cells_of(row)
    return {name: _plain(kept[name]) for name in values}


def _output_found(case: Application, values: Given) -> dict[str, Any]:  # JSON
    _only(values, "amount", "unit")
    try:
        copy = queries.as_verified(case, {OUTPUT: values})
    except Invalid as error:
        error.fields = {name.removeprefix("output_"): slug for name, slug in error.fields.items()}
        raise
    return {name: _plain(getattr(copy, f"output_{name}")) for name in values}


def _value_found(case: Application, kind: str, rest: str, values: Given) -> dict[str, Any]:  # JSON
    _only(values, "value")
    if kind not in OF_PRODUCT:
        return {"value": str(values["value"]).strip()}
    slug = rest.partition(":")[0]
    try:
        return {"value": read(case.scheme.rules, OF_PRODUCT[kind], {slug: values["value"]}, today())[slug]}
    except Invalid as error:
        raise Invalid(error.fields[slug], {"value": error.fields[slug]}, **error.detail_of(slug)) from error


def _plain(value: object) -> object:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _refuse_untraced(case: Application, items: Sequence[Given]) -> None:
    """What is agreed with nothing looked at comes, all together, to no more than would be material."""
    found = queries.sheet(case)
    said = {given["subject"]: number for number, given in enumerate(items)}
    before = [line.weight for line in found.lines if line.untraced and line.subject not in said]
    weights = {line.subject: line.weight for line in found.lines}
    bare = [
        given["subject"]
        for given in items
        if given["outcome"] == "agreed" and not given.get("samples") and not given["files"]
    ]
    if bare and sum(before) + sum(weights[subject] for subject in bare) > found.materiality:
        slug = "agreed-without-sample"
        _refuse({f"items.{said[subject]}.samples": slug for subject in bare if weights[subject]})


def _write(case: Application, actor: Actor, items: Sequence[Given]) -> None:
    """In place of what stood of the same things, which stays to be read."""
    named, subjects = {given["subject"] for given in items}, law.subjects(case)
    for former in case.verified_items:
        former.superseded = former.subject in named
    db.session.flush()
    for given in items:
        said: dict[str, Any] = {name: given.get(name) for name in ("outcome", "found", "samples")}  # columns
        said |= {"declared": subjects[given["subject"]], "reason": (given.get("reason") or "").strip()}
        proofs = [VerifiedEvidence(digest=digest, name=name) for digest, name in given["files"].items()]
        whose = {"application_id": case.id, "subject": given["subject"], "verified_by": actor.label}
        db.session.add(VerifiedItem(**whose, **said, evidence=proofs))
        told = said | {"of": given["subject"], "evidence": sorted(given["files"])}
        audit.record(actor, "data.verify", f"application/{case.id}", **told)
    db.session.flush()
    db.session.expire(case, ["verified_items"])


def lay_opinion_aside(case: Application) -> None:
    """An opinion was of what stood when it was given; what was declared counts until there is another."""
    if case.opinion is not None:
        case.footprint = case.opinion.declared
        case.opinion.superseded = True
        db.session.flush()
        db.session.expire(case, ["opinion"])


def follow_declared(event: ActivityDeclaredAnew) -> None:
    lay_opinion_aside(db.session.get_one(Application, event.application_id))


PREPARE = {(APPLICATION, "verify_data"): keep_file, (APPLICATION, "give_opinion"): reckon}

EFFECTS = {(APPLICATION, "verify_data"): verify_data, (APPLICATION, "give_opinion"): give_opinion}
