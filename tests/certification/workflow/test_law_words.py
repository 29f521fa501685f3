"""Every slug of the law, and every reason for a no, has a word in Chinese and in English."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from accounts.actor import ROLES
from certification import words
from certification.cli import workflow_page
from certification.workflow import MACHINES
from certification.workflow.certificate import CAUSES
from certification.workflow.evaluation import FUNCTIONS
from config import ROOT
from core.words import known

KINDS_OF_NO = {"Refused", "NotFound", "NotPermitted", "OutOfOrder", "Unmet", "Invalid"}
SLUG = re.compile(r"[a-z]+(-[a-z]+)+")


def refusals_raised(path: Path) -> set[str]:
    """The slugs of every refusal that is raised in a file by name, and those it places at fields."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS_OF_NO:
            parts = [part for argument in node.args for part in ast.walk(argument)]
            found |= {p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}
    return {slug for slug in found if SLUG.fullmatch(slug)}


def refusals_of_the_law() -> set[str]:
    """In the tables' own files every text of this shape is the slug of a reason."""
    found = set()
    for path in (ROOT / "certification" / "workflow").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        found |= {text for text in texts if SLUG.fullmatch(text)}
    return found


def english() -> dict[str, str]:
    texts = {}
    for path in (ROOT / "translations" / "parts").glob("*.po"):
        with path.open("rb") as file:
            texts |= {message.id: message.string for message in read_po(file) if message.string}
    return texts


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.kind)
def test_every_state_and_every_step_has_a_word(app, machine):
    keys = {f"{machine.kind}.state.{state}" for state in machine.states}
    keys |= {f"{machine.kind}.step.{name}" for name in machine.steps}
    assert {key for key in keys if not known(key)} == set()


def test_every_role_function_and_cause_has_a_word(app):
    keys = {f"role.{role}" for roles in ROLES.values() for role in roles} | {"role.system"}
    keys |= {f"function.{slug}" for slug in FUNCTIONS}
    keys |= {f"cause.{slug}" for causes in CAUSES.values() for slug in causes}
    assert {key for key in keys if not known(key)} == set()


def test_the_scan_of_the_law_sees_its_slugs():
    assert {"files-missing", "footprint-over-limit", "signature-missing"} <= refusals_of_the_law()


def test_every_reason_of_the_law_has_a_sentence(app):
    assert {slug for slug in refusals_of_the_law() if not known(f"refusal.{slug}")} == set()


@pytest.mark.parametrize(
    "office", ["core", "accounts", "registers", "carbon", "schemes", "certification", "oversight"]
)
def test_every_no_that_is_raised_by_name_has_a_sentence(app, office):
    slugs = {slug for path in (ROOT / office).rglob("*.py") for slug in refusals_raised(path)}
    assert {slug for slug in slugs if not known(f"refusal.{slug}")} == set()


def test_every_word_of_certification_is_translated():
    texts = english()
    sources = {str(entry.text._args[0]) for entry in words.WORDS.values()}
    assert {text for text in sources if text not in texts} == set()


def test_the_picture_of_the_law_is_the_law(app):
    with app.test_request_context("/?lang=zh"):
        assert (ROOT / "docs" / "workflow.md").read_text() == workflow_page()
