import json
import subprocess
import sys

import pytest

from bench.figure import Figure
from bench.run import AREAS, main, run
from tests.architecture.tree import ROOT


def test_figures_are_printed_and_kept(tmp_path, capsys):
    run("pdf", [Figure("pdf.a_ms", 300, "ms", 200), Figure("pdf.b_mb", 1.25, "MB")], tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "pdf.a_ms = 300 ms  (peer 200, ratio 1.5)",
        "pdf.b_mb = 1.25 MB",
    ]
    assert json.loads((tmp_path / "pdf.json").read_text()) == [
        {"figure": "pdf.a_ms", "value": 300, "unit": "ms", "peer": 200, "ratio": 1.5},
        {"figure": "pdf.b_mb", "value": 1.25, "unit": "MB", "peer": None, "ratio": None},
    ]


def test_what_was_measured_before_a_fault_is_not_kept_as_if_it_were_all(tmp_path):
    def figures():
        yield Figure("pdf.a_ms", 300, "ms")
        raise RuntimeError("the browser died")

    with pytest.raises(RuntimeError):
        run("pdf", figures(), tmp_path)
    assert not (tmp_path / "pdf.json").exists()


def test_an_unknown_area_is_refused(capsys):
    assert main(["poetry"]) == 2
    assert "no such area: poetry" in capsys.readouterr().err


@pytest.mark.parametrize("area", AREAS)
def test_an_area_is_measured_alone(area):
    """Nothing that another area has loaded may be missing, nor a table that another knows by its name."""
    asked = f"import bench.{area}; from sqlalchemy.orm import configure_mappers; configure_mappers()"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
