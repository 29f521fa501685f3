"""The road, by bearer token: the same verbs the pages call, the same slugs when the answer is no."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor, public
from certification import answers as answer_shapes
from certification import shapes, steps
from certification.acts import queries as acts
from certification.acts.operations import appeals
from certification.aftercare.queries import life
from certification.application.operations import applications as dossiers
from certification.application.operations import documents
from certification.application.queries import applications as cases
from certification.certificate import shapes as certificate_shapes
from certification.certificate.queries import certificates
from certification.clocks import queries as clocks
from certification.clocks import shapes as clock_shapes
from certification.clocks.operations.clocks import extend
from certification.evaluation import queries as evaluation
from certification.evaluation import shapes as evaluation_shapes
from certification.impartiality import operations as impartiality
from certification.label import queries as labels
from certification.label.operations import labels as licensing
from certification.laboratory import shapes as testing_shapes
from certification.laboratory.queries import reports
from certification.laboratory.queries import samples as lab_samples
from certification.questions import queries as questions
from certification.questions import shapes as question_shapes
from certification.workbench.queries import dossier, queue
from certification.workbench.shapes import CasesQuery, DossierAnswer
from certification.workflow import (
    APPEAL,
    APPLICATION,
    CERTIFICATE,
    LABEL,
    NONCONFORMITY,
    QUESTION,
    REPORT,
    SAMPLE,
    STATUS_PROPOSAL,
)
from core import lifecycle
from core.api import asked_in, described, handed_in
from core.calendar import book
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound
from core.machine import Subject
from core.once import repeatable
from core.step.api import StepCalls
from core.step.shapes import SubjectAnswer
from core.web import ZIP, archive_response, json_response
from core.words import word
from registers.queries import known as registers
from schemes import queries as rules

if TYPE_CHECKING:
    from certification.application.models import Application

bp = Blueprint("certification_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/schemes")
@described("registers", answer=answer_shapes.SchemesAnswer)
@public
def schemes() -> ResponseReturnValue:
    """The scheme versions in force today: what each product category demands."""
    return json_response({"items": [shapes.scheme(scheme) for scheme in rules.schemes()]})


@bp.get("/bodies")
@described("registers", query=shapes.BodiesQuery, answer=answer_shapes.BodiesAnswer)
@public
def bodies() -> ResponseReturnValue:
    """The bodies approved for a scheme today."""
    found = registers.bodies_for(asked_in(shapes.BodiesQuery).scheme)
    return json_response({"items": [{"uscc": body.uscc, "name": body.name} for body in found]})


@bp.get("/certificates/<number>")
@described("certificates", query=shapes.DayQuery, answer=answer_shapes.CertificateAnswer)
@public
def certificate(number: str) -> ResponseReturnValue:
    """One certificate: its public statement, and its status today or on the day asked for."""
    found = certificates.certificate(number)
    day = asked_in(shapes.DayQuery).on or today()
    return json_response(certificate_shapes.certificate(certificates.standing(found, day), day))


@bp.get("/applications")
@described("applications", query=CasesQuery, answer=answer_shapes.CasesAnswer)
def applications() -> ResponseReturnValue:
    """The cases the caller may see, by the filters of the queue."""
    asked = asked_in(CasesQuery)
    page = queue.CASES.found(current_actor(), asked.wanted(), asked.page, asked.per_page)
    return json_response({"total": page.total, "page": page.number, "items": list(map(_link, page.items))})


@bp.post("/applications")
@described(
    "applications", json=shapes.NewApplication, status=201, also={404}, answer=answer_shapes.CaseAnswer
)
def create_application() -> ResponseReturnValue:
    """Open a draft."""
    asked = handed_in(shapes.NewApplication)
    scheme = rules.scheme_by_code(asked.scheme)
    body = next((b for b in registers.bodies_for(scheme.code) if b.uscc == asked.body), None)
    if body is None:
        raise Invalid("body-out-of-scope", {"body": "body-out-of-scope"})
    case = dossiers.create_application(current_actor(), scheme, body.id, product_name=asked.product_name)
    db.session.commit()
    answer = json_response(_case(case), 201)
    answer.headers["Location"] = url_for("certification_api.application", application_id=case.id)
    return answer


@bp.get("/applications/<id:application_id>")
@described("applications", answer=answer_shapes.CaseAnswer)
def application(application_id: int) -> ResponseReturnValue:
    """One case, with the steps open to the caller as links."""
    return json_response(_case(_seen(application_id)))


@bp.patch("/applications/<id:application_id>")
@described("applications", json=shapes.ApplicationFacts, answer=answer_shapes.CaseAnswer)
def update_application(application_id: int) -> ResponseReturnValue:
    """Change parties, product or models of a draft."""
    case, asked = cases.application(current_actor(), application_id), handed_in(shapes.ApplicationFacts)
    facts = asked.model_dump(exclude_unset=True, exclude={"version"})
    dossiers.update_application(case, current_actor(), asked.version, **facts)
    db.session.commit()
    return json_response(_case(case))


@bp.get("/applications/<id:application_id>/inventory")
@described("applications", answer=answer_shapes.InventoryAnswer)
def inventory(application_id: int) -> ResponseReturnValue:
    """The activity data of a case as they stand: rows and process system, as they are sent."""
    return json_response(shapes.inventory(_seen(application_id)))


@bp.put("/applications/<id:application_id>/inventory")
@described("applications", json=shapes.InventoryFacts, answer=answer_shapes.CaseAnswer)
def put_inventory(application_id: int) -> ResponseReturnValue:
    """Replace the activity data of a draft. Without `system` the one there stays; null takes it away."""
    case, asked = cases.application(current_actor(), application_id), handed_in(shapes.InventoryFacts)
    head = asked.model_dump(exclude={"rows", "system", "version"}, exclude_unset=True)
    rows = [row.cells() for row in asked.rows]
    system = {"system": asked.system} if "system" in asked.model_fields_set else {}
    dossiers.save_inventory(case, current_actor(), head, rows, asked.version, **system)
    db.session.commit()
    return json_response(_case(case))


@bp.get("/applications/<id:application_id>/questions")
@described("applications", answer=question_shapes.QuestionsAnswer)
def case_questions(application_id: int) -> ResponseReturnValue:
    """What is asked about the activity data, with what was answered and made of it."""
    said = questions.said(_seen(application_id), current_actor())
    return json_response({"items": [_question(each) for each in said]})


@bp.get("/applications/<id:application_id>/checklists")
@described("evaluation", answer=evaluation_shapes.ChecklistsAnswer)
def case_checklists(application_id: int) -> ResponseReturnValue:
    """What the body of a case looks at: the lines of its rule, and those that the body adds."""
    found = evaluation.checklists(current_actor(), application_id)
    return json_response({name: list(map(evaluation_shapes.check, lines)) for name, lines in found.items()})


@bp.get("/applications/<id:application_id>/acceptance")
@described("evaluation", answer=evaluation_shapes.AcceptanceAnswer)
def case_acceptance(application_id: int) -> ResponseReturnValue:
    """What the body confirmed when it accepted a case: each condition with what was seen, and where."""
    return json_response(evaluation_shapes.acceptance(evaluation.accepted(current_actor(), application_id)))


@bp.get("/applications/<id:application_id>/dossier")
@described("applications", answer=DossierAnswer)
def case_dossier(application_id: int) -> ResponseReturnValue:
    """Every file with its digest and every day typed late, as the manifest in the archive has them."""
    case = dossier.case_of(current_actor(), application_id)
    return json_response(dossier.manifest(case))


@bp.get("/applications/<id:application_id>/dossier.zip")
@described("applications", media=ZIP)
def case_archive(application_id: int) -> ResponseReturnValue:
    """The whole of a case: every file as it was kept, and the manifest; sent while it is packed."""
    case = dossier.case_of(current_actor(), application_id)
    return archive_response(dossier.packed(case), case.number)


@bp.post("/applications/<id:application_id>/files/<kind>")
@described("applications", form=shapes.Upload, status=201, answer=answer_shapes.StoredFileAnswer)
def attach_file(application_id: int, kind: str) -> ResponseReturnValue:
    """Attach a file of a kind the scheme asks for, or `other`; a kind may have as many as there are."""
    case, upload = cases.application(current_actor(), application_id), handed_in(shapes.Upload).file
    file = documents.attach_file(case, current_actor(), kind, upload.stream, upload.filename or "")
    db.session.commit()
    return json_response(shapes.file(case, file) | {"size": file.size}, 201)


@bp.delete("/applications/<id:application_id>/files/<id:file_id>")
@described("applications", answer=answer_shapes.CaseAnswer)
def remove_file(application_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file out of a draft, or of a kind that a correction opens; versions handed in keep it."""
    case = cases.application(current_actor(), application_id)
    documents.remove_file(case, current_actor(), file_id)
    db.session.commit()
    return json_response(_case(case))


