"""No list is cut without a word: what is limited is paged and counted, or stands here with its reason."""

import ast
import re

import pytest

from tests.architecture import tree
from tests.architecture.tree import ROOT

OFFICES = tuple(office for office in tree.OFFICES if office != "demo")

# file and function -> why it takes no more than so many
LIMITED = {
    ("core/web.py", "paginate"): "the page itself",
    ("carbon/queries.py", "totals"): "the newest like products, whose median and spread are asked for",
    ("certification/workbench/queries/applicant.py", "tasks"): "a page, counted beside it",
    ("certification/workbench/queries/lists.py", "found"): "a page, counted beside it",
    ("certification/workbench/queries/lists.py", "_on_page"): "a page, counted beside it",
    ("certification/workbench/queries/lists.py", "_grouped"): "clients named in a filter; a search finds any",
    ("catalog/queries/overview.py", "latest_acts"): "the newest few on the home page, said to be the newest",
    ("catalog/queries/products.py", "certified_by_parts"): "read in batches until nothing is left",
    (
        "procurement/queries.py",
        "volume_lines",
    ): "the lines of one volume, of which there are as many as it takes",
    ("procurement/queries.py", "line_parts"): "read in batches until nothing is left",
    ("procurement/queries.py", "line_rows"): "read in batches until nothing is left",
    ("catalog/search/index.py", "_changed"): "read in batches until nothing is left",
    ("certification/conversion/queries.py", "next_in_force"): "read in batches until nothing is left",
    ("certification/conversion/queries.py", "standing_under"): "read in batches until nothing is left",
    ("procurement/shortlists/queries.py", "open_ones"): "those written last; any other has its own page",
    ("schemes/drafts/queries.py", "beside"): "beside a change; every comment stands in the list beneath",
    ("certification/conversion/queries.py", "_due"): "whether it is one alone, counted beside it",
    ("certification/conversion/queries.py", "decided"): "the last so many decided cases, said on the page",
    (
        "certification/workbooks/queries.py",
        "sources",
    ): "the newest of the applicant's cases, offered as a start",
    (
        "certification/certificate/queries/supervision.py",
        "latest_certificates",
    ): "the newest few, said to be the newest",
    (
        "certification/certificate/queries/supervision.py",
        "latest_acts",
    ): "the newest few, said to be the newest",
}

# Templates that show the first of something and say beside it how many there are.
SAID = {
    "templates/certification/application/system/edit.html",
    "templates/certification/clocks/calendar.html",
    "templates/procurement/check_again.html",
    "templates/procurement/load_categories.html",
    "templates/registers/index.html",
    "templates/certification/workbooks/result.html",
}
CUT = re.compile(r"for [^%]+ in [\w.]+\[:(\d+)\]")
ONE_SHOWN = "1"  # the first of a few is a choice, not a list


def limited(source: str) -> list[str]:
    """The functions of a module that ask the database for more than one row and no more than so many."""
    return [
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "limit"
        and not (isinstance(call.args[0], ast.Constant) and call.args[0].value == 1)
    ]


def cuts(template: str) -> list[str]:
    return [most for most in CUT.findall(template) if most != ONE_SHOWN]


def test_nothing_is_limited_but_pages_and_what_has_a_reason():
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for office in OFFICES
        for path in sorted((ROOT / office).rglob("*.py"))
        for name in limited(path.read_text(encoding="utf-8"))
    }
    assert found == set(LIMITED)


def test_no_template_cuts_a_list_without_saying_so():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if cuts(path.read_text(encoding="utf-8"))
    }
    assert found == SAID


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def waiting(limit=200):\n    return query.limit(limit)\n", ["waiting"]),
        ("def waiting():\n    return query.limit(200)\n", ["waiting"]),
        ("def newest():\n    return query.limit(1)\n", []),
    ],
)
def test_a_limit_is_seen(source, names):
    assert limited(source) == names


@pytest.mark.parametrize(
    ("template", "most"),
    [
        ("{% for strike in strikes[:100] %}", ["100"]),
        ("{% for seat in user.open_memberships[:1] %}", []),
        ("{{ digest[:8] }}", []),
    ],
)
def test_a_cut_is_seen(template, most):
    assert cuts(template) == most
