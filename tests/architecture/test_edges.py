"""Only the edge knows the web, saves, and turns a no into a status."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, calls, files, office_code, python, room

# Rooms that speak with a browser or a terminal.  `web`, `i18n` and `session` are how they do it.
DOORS = {"views", "api", "cli", "door"}
EDGE = DOORS | {"forms", "web", "i18n", "session", "assets", "asked", "once", "guessing"}
# Rooms that may save: the doors, and those that work without anybody at a door.
SAVING = DOORS | {"jobs", "once", "worker"}

# Who asks and what was asked is told to an operation, never looked up by it.
OF_THE_REQUEST = {"request", "session", "g", "current_user", "login_user", "logout_user", "abort", "redirect"}
MODULES_OF_THE_REQUEST = {"flask", "flask_login", "werkzeug.exceptions"}


def commits_elsewhere(root: Path) -> list[str]:
    """The demonstration plays people at their doors and saves as they do; an index writer is no database."""
    return [
        f"{path}:{call.lineno} commits"
        for path, tree in office_code(root)
        if path.parts[0] != "demo" and room(path) not in SAVING
        for call in calls(tree, "commit")
        if ast.unparse(call.func) != "writer.commit"
    ]


def aborts_elsewhere(root: Path) -> list[str]:
    return [
        f"{path}:{call.lineno} aborts"
        for path, tree in office_code(root)
        if room(path) not in DOORS | {"web", "session"}
        for call in calls(tree, "abort")
    ]


def requests_elsewhere(root: Path) -> list[str]:
    return [
        f"{path}:{line} knows {name}"
        for path, tree in office_code(root)
        if room(path) not in EDGE
        for line, name in names_of_the_request(tree)
    ]


def names_of_the_request(tree: ast.Module) -> list[tuple[int, str]]:
    imported = [
        (node.lineno, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES_OF_THE_REQUEST
        for alias in node.names
        if alias.name in OF_THE_REQUEST
    ]
    reached = [
        (node.lineno, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and getattr(node.value, "id", None) in ("flask", "flask_login")
        and node.attr in OF_THE_REQUEST
    ]
    return imported + reached


def tables_made_by_hand(root: Path) -> list[str]:
    """Tables come from migrations; only tests, which begin with none, may make them at once."""
    return [
        f"{path}:{call.lineno} makes tables"
        for path, tree in python(root, *OFFICES, "app.py", "script", "bench", "migrations")
        for call in calls(tree, "create_all")
    ]


def answers_in_parts(root: Path) -> list[str]:
    """An answer that is made while it is sent can break off after a 200; core.tables makes it whole first."""
    return [
        f"{path} answers in parts"
        for path, tree in office_code(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.alias | ast.Attribute)
        and getattr(node, "name", getattr(node, "attr", "")) == "stream_with_context"
    ]


def rows_streamed_elsewhere(root: Path) -> list[str]:
    """A cursor left open on PostgreSQL holds its transaction; core.db.streamed shuts it whatever happens."""
    return [
        f"{path}:{node.value.lineno} streams rows"
        for path, tree in office_code(root)
        if path != Path("core/db.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in ("yield_per", "stream_results")
    ]


def addresses_read_elsewhere(root: Path) -> list[str]:
    """What stands in an address is read and bounded by `core.asked` alone, for templates too."""
    code = [
        f"{path}:{node.lineno} reads the address"
        for path, tree in office_code(root)
        if path != Path("core/asked.py")
        for node in ast.walk(tree)
        if _of_the_address(node) or (isinstance(node, ast.keyword) and ast.unparse(node) == "type=int")
    ]
    pages = [path for path in files(root) if path.parts[0] == "templates"]
    return code + [f"{path} reads the address" for path in pages if "request.args" in _text(root / path)]


def _of_the_address(node: ast.AST) -> bool:
    parts = ("request.args", "request.values", "flask.request.args", "flask.request.values")
    return isinstance(node, ast.Attribute) and ast.unparse(node) in parts


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


TEXTS = {".py", ".html", ".txt", ".xml"}


def addresses_from_the_request(root: Path) -> list[str]:
    """What we print begins with PUBLIC_URL (core.web.public_address): a name in a request may be forged."""
    return [
        f"{path} makes an address by {name}"
        for path in files(root)
        if path.parts[0] in (*OFFICES, "app.py", "templates") and path.suffix in TEXTS
        for name in ("_external", "host_url", "url_root", "base_url", "request.url }}", "request.host }}")
        if name in (root / path).read_text(encoding="utf-8")
    ]


CHECKS = [
    commits_elsewhere,
    aborts_elsewhere,
    requests_elsewhere,
    tables_made_by_hand,
    answers_in_parts,
    rows_streamed_elsewhere,
    addresses_read_elsewhere,
    addresses_from_the_request,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_edge_is_where_it_should_be(check):
    assert check(ROOT) == []


@pytest.mark.parametrize(
    ("check", "path", "code"),
    [
        (commits_elsewhere, "carbon/operations.py", "db.session.commit()"),
        (commits_elsewhere, "registers/queries/known.py", "session.commit()"),
        (aborts_elsewhere, "catalog/queries.py", "abort(404)"),
        (aborts_elsewhere, "catalog/operations.py", "flask.abort(404)"),
        (requests_elsewhere, "carbon/operations.py", "from flask import current_app, request"),
        (requests_elsewhere, "carbon/operations.py", "def f():\n    from flask_login import current_user"),
        (requests_elsewhere, "certification/workflow/label.py", "import flask\nx = flask.g.actor"),
        (addresses_read_elsewhere, "catalog/views.py", "text = request.args.get('q')"),
        (addresses_read_elsewhere, "catalog/views.py", "form = Form(request.values)"),
        (addresses_read_elsewhere, "catalog/api.py", "import flask\nx = flask.request.args"),
        (addresses_read_elsewhere, "catalog/views.py", "page = request.form.get('page', type=int)"),
        (addresses_read_elsewhere, "templates/catalog/results.html", "{{ request.args.q }}"),
        (tables_made_by_hand, "demo/load.py", "db.create_all()"),
        (answers_in_parts, "catalog/views.py", "from flask import request, stream_with_context"),
        (answers_in_parts, "catalog/views.py", "import flask\nflask.stream_with_context(rows())"),
        (rows_streamed_elsewhere, "core/audit.py", "select(Entry).execution_options(yield_per=9)"),
        (addresses_from_the_request, "catalog/api.py", 'url_for("catalog.product", _external=True)'),
        (addresses_from_the_request, "templates/base.html", "{{ request.url_root }}"),
        (tables_made_by_hand, "app.py", "Base.metadata.create_all(engine)"),
    ],
)
def test_what_belongs_to_the_edge_is_found_elsewhere(plant, check, path, code):
    assert len(check(plant(path, code))) == 1


@pytest.mark.parametrize(
    ("check", "path", "code"),
    [
        (commits_elsewhere, "carbon/api.py", "db.session.commit()"),
        (commits_elsewhere, "certification/workbench/views/reviews.py", "db.session.commit()"),
        (commits_elsewhere, "demo/load.py", "db.session.commit()"),
        (commits_elsewhere, "catalog/search/index.py", "writer.commit()"),
        (aborts_elsewhere, "carbon/views.py", "abort(404)"),
        (requests_elsewhere, "carbon/views.py", "from flask import request"),
        (requests_elsewhere, "carbon/operations.py", "from flask import current_app"),
        (rows_streamed_elsewhere, "core/db.py", "query.execution_options(yield_per=9)"),
        (addresses_read_elsewhere, "core/asked.py", "text = request.args.get('q')"),
        (addresses_read_elsewhere, "catalog/views.py", "number = form.get('number')"),
        (addresses_from_the_request, "catalog/api.py", 'public_address("catalog.product")'),
        (tables_made_by_hand, "tests/conftest.py", "db.create_all()"),
    ],
)
def test_the_edge_may_do_what_is_its_business(plant, check, path, code):
    assert check(plant(path, code)) == []
