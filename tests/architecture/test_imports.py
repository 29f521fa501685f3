"""The contracts of pyproject.toml hold, and each can be broken: one fault at a time in a sound tree."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import DESKS, OFFICES, ROOT

SETTINGS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads(SETTINGS)["tool"]["importlinter"]["contracts"]

# By the contract's id: where somebody writes which import.
FAULTS = {
    "floors": ("carbon/queries.py", "from catalog import queries"),
    "roof": ("core/db.py", "import config"),
    "pure": ("procurement/rules.py", "from core import db"),  # which knows SQLAlchemy
    "doors": ("catalog/views.py", "from sqlalchemy import select"),
    "rooms": ("catalog/operations.py", "from catalog import forms"),
    "desks": ("certification/application/queries.py", "from certification.acts import models"),
    "steps": ("procurement/operations.py", "from procurement.steps import TABLE"),
    "accounts": ("carbon/api.py", "from accounts.forms import SignIn"),
    "carbon": ("certification/application/queries.py", "from carbon.models import Factor"),
    "registers": ("catalog/queries.py", "from schemes.models import SchemeVersion"),
    "certification": ("catalog/operations.py", "from certification.certificate.models import Certificate"),
    "catalog": ("procurement/operations.py", "from catalog import models"),
    "procurement": ("oversight/queries.py", "from procurement import models"),
}


def named_modules() -> set[str]:
    """Every module a contract names; a star stands for each office, inside certification for each desk."""
    found = {"core.db"} | {f"{office}.{room}" for office in OFFICES for room in ("queries", "operations")}
    for contract in CONTRACTS:
        for key in ("source_modules", "forbidden_modules", "protected_modules", "allowed_importers"):
            for name in contract.get(key, []):
                starred = DESKS if name.startswith("certification.") else OFFICES
                found |= {name.replace("*", each) for each in starred}
    return {name for name in found if name.split(".")[0] in OFFICES and "." in name}


def layers_of(contract_id: str) -> list[str]:
    [found] = [contract for contract in CONTRACTS if contract["id"] == contract_id]
    return found["layers"]


@pytest.fixture
def house(plant):
    """A tree with every room the contracts name, each empty but for core.db."""
    for office in OFFICES:
        plant(f"{office}/__init__.py")
    for name in named_modules():
        path = Path(*name.split("."))
        plant(f"{path}.py")
        plant(f"{path.parent}/__init__.py")
    for name in re.findall(r"certification\.\w+", " ".join(layers_of("desks"))):
        plant(f"{name.replace('.', '/')}/__init__.py")
    plant("core/db.py", "import sqlalchemy")
    return plant("pyproject.toml", SETTINGS)


def broken(root: Path, *contracts: str) -> list[str]:
    """The names of the contracts that do not hold there."""
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *chosen],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "300"},
        capture_output=True,
        text=True,
    )
    assert "Contracts: " in result.stdout, result.stdout + result.stderr
    return re.findall(r"^(.+) BROKEN", result.stdout, re.MULTILINE)


def test_the_contracts_hold():
    assert broken(ROOT) == []


def test_a_tree_without_a_fault_breaks_none(house):
    assert broken(house) == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_each_contract_can_be_broken(house, plant, contract):
    plant(*FAULTS[contract["id"]])
    assert broken(house, contract["id"]) == [contract["name"]]
