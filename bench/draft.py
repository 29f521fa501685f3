"""Fifty applicants save their drafts at once, beside two bare applications under the same server.

The bare application has our libraries and none of our rules (bench/stack.py); the plainest has Flask and SQL
written by hand, and asks for no token and no version (bench/bare.py).
"""

import re
import statistics
import tempfile
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener, urlopen

import certification.models  # noqa: F401  # the tables know each other by name: all, before any is asked
from bench.crowd import Writer, saves_per_second
from bench.figure import Figure
from bench.house import house
from bench.server import BARE, OURS, STACK, serving, wait_for
from certification.application.operations.applications import create_application

CLIENTS = 50
SLICES, SLICE_S, WARM_S = 5, 2.5, 1
PASSWORD = "draft after draft"
TYPED = {
    "product_name_en": "Polished glazed tile",
    "trademark": "云陶",
    "series": "YT",
    "models-0-code": "YT-6012",
    "models-0-specification": "600 mm x 1200 mm",
    "models-1-code": "YT-8012",
    "models-1-specification": "800 mm x 1200 mm",
    "action": "next",
}


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with house(data) as cast:
            paths = _drafts(cast)
        ours, stack, raw = _alternate(data, paths)
    yield Figure("draft.saves_per_s", round(ours, 1), "1/s", round(stack, 1))
    yield Figure("draft.saves_ratio_bare_app", round(ours / stack, 3), "ratio")
    yield Figure("draft.saves_ratio_plain_sql", round(ours / raw, 3), "ratio")


def _drafts(cast) -> dict[str, str]:
    """A draft for each of fifty applicants: e-mail to the address of its product section."""
    from accounts import operations as accounts
    from accounts.actor import SYSTEM
    from core.db import db
    from schemes.queries import scheme_by_code

    firms = [firm for firm in cast.organisations.values() if firm.kind == "manufacturer"]
    scheme, paths = scheme_by_code("lc-ceramic-tile"), {}
    for number in range(CLIENTS):
        email, firm = f"writer{number}@demo.example", firms[number % len(firms)]
        user = accounts.register_user(SYSTEM, email, f"申请人{number}", PASSWORD)
        accounts.enrol(SYSTEM, user.id, firm.id, ["applicant"])
        db.session.refresh(user)
        case = create_application(user.memberships[0].actor(), scheme, cast.organisations["cb"].id)
        paths[email] = f"/certification/applications/{case.id}/product"
    db.session.commit()
    return paths


def _alternate(data: Path, paths: dict[str, str]) -> list[float]:
    """The median rate of each, all servers up, one of them loaded at a time, in turns."""
    with (
        serving(OURS, data) as (ours, _),
        serving(STACK, data) as (stack, _),
        serving(BARE, data) as (raw, _),
    ):
        for page in (ours + "/healthz", stack + "/", raw + "/"):
            wait_for(page)
        crowds = {
            ours: [_applicant(ours, email, path) for email, path in paths.items()],
            stack: [_stranger(stack, number) for number in range(CLIENTS)],
            raw: [_stranger(raw, number) for number in range(CLIENTS)],
        }
        rates = {address: [] for address in crowds}
        for number in range(SLICES + 1):
            for address, crowd in crowds.items():
                rate = saves_per_second(address, crowd, SLICE_S if number else WARM_S)
                rates[address] += [rate] if number else []
        for address, crowd in crowds.items():
            _nothing_lost(address, crowd)
    return [statistics.median(rate) for rate in rates.values()]


def _applicant(address: str, email: str, path: str) -> Writer:
    """Somebody who signed in with a password and has the form open."""
    browser, jar = _browser()
    token = _hidden(_page(browser, address + "/sign-in"), "csrf_token")
    typed = {"email": email, "password": PASSWORD, "csrf_token": token}
    _page(browser, address + "/sign-in", typed)
    return _writer(path, _page(browser, address + path), jar)


def _stranger(address: str, number: int) -> Writer:
    """Somebody the bare application believes."""
    browser, jar = _browser()
    path = f"/draft/{number}"
    _page(browser, f"{address}/sign-in/{number}", {})
    return _writer(path, _page(browser, address + path), jar)


def _writer(path: str, page: str, jar: CookieJar) -> Writer:
    fields = TYPED | {"csrf_token": _hidden(page, "csrf_token")}
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    return Writer(path, cookies, fields, int(_hidden(page, "version")))


def _nothing_lost(address: str, crowd: list[Writer]) -> None:
    """What each wrote last is what stands there now."""
    for writer in crowd:
        request = Request(address + writer.path, headers={"Cookie": writer.cookie})
        with urlopen(request, timeout=30) as answer:
            page = answer.read().decode()
        if f'"{writer.name}"' not in page:
            raise RuntimeError(f"{writer.path} does not hold {writer.name}")


def _browser() -> tuple[OpenerDirector, CookieJar]:
    jar = CookieJar()
    return build_opener(HTTPCookieProcessor(jar)), jar


def _page(browser: OpenerDirector, address: str, typed: dict[str, str] | None = None) -> str:
    sent = None if typed is None else urlencode(typed).encode()
    with browser.open(address, sent, timeout=30) as answer:
        return answer.read().decode()


def _hidden(page: str, name: str) -> str:
    """The value of a hidden field, whose name may stand before or after its other attributes."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    return re.search(r'value="([^"]*)"', field[0])[1]