@bp.post("/applications/<id:application_id>/points/<id:point_id>")
@described("applications", json=shapes.PointAnswer, answer=answer_shapes.CaseAnswer)
@repeatable
def answer_point(application_id: int, point_id: int) -> ResponseReturnValue:
    """Answer one point of a request for correction."""
    case, point = cases.application(current_actor(), application_id), cases.point(current_actor(), point_id)
    dossiers.answer_point(point, case, current_actor(), **handed_in(shapes.PointAnswer).model_dump())
    db.session.commit()
    return json_response(_case(case))


@bp.get("/applications/<id:application_id>/clocks")
@described("clocks", answer=clock_shapes.ClocksAnswer)
def case_clocks(application_id: int) -> ResponseReturnValue:
    """Every deadline of a case as a ledger: its rule, its lines, and the day that follows from them."""
    case = cases.application(current_actor(), application_id)
    return json_response({"items": [clock_shapes.clock(found) for found in clocks.of_case(case)]})


@bp.post("/clocks/<id:clock_id>/extend")
@described("clocks", json=clock_shapes.Extension, answer=clock_shapes.ClockAnswer)
def extend_clock(clock_id: int) -> ResponseReturnValue:
    """Give more time, with a reason; never for oneself."""
    found, asked = clocks.clock(current_actor(), clock_id), handed_in(clock_shapes.Extension)
    extend(found, current_actor(), days=asked.days, reason=asked.reason)
    db.session.commit()
    return json_response(clock_shapes.clock(found))


