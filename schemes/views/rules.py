"""What one needs to know of a rule before applying under it."""

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from accounts.session import public
from core import files
from core.clock import today
from core.errors import NotFound
from core.step.door import send
from schemes import document, queries
from schemes.called import called, item_name, kind_name
from schemes.drafts import classes, needs, retirements, telling
from schemes.drafts import queries as drafts

DRAWN_IN_S = "5"

bp = Blueprint("rulebook", __name__, url_prefix="/rules")
for namer in (kind_name, item_name):
    bp.add_app_template_global(namer)
bp.add_app_template_global(called, "in_words")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    return render_template("schemes/index.html", rules=queries.schemes(), drafts=drafts.in_comment())


@bp.get("/<code>")
@public
def rule(code: str) -> ResponseReturnValue:
    """The version in force, or the next one of a rule that is still to come."""
    return _page(code, queries.current(code).version)


@bp.get("/<code>/<version>.pdf")
@public
def paper(code: str, version: str) -> ResponseReturnValue:
    """The paper of a version; while the worker still draws it, a page that asks again by itself."""
    found = queries.version(code, version)
    if found.paper is None:
        page = render_template("schemes/drawing.html", scheme=found)
        return page, 202, {"Refresh": DRAWN_IN_S, "Retry-After": DRAWN_IN_S}
    name = f"{code}-{version}.pdf"
    return send_file(files.path_of(found.paper), "application/pdf", download_name=name, etag=found.paper)


@bp.get("/<code>/<version>")
@public
def version(code: str, version: str) -> ResponseReturnValue:
    return _page(code, version)


@bp.get("/<code>/<version>/blanks/<kind>")
@public
def blank(code: str, version: str, kind: str) -> ResponseReturnValue:
    """The form that the rule has for a kind of file."""
    found = queries.version(code, version).rules.kinds.get(kind)
    if found is None or not found.blank_file:
        raise NotFound("file-not-found")
    return send(found.blank_file, found.blank)


def _page(code: str, version: str) -> ResponseReturnValue:
    versions = queries.versions(code)
    found = queries.version(code, version)
    former = next((each for each in versions if each.effective_from < found.effective_from), None)
    return render_template(
        "schemes/rule.html",
        scheme=found,
        rules=found.rules,
        owner=queries.owner_name(found),
        limits=classes.limits(found.rules),
        fields=needs.fields(found.rules),
        terms=list(needs.terms(found.rules)),
        visits=list(needs.visits(found.rules)),
        versions=versions,
        former=former,
        retirement=retirements.confirmed(code),
        changes=_changes(former.rules, found.rules) if former else [],
        drafts=[each for each in drafts.in_comment() if each.code == code],
        day=today(),
    )


def _changes(former: document.Document, found: document.Document) -> list[telling.Change]:
    """What this version says otherwise, its things called as it calls them."""
    one, other = document.plain(former), document.plain(found)
    return telling.changes(document.differences(one, other), other, one)
