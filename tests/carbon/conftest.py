"""A library of the few factors most tests use, and the large public set where it is."""

import io

import pytest

from carbon import factors, operations
from config import ROOT

PUBLIC_SET = ROOT.parent / "shared" / "data" / "emission_factors.csv"
CODES = (
    "ELECFP-CN-2024",
    "ELECFP-coal-2024",
    "GRID-Jiangsu-2023",
    "CN-ENT-natgas-NCV",
    "PROC-lime-IPCC-highCa",
)


@pytest.fixture
def library(db):
    """A handful of the factors the project ships; the whole file takes a third of a second."""
    header, *lines = factors.SHIPPED.read_text(encoding="utf-8").splitlines()
    few = [line for line in lines if line.startswith(CODES)]
    operations.import_factors(io.BytesIO("\n".join([header, *few]).encode()))
    assert len(few) == len(CODES)


@pytest.fixture
def public_set():
    """The large set of factors, which lies beside the project and is no part of it."""
    return PUBLIC_SET


def pytest_collection_modifyitems(config, items):
    """In a clone that stands alone nobody can try the importer on the set: it says so, and runs the rest."""
    if not PUBLIC_SET.exists():
        needing = [item for item in items if "public_set" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter):
    if not PUBLIC_SET.exists():
        terminalreporter.write_line(f"not tried, because it is not there: the importer on {PUBLIC_SET.name}")