@bp.get("/calendar")
@described("clocks", answer=clock_shapes.CalendarAnswer)
@public
def working_calendar() -> ResponseReturnValue:
    """The working calendar, its newest version: holidays and weekend days worked to make up for them."""
    return json_response(clock_shapes.calendar(book.current()))


@bp.post("/certificates/<number>/labels")
@described("certificates", json=shapes.LabelRequest, status=201, answer=SubjectAnswer)
def request_label(number: str) -> ResponseReturnValue:
    """Ask the body for leave to use the label."""
    found = certificates.certificate_of_party(current_actor(), number)
    licence = licensing.request_label(found, current_actor(), handed_in(shapes.LabelRequest).uses)
    db.session.commit()
    return json_response(calls.subject(licence, "labels"), 201)


@bp.post("/applications/<id:application_id>/declaration")
@described("applications", json=shapes.CaseDeclared, status=201, answer=answer_shapes.DeclaredAnswer)
def declare(application_id: int) -> ResponseReturnValue:
    """Declare for a case, before its files are opened, that one is free of ties to its client, or not."""
    case, asked = cases.in_sight(current_actor(), application_id), handed_in(shapes.CaseDeclared)
    entry = impartiality.declare(case, current_actor(), free=asked.free, reason=asked.reason)
    db.session.commit()
    return json_response({"application": case.id, "free": entry.free, "declared_at": entry.declared_at}, 201)


@bp.get("/acts/<number>")
@described("acts", answer=answer_shapes.ActAnswer)
def act(number: str) -> ResponseReturnValue:
    """One written act as it was signed, for its parties."""
    actor = current_actor()
    if actor.kind == "regulator":  # who reads acts at /oversight/, where that is written down
        raise NotFound("act-not-found")
    found = acts.act(actor, number)
    signed = {"digest": found.digest, "signature": found.signature, "appeal_until": found.appeal_until}
    return json_response({"number": found.number, "statement": acts.said(found)} | signed)


