"""Every check, one after the other, whatever the one before said; then one line with the sum of it.

`suite.py` runs what each change must pass, `suite.py quick` what of it asks no database, `suite.py check`
what takes too long for that and is run before an issue is closed.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Timer
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PATIENCE_S = 1800  # a check that takes longer hangs

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # each of the many processes would compile the house for itself

Reader = Callable[[str], str]


class Check(NamedTuple):
    """`read` makes the check's words in the last line out of what it printed; "" keeps it out of it.

    The checks after one that runs `beside` them do not wait for it; those beside by one name run one after
    the other.
    """

    name: str
    command: list[str]
    read: Reader = lambda _printed: ""
    patience_s: int | None = None  # PATIENCE_S unless said otherwise
    beside: str = ""


def passed(where: str) -> Reader:
    def read(printed: str) -> str:
        counts = re.findall(r"\b(\d+) passed", printed)
        return f"{counts[-1] if counts else 0} passed {where}"

    return read


def contracts(printed: str) -> str:
    found = re.search(r"Contracts: (\d+) kept", printed)
    return f"{found[1] if found else 0} contracts"


def typed(printed: str) -> str:
    found = re.search(r"no issues found in (\d+) source files", printed)
    return f"{found[1] if found else 0} files typed"


def killed(printed: str) -> str:
    found = re.search(r"(\d+ of \d+) killed", printed)
    return f"{found[1] if found else 0} mutations killed"


def pytest(*arguments: str) -> list[str]:
    return ["pytest", "--quiet", "--durations=12", *arguments]


STYLE = [
    Check("ruff check", ["ruff", "check", "--output-format", "concise", "."]),
    Check("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    Check("templates", ["djlint", "templates", "--lint", "--quiet"]),
    Check("imports", ["lint-imports", "--no-logo"], contracts),
    Check("types", ["mypy"], typed),
    Check("translations", ["python", "script/lib/translations.py", "check"]),
]
# What starts servers or runs of tests, or waits for locks, is no unit, though it asks no database.
NO_UNITS = ("architecture/test_promises.py", "bench", "browser", "demo", "faults", "script", "walk")
SLOW = [f"--ignore=tests/{place}" for place in NO_UNITS]
QUICK = [
    *STYLE,
    Check("law, architecture and units", pytest("-n", "2", "-m", "unit", *SLOW), passed("units")),
]
LONGEST = [
    "tests/browser/test_cement_plant.py",
    "tests/browser/test_process_system.py",
    "tests/browser/test_walk.py",
]
# Whoever needs the demonstration before it is made waits at its lock.
MADE_ONCE = Check("the demonstration", ["python", "-m", "tests.support.demonstration"], beside="all")
# No core stands still: what uses one of them goes beside something else.
CHECKS = [
    MADE_ONCE,
    *(check._replace(beside="style") for check in STYLE),
    Check("tests on SQLite", pytest("-n", "2", "-m", "not browser"), passed("on sqlite")),
    Check(
        "tests on PostgreSQL",
        pytest("-n", "2", "-m", "engines and not browser", "--database", "postgresql"),
        passed("on postgresql"),
    ),
    # Each has an installation of its own, and walks its files in their order.  The longest walks go with the
    # screens, so that both end at about the same time.
    Check(
        "pages on their screens, and the longest walks in the browser",
        pytest("-m", "browser", "tests/walk", *LONGEST),
        passed("on screens"),
        beside="screens",
    ),
    Check(
        "tests in the browser",
        pytest("-m", "browser", "tests/browser", *(f"--ignore={walk}" for walk in LONGEST)),
        passed("in the browser"),
    ),
]

HOURS_S = 3 * 60 * 60
THOROUGH = [
    Check(
        f"the walk of every page on {name}",
        pytest("-n", "2", "-m", "not browser", "--walk", "full", "--database", database, "tests/walk"),
        passed(f"of the full walk on {database}"),
        HOURS_S,
    )
    for name, database in (("SQLite", "sqlite"), ("PostgreSQL", "postgresql"))
]
THOROUGH += [
    Check(
        "what may differ on PostgreSQL, with every walk",
        pytest(
            *("-n", "2", "-m", "engines and not browser", "--walk", "full"),
            *("--database", "postgresql", "--ignore=tests/walk"),
        ),
        passed("on postgresql"),
        HOURS_S,
    ),
    Check(
        "every type of page in Chromium on four screens",
        pytest("-m", "browser", "--walk", "full", "tests/walk"),
        passed("of the pages in Chromium"),
        HOURS_S,
    ),
    Check(
        "pages before outside checkers",
        pytest("tests/walk/outside/check_pages.py"),
        passed("of the Nu checker and Equal Access"),
    ),
    Check("promises broken on purpose", ["python", "-m", "script.lib.mutate"], killed, HOURS_S),
]
SUITES = {"test": lambda: CHECKS, "quick": lambda: QUICK, "check": lambda: THOROUGH}


def run(check: Check, **environment: str) -> tuple[bool, str]:
    """Show what the check prints while it runs; return whether it went well, and its words."""
    print(f"\n── {check.name}", flush=True)
    printed = []
    inherited = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    with subprocess.Popen(
        [BIN / check.command[0], *check.command[1:]],
        cwd=ROOT,
        env={**inherited, **environment, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        impatience = Timer(check.patience_s or PATIENCE_S, process.kill)
        impatience.start()
        for line in process.stdout:
            print(line, end="", flush=True)
            printed.append(line)
        impatience.cancel()
    return process.returncode == 0, check.read("".join(printed))


def run_all(checks: list[Check], **environment: str) -> list[tuple[bool, str]]:
    """What `run` says of each, in the order of the checks."""
    with ExitStack() as lanes:
        names = {check.beside for check in checks}
        threads = {name: lanes.enter_context(ThreadPoolExecutor(1)) for name in names}
        running = []
        for check in checks:
            running.append(threads[check.beside].submit(run, check, **environment))
            if not check.beside:
                running[-1].result()
        return [each.result() for each in running]


def main(suite: str = "test") -> int:
    if suite not in SUITES:
        print(f"There is no {suite}; there is {', '.join(SUITES)}", file=sys.stderr)
        return 2
    begun = time.monotonic()
    checks = SUITES[suite]()
    with tempfile.TemporaryDirectory(prefix="tanbiao-run-") as folder:
        outcomes = run_all(checks, TEST_RUN=folder)  # what the tests of one check made, the next ones use
    failed = [check.name for check, (well, _said) in zip(checks, outcomes, strict=True) if not well]
    words = [said for _well, said in outcomes if said]
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    words.append(f"{minutes} min {seconds} s")
    print(f"\n{suite.upper()} {'FAILED in ' + ', '.join(failed) if failed else 'OK'}: {', '.join(words)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
