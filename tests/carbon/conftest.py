"""A library of the few factors most tests use, and the large public set where it is."""

import io

import pytest

from carbon import factors, operations

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
def public_set(shared):
    """The large set of factors."""
    return shared / "emission_factors.csv"
