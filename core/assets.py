"""What pages are dressed with: files at addresses that change with their content, filters, globals.

`asset("css/tanbiao.css")` names the digest of the file, so a browser may keep it for a year.
Drawn files come from code; third-party files lie in their package, which is never imported
(it would bring its own framework with it).
"""

import gzip
import mimetypes
import re
from collections.abc import MutableMapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, Response, current_app, request, url_for
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from jinja2.filters import do_filesizeformat
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join
from wtforms import Field, Form

from core import asked, brand, charts, icons
from core.clock import SHANGHAI, is_set, now, today
from core.i18n import _, language
from core.words import explain, say, unit_text, word

DRAWN = {"icons.svg": icons.sprite, "mark.svg": brand.mark}
THIRD_PARTY = {"htmx.js": ("django_htmx", "static/django_htmx/htmx-2.min.js")}

HASHED = re.compile(r"(?P<stem>.+)\.(?P<digest>[0-9a-f]{12})(?P<suffix>\.\w+)")
CODE = re.compile(r"(?<![\w\"/=.-])([A-Z][A-Za-z0-9·]*(?:-[A-Za-z0-9]+)+)")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
YEAR = 365 * 24 * 3600
KILO = 1000
LOOKS = {"theme": ("light", "dark"), "text": ("large",), "keys": ("off",)}


Globals = MutableMapping[str, Any]  # Jinja asks for no more


class Templates(Environment):
    """All share the same globals: then Jinja need not compare theirs, name by name, at each import.

    What indents a line of HTML is for who reads the template, and parts it from the line before by one space.
    """

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        source = super().preprocess(source, name, filename)
        return INDENT.sub(" ", source) if name and name.endswith(".html") else source

    def make_globals(self, own: Globals | None) -> Globals:
        return super().make_globals(own) if own else self.globals


class Site(Flask):
    jinja_environment = Templates


def init_app(app: Flask) -> None:
    # The same endpoint as Flask's own, so that `url_for("static", …)` and the open door stay as they are.
    app.view_functions["static"] = serve
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        nb=nb, num=charts.num, stated=charts.stated, date_cn=date_cn, local=local, unit=unit_text
    )
    app.jinja_env.filters["filesizeformat"] = file_size  # Jinja's own counts in English words
    app.jinja_env.globals.update(
        asked=asked,
        asset=asset,
        category_art=category_art,
        charts=charts,
        clock_is_set=is_set,
        explain=explain,
        form_errors=form_errors,
        in_language=in_language,
        language=language,
        look=look,
        now=now,
        say=say,
        today=today,
        word=word,
    )


# Files


class File(NamedTuple):
    body: bytes
    packed: bytes
    digest: str


def asset(name: str) -> str:
    """The address of a static file, with the digest of its content in the name; "" when there is none."""
    file = find(name)
    if file is None:
        return ""
    stem, dot, suffix = name.rpartition(".")
    return url_for("static", filename=f"{stem}.{file.digest}{dot}{suffix}")


def serve(filename: str) -> ResponseReturnValue:
    """A file under its plain name, or under the name with its digest: that one never changes."""
    hashed = HASHED.fullmatch(filename)
    name = hashed["stem"] + hashed["suffix"] if hashed else filename
    file = find(name)
    if file is None:
        raise NotFound
    packed = "gzip" in request.accept_encodings  # type: ignore[comparison-overlap]  # it answers for values alone
    response = _packed(file) if packed else Response(file.body)
    response.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response.vary.add("Accept-Encoding")
    response.set_etag(file.digest)
    if hashed and hashed["digest"] == file.digest:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response.make_conditional(request)


def _packed(file: File) -> Response:
    response = Response(file.packed)
    response.content_encoding = "gzip"
    return response


def find(name: str) -> File | None:
    if name in DRAWN:
        return _drawn(name)
    path = _third_party(name) if name in THIRD_PARTY else safe_join(str(current_app.static_folder), name)
    if path is None or not Path(path).is_file():
        return None
    return _read(path, Path(path).stat().st_mtime_ns)


@cache
def _drawn(name: str) -> File:
    return _file(DRAWN[name]().encode())


@cache
def _third_party(name: str) -> str | None:
    """Where the package lies; found without importing it."""
    package, path = THIRD_PARTY[name]
    spec = find_spec(package)
    return str(Path(spec.origin).parent / path) if spec and spec.origin else None


@lru_cache(maxsize=200)
def _read(path: str, _modified: int) -> File:
    return _file(Path(path).read_bytes())


def _file(body: bytes) -> File:
    return File(body, gzip.compress(body, 9, mtime=0), sha256(body).hexdigest()[:12])


# Filters and globals


def nb(value: object) -> Markup:
    """Certificate and model codes stay on one line."""
    return Markup(CODE.sub(r'<span class="nw">\1</span>', str(escape(value))))


def date_cn(day: date | datetime | None) -> str:
    """2026 年 9 月 18 日, or 18 September 2026; a moment is first brought to Shanghai."""
    if day is None:
        return "—"
    day = _shanghai(day)
    if language() == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def local(moment: datetime | None, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """A stored moment as the clock in Shanghai showed it."""
    return "—" if moment is None else format(_shanghai(moment), pattern)


def _shanghai(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    return (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone(SHANGHAI)


def file_size(size: int) -> str:
    """As people say it: 618 字节, 1.2 kB."""
    return _("%(n)s 字节", n=size) if size < KILO else do_filesizeformat(size)


def category_art(category: str) -> Markup:
    return Markup(icons.category_art(category))


def form_errors(form: Form) -> list[tuple[str, str, str]]:
    """(id of the field, its label, the sentence) of every error, the rows of a list included."""
    found = [("", "", explain(error)) for error in form.form_errors]
    for field in form:
        found += _field_errors(field)
    return found


def _field_errors(field: Field) -> list[tuple[str, str, str]]:
    inner = [*getattr(field, "entries", ()), *getattr(field, "form", ())]
    errors: Any = field.errors  # of a list they are lists, of a form in a form a dict
    own = [] if isinstance(errors, dict) else [text for text in errors if not isinstance(text, list | dict)]
    found = [(field.id, str(field.label.text), explain(text)) for text in own]
    return found + [error for part in inner for error in _field_errors(part)]


def look() -> dict[str, str]:
    """What the reader chose with the switches of the header, kept in cookies so that pages come right."""
    return {
        name: chosen for name, allowed in LOOKS.items() if (chosen := request.cookies.get(name)) in allowed
    }


def in_language(code: str) -> str:
    """The switch to another language, which comes back to this page."""
    rest = asked.all_but("lang")
    query = f"?{urlencode(rest)}" if rest else ""
    return url_for("accounts.switch_language", code=code, next=f"{request.script_root}{request.path}{query}")