@bp.post("/acts/<number>/appeals")
@described("acts", json=shapes.Grounds, status=201, answer=answer_shapes.AppealAnswer)
def file_appeal(number: str) -> ResponseReturnValue:
    """Appeal against an act, once and inside its days."""
    found = acts.act(current_actor(), number)
    filed = appeals.file_appeal(found, current_actor(), handed_in(shapes.Grounds).grounds)
    db.session.commit()
    return json_response(calls.subject(filed, "appeals") | {"number": filed.number}, 201)


@bp.get("/samples/<id:subject_id>")
@described("evaluation", answer=SubjectAnswer)
def sample(subject_id: int) -> ResponseReturnValue:
    """One sample, with the steps open to the caller."""
    return json_response(calls.subject(lab_samples.sample(current_actor(), subject_id), "samples"))


@bp.get("/reports/<id:subject_id>")
@described("evaluation", answer=answer_shapes.ReportAnswer)
def report(subject_id: int) -> ResponseReturnValue:
    """One test report, with the steps open to the caller."""
    if current_actor().kind == "regulator":  # who reads reports on its page, where that is written down
        raise NotFound("report-not-found")
    found = reports.report(current_actor(), subject_id)
    return json_response(calls.subject(found, "reports") | testing_shapes.report(found))


@bp.get("/nonconformities/<id:subject_id>")
@described("evaluation", answer=SubjectAnswer)
def nonconformity(subject_id: int) -> ResponseReturnValue:
    """One nonconformity, with the steps open to the caller."""
    return json_response(
        calls.subject(evaluation.nonconformity(current_actor(), subject_id), "nonconformities")
    )


@bp.get("/questions/<id:subject_id>")
@described("evaluation", answer=question_shapes.QuestionAnswer)
def question(subject_id: int) -> ResponseReturnValue:
    """One question about activity data, with the steps open to the caller."""
    return json_response(_question(questions.said_of(questions.question(current_actor(), subject_id))))


Find = Callable[[Actor, int], Subject]

ON_PAGES_ONLY = {(APPEAL, "conclude")}  # the regulator's, above this office

# Where the things that have a life are found, by the name of their collection.
COLLECTIONS: dict[str, tuple[lifecycle.Law, Find]] = {
    "applications": (APPLICATION, cases.application),
    "samples": (SAMPLE, lab_samples.sample),
    "reports": (REPORT, reports.report),
    "nonconformities": (NONCONFORMITY, evaluation.nonconformity),
    "questions": (QUESTION, questions.question),
    "certificates": (CERTIFICATE, certificates.by_id_of_party),
    "labels": (LABEL, labels.licence),
    "appeals": (APPEAL, acts.appeal),
    "status_proposals": (STATUS_PROPOSAL, life.proposal),
}


def _seen(application_id: int) -> "Application":
    """A case the caller may see."""
    case = cases.application(current_actor(), application_id)
    if current_actor().kind == "regulator":  # who reads cases at /oversight/, where that is written down
        raise NotFound("application-not-found")
    return case


def _question(said: questions.Said) -> dict[str, object]:
    return calls.subject(said.question, "questions") | question_shapes.as_json(said)


def _case(case: "Application") -> dict[str, object]:
    return shapes.application(case) | {
        "state_name": str(word(f"application.state.{case.state}")),
        "samples": [calls.subject(sample, "samples") for sample in case.samples],
        "nonconformities": [calls.subject(finding, "nonconformities") for finding in case.nonconformities],
        "certificate": certificates.number_of(case.id),
        "links": calls.links(case, "applications"),
    }


def _link(case: "Application") -> dict[str, object]:
    return {
        "id": case.id,
        "number": case.number,
        "product_name": case.product_name,
        "state": case.state,
        "href": url_for("certification_api.application", application_id=case.id),
    }


def _open_steps() -> None:
    """One address for each row of each table that asks a person for something."""
    asked = {key: asks for key, asks in steps.ASKS.items() if key not in ON_PAGES_ONLY}
    whole = {"applications": (_case, answer_shapes.CaseAnswer)}
    for collection, (law, find) in COLLECTIONS.items():
        told, answer = whole.get(collection, (None, SubjectAnswer))
        calls.open(collection, law, asked, find, told=told, answer=answer)


_open_steps()
