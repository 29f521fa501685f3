"""What comes from outside is read into values by `core.readers` and by nothing else, at whatever door."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, python

READING = {"Decimal", "Fraction", "complex", "float", "int", "fromisoformat", "strptime", "fromtimestamp"}
# Kinds of the command line and of form boxes that read for themselves.
KINDS_OF_CLICK = {"DateTime", "FLOAT", "FloatRange", "INT", "IntRange"}
BOXES = {
    "DateField", "DateTimeField", "DateTimeLocalField", "DecimalField", "DecimalRangeField", "EmailField",
    "FloatField", "IntegerField", "IntegerRangeField", "MonthField", "SearchField", "StringField", "TelField",
    "TextAreaField", "TimeField", "URLField", "WeekField",
}  # fmt: skip
OF_A_SHAPE = {"Decimal", "date", "datetime", "float"}
# They are handed a kind, and read nothing by it.
NO_READING = {"isinstance", "defaultdict"}
# They answer numbers, whatever they are given.
NUMBERS = {"len", "sum", "round", "timestamp", "total_seconds", "randint", "uniform"}

# Folders and functions that make values of texts without being readers, by the reason they may.
ALLOWED = {
    "they are the readers": ["core/readers/", "core/asked.py:number"],
    "a column that keeps a number as text is given one and gives it back": [
        "core/db.py:Exact.process_bind_param",
        "core/db.py:Exact.process_result_value",
    ],
    "it reads back what the program froze, signed or wrote itself": [
        "accounts/notices.py:spoken",
        "schemes/document/base.py:_number",
        "carbon/footprint/plain.py:_from_plain",
        "carbon/footprint/plain.py:_fuel",
        "carbon/footprint/constants.py:Noted._find",
        "carbon/models.py:Footprint._noted",
        "carbon/models.py:Footprint.at_grid",
        "carbon/models.py:Footprint.exact",
        "carbon/operations/spreads.py:of_frozen",
        "carbon/records/ledger.py:amounts",
        "carbon/records/links.py:bare_months",
        "carbon/records/spread.py:gsd",
        "carbon/records/record.py:Given.quantity",
        "carbon/records/record.py:Given.of",
        "carbon/models.py:Footprint.largest",
        "carbon/models.py:Inventory.last_figure",
        "catalog/models.py:Entry.stage_values",
        "catalog/queries/integrity.py:_told",
        "catalog/search/index.py:Handle.refresh",
        "certification/label/artwork.py:_level",
        "certification/conversion/operations.py:tell_retired",
        "certification/certificate/queries/lives.py:_life",
        "certification/conversion/pictures.py:_day",
        "certification/conversion/pictures.py:_point",
        "procurement/models.py:PolicySaid.last_days",
        "certification/certificate/queries/lives.py:_told",
        "certification/certificate/queries/exports.py:_status.column",
        "certification/notices/row.py:at",
        "certification/verification/queries.py:sheet",
        "certification/acts/operations/acts.py:_keep",
        "certification/acts/operations/appeals.py:_open_finding",
        "certification/application/operations/drafts.py:note_point",
        "certification/fees/reckoning.py:Reckoned.total",
        "certification/certificate/operations/issue.py:_facts_of",
        "certification/workbooks/operations/judging.py:_activity",
        "certification/certificate/facts.py:_stated_as",
        "certification/certificate/queries/certificates.py:standing",
        "certification/application/queries/inventories.py:frozen",
        "certification/application/queries/inventories.py:reckon",
        "certification/application/queries/inventories.py:_number",
        "certification/application/queries/submissions.py:place_text",
        "certification/workbench/queries/workbench.py:_acceptance",
        "certification/certificate/statement.py:_summary",
        "certification/certificate/statement.py:apart",
        "certification/certificate/statement.py:exact",
        "certification/certificate/statement.py:stages",
        "certification/application/words/anchors.py:anchor_text",
        "certification/workflow/correction.py:rows_opened",
        "certification/workflow/criteria.py:_figure",
        "core/clock.py:follow_standing",
        "procurement/queries.py:next_number",
    ],
    "a scheme was validated whole when it was loaded": [
        "certification/laboratory/operations/readings.py:judge",
        "certification/laboratory/queries/laboratory.py:margin_of",
        "certification/workflow/purpose.py:reminded_on",
    ],
    "tables of this project": [
        "carbon/footprint/gases.py:",
        "carbon/footprint/gases.py:_tables",
        "carbon/records/fields.py:between",
        "carbon/units.py:_quantity",
        "carbon/units.py:_registry",
        "demo/",
    ],
    "digits that a pattern has found": [
        "accounts/uscc.py:_organisation_check",
        "schemes/drafts/editor.py:_at",
        "schemes/drafts/editor.py:_count",
        "schemes/drafts/editor.py:_in_order",
        "schemes/drafts/editor.py:_swapped.act",
        "schemes/drafts/editor.py:place",
        "registers/numbers.py:check_cma",
        "carbon/records/ledger.py:_next",
    ],
    "a number is drawn, sorted, solved or compared": [
        "carbon/footprint/arithmetic.py:exact",
        "carbon/footprint/rounding.py:rounded",
        "carbon/operations/spreads.py:of_rows",
        "carbon/systems/reading.py:_process",
        "carbon/systems/sharing.py:divided",
        "carbon/systems/solving.py:",
        "carbon/systems/solving.py:_Column.exchanges",
        "carbon/systems/chain.py:decimal",
        "carbon/systems/solving.py:_demand",
        "carbon/systems/solving.py:_solution",
        "carbon/systems/solving.py:_sums",
        "carbon/uncertainty.py:analytic",
        "schemes/judging.py:_compared",
        "schemes/judging.py:asked_least",
        "schemes/judging.py:_held",
        "schemes/judging.py:_outcome",
        "schemes/judging.py:figure_of",
        "schemes/asking.py:_held",
        "schemes/asking.py:_number",
        "certification/laboratory/operations/readings.py:judge",
        "schemes/stated.py:_within",
        "schemes/readings.py:combined",
        "schemes/readings.py:_middle",
        "schemes/readings.py:_kept",
        "catalog/queries/overview.py:Peers.rank",
        "catalog/queries/overview.py:Peers.strip",
        "catalog/queries/overview.py:overview",
        "catalog/projection.py:_facts",
        "catalog/queries/ranges.py:_lying",
        "catalog/search/ask.py:_carbon",
        "catalog/search/index.py:document",
        "core/charts/",
    ],
    "a choice of its own, checked against its list": ["catalog/views.py:products"],
    "JSON and XML have a grammar of their own; what is no number in it refuses the whole": [
        "core/api.py:_finite",
        "core/opened/",
    ],
    "a workbook holds what a double can": ["certification/workbooks/exchange/write.py:_number"],
}  # fmt: skip


def read_elsewhere(root: Path) -> list[tuple[str, str]]:
    """(`file:function` it stands in, line) of all that makes a value of a text."""
    found = []
    for path, tree in python(root, *OFFICES, "config.py", "app.py"):
        waiting = [(tree, "")]
        while waiting:
            node, within = waiting.pop()
            if reads(node):
                found.append((f"{path}:{within}", f"{path}:{node.lineno}"))
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                within = f"{within}.{node.name}".strip(".")
            waiting += [(child, within) for child in ast.iter_child_nodes(node)]
    return found


def reads(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] == "wtforms" and any(
            alias.name in BOXES for alias in node.names
        )
    if isinstance(node, ast.Attribute):
        return getattr(node.value, "id", "") == "click" and node.attr in KINDS_OF_CLICK
    if not isinstance(node, ast.Call):
        return False
    name = _name(node.func)
    if name in READING:
        return any(may_be_text(given) for given in node.args)
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return name not in NO_READING and any(getattr(each, "id", "") in READING for each in given)


def may_be_text(given: ast.expr) -> bool:
    computed = isinstance(given, ast.BinOp) and not isinstance(given.op, ast.Add)
    number = isinstance(given, ast.Call) and _name(given.func) in NUMBERS
    return not (computed or number or isinstance(given, ast.Constant | ast.JoinedStr))


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def allowed(where: str) -> list[str]:
    """The places of the table it stands in."""
    return [
        place
        for places in ALLOWED.values()
        for place in places
        if where == place or (place.endswith("/") and where.startswith(place))
    ]


def shapes_that_read(root: Path) -> list[str]:
    """Members of pydantic's models whose values pydantic would read in its own way; core.api has kinds for
    them.  What is answered is read by nobody here."""
    trees = list(python(root, *OFFICES))
    answered = kinds_of_answered([tree for _path, tree in trees])
    return [
        f"{path}:{node.lineno}"
        for path, tree in trees
        if path.as_posix() != "core/api.py" and imports_pydantic(tree)
        for node in members_read(tree, answered)
        if any(getattr(part, "id", "") in OF_A_SHAPE for part in ast.walk(node.annotation))
    ]


def kinds_of_answered(trees: list[ast.Module]) -> set[str]:
    """`Answered` and the names of all that is made of it, in whatever file."""
    answered, before = {"Answered"}, set()
    while answered != before:
        before = set(answered)
        answered |= {node.name for tree in trees for node in tree.body if is_one_of(node, answered)}
    return answered


def is_one_of(node: ast.stmt, names: set[str]) -> bool:
    return isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in names for base in node.bases)


def members_read(tree: ast.Module, answered: set[str]) -> list[ast.AnnAssign]:
    """Every member that is declared, but those of what is answered."""
    inside = [part for node in tree.body if not is_one_of(node, answered) for part in ast.walk(node)]
    return [part for part in inside if isinstance(part, ast.AnnAssign)]


def imports_pydantic(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == "pydantic" for node in tree.body)


@pytest.fixture(scope="module")
def of_the_house():
    return read_elsewhere(ROOT)


def test_only_readers_make_values_of_what_comes_from_outside(of_the_house):
    assert [line for where, line in of_the_house if not allowed(where)] == []


def test_the_shapes_of_json_are_read_by_the_readers():
    assert shapes_that_read(ROOT) == []


def test_every_exception_is_still_needed(of_the_house):
    used = {place for where, _line in of_the_house for place in allowed(where)}
    assert {place for places in ALLOWED.values() for place in places} - used == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def due(text):\n    return date.fromisoformat(text)", ["catalog/views.py:due"]),
        ("def due(text):\n    return datetime.strptime(text, '%Y')", ["catalog/views.py:due"]),
        ("class A:\n    def b(self, c):\n        return Decimal(c)", ["catalog/views.py:A.b"]),
        ("x = int(request.form['id'])", ["catalog/views.py:"]),
        ("x = request.form.get('id', 0, int)", ["catalog/views.py:"]),
        ("x = SelectField('', coerce=int)", ["catalog/views.py:"]),
        ("x = map(float, cells)", ["catalog/views.py:"]),
        ("x = click.option('--n', type=click.IntRange(min=1))", ["catalog/views.py:"]),
        ("x = click.DateTime(['%Y'])", ["catalog/views.py:"]),
        ("from wtforms.fields import DateField, RadioField", ["catalog/views.py:"]),
        ("from wtforms import RadioField", []),
        ("x = Decimal('0.5') + Decimal(f'{y:.2f}') + int(len(z))", []),
        ("x = int(length / 3)", []),
        ("x = isinstance(y, int)", []),
        ("x: int = numbers.whole(y)", []),
    ],
)  # fmt: skip
def test_the_check_finds_what_it_looks_for(tmp_path, text, found):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/views.py").write_text(text)
    assert [where for where, _line in read_elsewhere(tmp_path)] == found


def test_the_check_of_shapes_finds_a_day_that_pydantic_reads(tmp_path):
    (tmp_path / "catalog").mkdir()
    text = "from pydantic import BaseModel\nclass A(BaseModel):\n    on: date | None = None\n    to: Day\n"
    text += "class B(Answered):\n    on: date\nclass C(B):\n    to: date\n"
    (tmp_path / "catalog/api.py").write_text(text)
    assert shapes_that_read(tmp_path) == ["catalog/api.py:3"]
