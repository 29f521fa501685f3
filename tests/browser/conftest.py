"""A real browser on the demonstration, started as a keeper starts it; each process of the run has its own."""

import os
import shutil
import socket
import sqlite3
import subprocess
from contextvars import copy_context
from datetime import date
from pathlib import Path

import pytest
from flask import current_app
from playwright.sync_api import Browser, Page

from tests.browser.ears import listen
from tests.browser.people import sign_in
from tests.support import demonstration
from tests.support.databases import leave

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def data_dir(run_folder, tmp_path_factory) -> Path:
    """Where the installation of all browser tests of this process keeps what it has."""
    return shutil.copytree(demonstration.loaded(run_folder), tmp_path_factory.mktemp("site") / "data")


@pytest.fixture(scope="session")
def site(data_dir):
    """The address of a running installation with the demonstration, which this process's tests share."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    leave_undrawn(data_dir)
    log = data_dir / "server.log"
    ours = {"DATA_DIR": str(data_dir), "PORT": port, "DATABASE_URL": "", "TANBIAO_ENV": "demo"}
    with log.open("w") as output:
        process = subprocess.Popen(
            [ROOT / "script/server"], env=os.environ | ours, stdout=output, stderr=output
        )
    address = f"http://127.0.0.1:{port}"
    try:
        while f"Serving at {address}" not in log.read_text(encoding="utf-8"):
            try:
                assert process.wait(timeout=0.2) is None, log.read_text(encoding="utf-8")
            except subprocess.TimeoutExpired:
                continue
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def demo_clock(house):
    """demo_clock(day): from now on it is that day in the installation, until the test ends.

    A keeper gives the command in a process of its own, which reads in the whole house first: five seconds of
    a core each time.  The test itself stays in its own day.
    """

    def set_to(*day: date) -> None:
        command = ["demo", "clock", *(each.isoformat() for each in day)]
        runner = current_app.test_cli_runner()
        done = copy_context().run(runner.invoke, args=command, catch_exceptions=False)
        assert done.exit_code == 0, done.output

    yield set_to
    set_to()


@pytest.fixture
def house(site, data_dir):
    """The running installation from inside: a case can be brought up to the point where people click on."""
    from app import create_app
    from config import Settings

    ours = {"DATA_DIR": str(data_dir), "DATABASE_URL": "", "TANBIAO_ENV": "demo"}
    with create_app(Settings(os.environ | ours)).app_context():
        yield
        leave()


def leave_undrawn(data_dir: Path) -> None:
    """Drawing the hundreds of papers of the demonstration, set back as they are, takes minutes of a core."""
    with sqlite3.connect(data_dir / "tanbiao.db") as database:
        database.execute("DELETE FROM job WHERE set_back")
    database.close()


@pytest.fixture
def open_page(browser: Browser, site: str):
    """open_page(**how): a page of a new visitor; the test fails on any error in the page's console.

    `how` goes to Playwright, such as viewport={"width": 390, "height": 844} or color_scheme="dark".
    `pardoned` is the status of answers the test provokes.
    """
    contexts, heard = [], []

    def new(pardoned: int | None = None, **how) -> Page:
        context = browser.new_context(base_url=site, locale="zh-CN", **how)
        page = context.new_page()
        contexts.append(context)
        heard.append((listen(page), f" {pardoned} "))
        return page

    yield new
    for context in contexts:
        context.close()
    complaints = [error for errors, pardon in heard for error in errors if pardon not in error]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page) -> Page:
    return open_page()


@pytest.fixture
def at(open_page):
    """at("applicant"): the page of this person of the demonstration, who has signed in; one for each test."""
    pages = {}

    def desk(person: str) -> Page:
        if person not in pages:
            pages[person] = open_page()
            sign_in(pages[person], person)
        return pages[person]

    return desk
