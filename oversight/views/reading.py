"""The regulator's pages: everything is read, nothing done, and reading the confidential leaves a trace."""

from pathlib import Path

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.application.queries import applications as cases
from certification.certificate.queries import exports as register_export
from certification.workbench.queries import workbench
from certification.workbench.queries.workbench import TABS
from certification.workflow import APPLICATION
from core import asked, tables
from core.errors import NotPermitted
from core.files import media_type, path_of
from core.readers import names
from core.step import door
from oversight import operations, queries
from oversight.words import deed
from schemes import queries as schemes

bp = Blueprint("oversight", __name__, url_prefix="/oversight")


@bp.get("/")
def home() -> ResponseReturnValue:
    return render_template("oversight/home.html", overview=queries.overview(of_the_house()))


@bp.get("/registers/bodies")
def bodies() -> ResponseReturnValue:
    of_the_house()
    names = schemes.scheme_names()
    return render_template("oversight/bodies.html", approvals=queries.bodies(), names=names)


@bp.get("/registers/laboratories")
def laboratories() -> ResponseReturnValue:
    of_the_house()
    return render_template("oversight/laboratories.html", approvals=queries.laboratories())


@bp.get("/registers/people")
def people() -> ResponseReturnValue:
    of_the_house()
    return render_template("oversight/people.html", people=queries.people())


@bp.get("/cases")
def all_cases() -> ResponseReturnValue:
    actor = a_regulator()
    state = asked.choice("state", APPLICATION.states)
    counts = cases.counts(actor)
    page = cases.applications(
        actor,
        text=asked.text("q"),
        states=(state,) if state else (),
        page=asked.page(),
    )
    return render_template("oversight/cases.html", page=page, counts=counts)


@bp.get("/cases/<id:case_id>")
def case(case_id: int) -> ResponseReturnValue:
    actor = a_regulator()
    cases.application(actor, case_id)
    leave_a_trace(actor, f"application/{case_id}")
    found = cases.application(actor, case_id)
    history = workbench.timeline(actor, found)
    tab = asked.choice("tab", TABS, "summary")
    return render_template(
        "oversight/case.html",
        case=found,
        tabs=TABS,
        tab=tab,
        parts=workbench.parts(found),
        timeline=history,
        dossier_at="oversight.case",
        file_at="oversight.file",
        milestones=workbench.way(found, history),
        samples=[(sample, []) for sample in found.samples],
    )


@bp.get("/files/<id:file_id>")
def file(file_id: int) -> ResponseReturnValue:
    actor = a_regulator()
    found = cases.file(actor, file_id)
    digest, name = found.digest, found.name
    leave_a_trace(actor, f"file/{file_id}")
    return send(path_of(digest), name)


@bp.get("/register.<any(csv, json):kind>")
def register(kind: str) -> ResponseReturnValue:
    """Every certificate with the columns of the national register."""
    actor = a_regulator()
    leave_a_trace(actor, "register")
    rows = register_export.rows(register_export.register(actor))
    return tables.export(kind, register_export.head(), rows, f"register.{kind}")


@bp.get("/record")
def record() -> ResponseReturnValue:
    actor = a_regulator()
    leave_a_trace(actor, "record")
    page = queries.record(asked.text("q"), asked.page())
    return render_template("oversight/record.html", page=page, deed=deed)


def send(path: Path, name: str) -> ResponseReturnValue:
    return send_file(path, mimetype=media_type(name), download_name=names.file(name), as_attachment=True)


def of_the_house() -> Actor:
    actor = current_actor()
    if actor.kind != "regulator":
        raise NotPermitted("not-the-regulator")
    return actor


def a_regulator() -> Actor:
    """Confidential pages ask for the role itself, not only for the house."""
    actor = of_the_house()
    if "regulator" not in actor.roles:
        raise NotPermitted("not-the-regulator")
    return actor


def leave_a_trace(actor: Actor, subject: str) -> None:
    door.leave_a_trace(lambda: operations.note_reading(actor, subject))
