"""The suite that runs the suite: a check that fails must be heard in the last line."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture
def suite():
    spec = importlib.util.spec_from_file_location("suite", ROOT / "script/lib/suite.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_long_checks_are_summed_under_their_own_name(suite, monkeypatch, capsys):
    monkeypatch.setattr(suite, "THOROUGH", [check(suite, "walk", "echo 17 passed", suite.passed("walked"))])
    assert suite.main("check") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "CHECK OK: 17 passed walked, 0 min 0 s"


def test_the_quick_checks_are_summed_under_their_own_name(suite, monkeypatch, capsys):
    monkeypatch.setattr(suite, "QUICK", [check(suite, "units", "echo 17 passed", suite.passed("units"))])
    assert suite.main("quick") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "QUICK OK: 17 passed units, 0 min 0 s"


def test_a_suite_that_does_not_exist_is_not_well(suite, capsys):
    assert suite.main("quik") == 2
    assert "There is no quik; there is test, quick, check" in capsys.readouterr().err


def check(suite, name: str, script: str, read=None) -> object:
    return suite.Check(name, [shutil.which("sh"), "-c", script], *([read] if read else []))


def test_all_well_is_said_in_one_line_with_the_counts(suite, monkeypatch, capsys):
    checks = [
        check(suite, "tests", "echo 12 passed, 1 deselected in 3s", suite.passed("on sqlite")),
        check(suite, "imports", "echo 'Contracts: 14 kept, 0 broken.'", suite.contracts),
        check(suite, "types", "echo 'Success: no issues found in 95 source files'", suite.typed),
        check(suite, "style", "echo fine"),
    ]
    monkeypatch.setattr(suite, "CHECKS", checks)
    assert suite.main() == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "TEST OK: 12 passed on sqlite, 14 contracts, 95 files typed, 0 min 0 s"


def test_a_failure_is_named_and_the_checks_after_it_still_run(suite, monkeypatch, capsys):
    checks = [
        check(suite, "style", "exit 3"),
        check(suite, "tests", "echo '1 failed, 11 passed in 3s'; exit 1", suite.passed("on sqlite")),
        check(suite, "imports", "kill -9 $$", suite.contracts),
    ]
    monkeypatch.setattr(suite, "CHECKS", checks)
    assert suite.main() == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "TEST FAILED in style, tests, imports: 11 passed on sqlite, 0 contracts, 0 min 0 s"


def test_a_check_beside_the_others_keeps_none_waiting_and_is_heard(suite, monkeypatch, capsys):
    """Each waits for the other: the first until the second has begun, the second until the first is done."""
    first = check(suite, "first", "until [ -e $TEST_RUN/begun ]; do :; done; touch $TEST_RUN/done; exit 1")
    second = check(suite, "second", "touch $TEST_RUN/begun; until [ -e $TEST_RUN/done ]; do :; done")
    monkeypatch.setattr(suite, "CHECKS", [first._replace(beside="it"), second])
    monkeypatch.setattr(suite, "PATIENCE_S", 30)
    assert suite.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "TEST FAILED in first: 0 min 0 s"


def test_checks_beside_by_one_name_run_one_after_the_other_and_all_are_heard(suite, monkeypatch, capsys):
    first = check(suite, "first", "until [ -e $TEST_RUN/begun ]; do :; done; touch $TEST_RUN/done; exit 1")
    second = check(suite, "second", "test -e $TEST_RUN/done")
    third = check(suite, "third", "touch $TEST_RUN/begun")
    checks = [first._replace(beside="them"), second._replace(beside="them"), third]
    monkeypatch.setattr(suite, "CHECKS", checks)
    assert suite.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "TEST FAILED in first: 0 min 0 s"


def test_what_one_process_of_a_check_has_compiled_the_next_finds(suite, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    compiling = check(suite, "tests", "echo ${PYTHONDONTWRITEBYTECODE:-0} passed", suite.passed("kept"))
    assert suite.run(compiling) == (True, "0 passed kept")


def test_a_check_that_hangs_is_ended(suite, monkeypatch):
    monkeypatch.setattr(suite, "PATIENCE_S", 0.1)
    assert suite.run(check(suite, "tests", "exec sleep 60"))[0] is False


def test_a_run_without_a_single_test_is_not_well(suite, monkeypatch, tmp_path):
    """Pytest itself ends with an error when nothing was collected; the suite must not hide it."""
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    assert suite.run(suite.Check("tests", suite.pytest("-m", "browser")))[0] is False


def test_the_checks_of_a_run_share_a_folder_that_is_gone_after_it(suite, monkeypatch, capsys):
    checks = [
        check(suite, "first", "echo made >$TEST_RUN/made"),
        check(suite, "second", "cat $TEST_RUN/made && echo $TEST_RUN"),
    ]
    monkeypatch.setattr(suite, "CHECKS", checks)
    assert suite.main() == 0
    *_, made, folder, _empty, _last = capsys.readouterr().out.splitlines()
    assert made == "made"
    assert not Path(folder).exists()


def test_the_two_runs_in_the_browser_leave_no_file_out(suite):
    """What goes with the screens is in the one run and not in the other."""
    screens, rest = (check.command for check in suite.CHECKS if "browser" in check.command)
    assert [walk for walk in suite.LONGEST if not (ROOT / walk).is_file()] == []
    assert screens[screens.index("browser") + 1 :] == ["tests/walk", *suite.LONGEST]
    ignored = [f"--ignore={walk}" for walk in suite.LONGEST]
    assert rest[rest.index("browser") + 1 :] == ["tests/browser", *ignored]
