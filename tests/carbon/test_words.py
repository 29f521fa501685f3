"""Every slug of this office has its word."""

import ast
import re
from pathlib import Path

import pytest

import carbon
from carbon.checks import CHECKS
from carbon.factors import CATEGORIES, COUNTRIES, GRIDS
from carbon.footprint import GASES, SETS, STAGES
from carbon.footprint.apart import THEREOF
from carbon.footprint.gases import APART
from carbon.models import BOUNDARIES, CONFIDENCES, QUALITIES
from carbon.records import KINDS, every_field
from carbon.records.conditions import KELVIN
from carbon.records.fuel import KINDS as FUELS
from carbon.records.grounds import METHODS
from carbon.words import REFUSALS, WARNINGS, WORDS
from core.words import WORDS as COMMON

FOLDER = Path(carbon.__file__).parent
RAISING = {"Invalid", "NotFound", "NotPermitted", "OutOfOrder", "_wrong", "wrong"}
# Slugs that reach Invalid in a variable: chosen(value, known, slug), a complaint noted without raising.
HANDED_ON = {
    "boundary-unknown",
    "gwp-unknown",
    "quality-unknown",
    "stage-unknown",
    "period-backwards",
    "kind-unknown",
    "system-singular",
    "system-not-productive",
}


def spoken_in(path: Path) -> tuple[set[str], set[str]]:
    """(refusals, cautions): the slugs that stand first in what is raised, and in what is yielded."""
    refusals, cautions = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "id", "")
        if name in RAISING:
            refusals |= text(node.args[0])
        elif name == "Caution":
            cautions |= text(node.args[0])
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            first, second = node.value.elts[:2]
            refusals |= text(second) if path.name == "reading.py" else set()
            cautions |= text(first) if path.name == "arithmetic.py" else set()
    return refusals, cautions


def written_in(path: Path) -> set[str]:
    """Whatever a record says by a slug: it hands them on in tables of faults and doubts."""
    slugs = {slug for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for slug in text(node)}
    return {
        slug for slug in slugs if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", slug) and not slug.endswith("-unit")
    }


def text(node: ast.AST) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


@pytest.fixture(scope="module")
def spoken() -> tuple[set[str], set[str]]:
    found = [spoken_in(path) for path in FOLDER.rglob("*.py")]
    refusals, cautions = (set().union(*kind) for kind in zip(*found, strict=True))
    stated = set().union(*map(written_in, (FOLDER / "records").glob("*.py")))
    assert {
        slug for slug in stated if not {f"refusal.{slug}", f"warning.{slug}"} & {*WORDS, *COMMON}
    } == set()
    return refusals | (stated & set(REFUSALS)), cautions | (stated & set(WARNINGS))


def test_every_refusal_has_a_sentence_and_every_sentence_is_used(spoken):
    refusals = spoken[0] | HANDED_ON
    assert {slug for slug in refusals if f"refusal.{slug}" not in WORDS | COMMON} == set()
    assert set(REFUSALS) - refusals == set()


def test_every_caution_has_a_sentence_and_every_sentence_is_used(spoken):
    found = {slug for slug, check in CHECKS.items() if check.find}
    assert spoken[1] | found == set(WARNINGS)


@pytest.mark.parametrize(
    ("kind", "slugs"),
    [
        ("stage", STAGES),
        ("boundary", BOUNDARIES),
        ("quality", QUALITIES),
        ("confidence", (*CONFIDENCES, "declared")),
        ("gwp", SETS),
        ("gas", GASES),
        ("apart", (*APART, *THEREOF)),
        ("category", CATEGORIES),
        ("record", KINDS),
        ("quantity", [each.name for each in every_field()]),
        ("removed_by", METHODS),
        ("gas_condition", KELVIN),
        ("fuel_type", FUELS),
        ("area", [region for region in (*COUNTRIES.values(), *GRIDS.values()) if not region.isdecimal()]),
    ],
)
def test_every_stored_slug_has_a_word(kind, slugs):
    assert [slug for slug in slugs if f"{kind}.{slug}" not in WORDS] == []
