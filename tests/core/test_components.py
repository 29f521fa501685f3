"""Every component holds with nothing in it, and the pages made of them are sound HTML in both languages."""

import re

import pytest
from flask import render_template
from wtforms import Form, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from accounts.actor import Actor
from core.assets import asset, date_cn, form_errors, in_language, local, nb
from core.views.pages import PUBLIC_DOORS, WORK_DOORS, work_nav
from core.web import Page
from tests.architecture.tree import ROOT
from tests.support import markup
from tests.support.markup import faults

PAGES = ["/dev/components", "/dev/work", "/dev/home", "/help"]
COMPONENTS = sorted(path.stem for path in (ROOT / "templates/components").glob("*.html"))
PARTIALS = {"switches", "flashes"}  # included, not called


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound(client, address, language):
    html = client.get(f"{address}?lang={language}").text
    assert faults(html) == []
    assert html.count("<h1") >= 1
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in html


def test_every_component_stands_in_the_style_guide():
    parts = sorted((ROOT / "templates/dev").glob("*.html"))
    guide = "".join(part.read_text(encoding="utf-8") for part in parts)
    used_by_others = {"csrf", "frame", "marked", "mini", "radios", "tick"} | PARTIALS
    missing = [name for name in COMPONENTS if f"import {name} %}}" not in guide]
    assert set(missing) == used_by_others


# Nothing in it

# What can be said of a part without the page around it.
ALONE = [
    markup.is_not_closed,
    markup.id_stands_twice,
    markup.attribute_is_no_html,
    markup.choice_says_nothing,
]


class Bare(Form):
    text = StringField()
    other = StringField()
    one = RadioField(choices=[])
    several = SelectMultipleField(choices=[])


EMPTY = {
    "frame": None,
    "checkboxes": {"field": "several"},
    "error_summary": {"form": None},
    "field": {"field": "text"},
    "option_cards": {"field": "one"},
    "pagination": {"page": None},
    "radios": {"field": "one"},
    "select": {"field": "text"},
    "textarea": {"field": "text"},
    "tick": {"field": "text"},
    "upload": {"field": "text"},
    "unit_input": {"value": "text", "unit": "other"},
    "cert_status": {"slug": "valid"},
    "status": {"key": "certificate.state.valid"},
    "seg_radios": {"name": "x"},
    "mini": {"value": 1},
    "note": None,  # needs its body
}


@pytest.mark.parametrize(
    "name", [n for n in COMPONENTS if n not in PARTIALS and EMPTY.get(n, {}) is not None]
)
def test_a_component_holds_with_nothing_in_it(app, name):
    with app.test_request_context("/"):
        macro = getattr(app.jinja_env.get_template(f"components/{name}.html").module, name)
        form = Bare()
        given = {
            key: getattr(form, value, value) if isinstance(value, str) else value
            for key, value in EMPTY.get(name, {}).items()
        }
        needed = [
            argument
            for argument in macro.arguments
            if argument in ("title", "text", "href", "label", "name", "statement")
        ]
        html = macro(**dict.fromkeys(needed, "x") | given)
    assert faults(f"<div>{html}</div>", ALONE) == []
    assert "None" not in html


def test_a_figure_stands_with_its_unit_its_boundary_and_its_limit(app):
    with app.test_request_context("/"):
        footprint = app.jinja_env.get_template("components/footprint.html").module.footprint
        html = footprint(
            value=8.45,
            unit="kgCO₂e/m²",
            declared_unit="1 m²",
            boundary="从摇篮到大门",
            limit=10.8,
            limit_demo=True,
        )
    for told in ("8.45", "kgCO₂e/m²", "1 m²", "从摇篮到大门", "22%", "演示数据"):
        assert told in html


def test_a_footprint_above_its_limit_says_so(app):
    with app.test_request_context("/"):
        html = app.jinja_env.get_template("components/footprint.html").module.footprint(
            value=12, unit="kg", limit=10
        )
    assert "超过限值 20%" in html


def test_a_field_leads_to_its_hint_and_its_error(app):
    class Wrong(Form):
        name = StringField("名称")

    form = Wrong()
    form.name.errors = ["file-empty"]
    with app.test_request_context("/"):
        html = app.jinja_env.get_template("components/field.html").module.field(form.name, hint="提示")
    assert 'aria-describedby="name-h name-e"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("提示") < html.index("文件是空的") < html.index("<input")


TWO = [SelectChoice("a", "甲"), SelectChoice("b", "乙")]


@pytest.mark.parametrize(
    "name", ["checkboxes", "field", "option_cards", "radios", "select", "textarea", "tick"]
)
def test_a_field_that_is_wrong_says_so_of_itself(app, name):
    class Wrong(Form):
        box = RadioField(choices=TWO)

    if name == "checkboxes":
        Wrong.box = SelectMultipleField(choices=TWO)
    elif name not in ("option_cards", "radios"):
        Wrong.box = StringField()
    form = Wrong()
    form.box.errors = ["file-empty"]
    with app.test_request_context("/"):
        html = getattr(app.jinja_env.get_template(f"components/{name}.html").module, name)(form.box)
    assert faults(html, [markup.error_is_on_no_field]) == []
    assert html.count('aria-invalid="true"') == len(re.findall("<(?:input|textarea)", html))


def test_the_summary_leads_into_the_rows_of_a_grid(client):
    html = client.get("/dev/components").text
    assert '<a href="#rows-1-amount">' in html
    assert 'id="rows-1-amount"' in html


def test_form_errors_name_the_field_and_speak_slugs(app):
    form = Bare()
    form.text.errors = ["file-empty", "说清楚的话"]
    with app.test_request_context("/"):
        found = [(identity, text) for identity, _label, text in form_errors(form)]
    assert found == [("text", "文件是空的，请换一份再传"), ("text", "说清楚的话")]


# Shells


def test_a_failed_form_is_told_in_the_title(app):
    class Wrong:
        errors = {"x": ["y"]}

    with app.test_request_context("/"):
        assert "<title>错误：" in render_template("base.html", form=Wrong())
        assert "<title>错误：" not in render_template("base.html")


def test_a_switch_of_language_keeps_the_page_and_its_choices(app):
    with app.test_request_context("/catalog/?q=a&lang=zh&page=2"):
        assert in_language("en") == "/language/en?next=/catalog/?q%3Da%26page%3D2"


def test_what_the_reader_chose_is_in_the_page_at_once(client):
    client.set_cookie("theme", "dark")
    client.set_cookie("text", "large")
    assert '<html lang="zh-Hans" data-theme="dark" data-text="large">' in " ".join(
        client.get("/help").text.split()
    )


def test_an_invented_look_is_ignored(client):
    client.set_cookie("theme", '"><script>')
    assert "data-theme" not in client.get("/help").text.split("<head>")[0]


NEAR = [
    (1, 1, [1]),
    (1, 3, [1, 2, 3]),
    (1, 400, [1, 2, 3, 400]),
    (7, 400, [1, 5, 6, 7, 8, 9, 400]),
    (400, 400, [1, 398, 399, 400]),
    (401, 400, [1, 399, 400]),
    (900, 400, [1, 400]),
]


@pytest.mark.parametrize(("number", "last", "near"), NEAR)
def test_a_page_offers_the_first_the_last_and_those_around_it(number, last, near):
    assert Page([], number, 24, 24 * last).near == near


def test_what_a_template_imports_is_made_once_and_sees_the_globals_of_now(app):
    component = app.jinja_env.get_template("components/i.html")
    assert component.globals is app.jinja_env.globals
    assert app.jinja_env.get_template("base.html", globals={"own": 1}).globals["own"] == 1


def test_the_style_guide_is_not_in_production(app, client):
    app.config["PRODUCTION"] = True
    assert client.get("/dev/components").status_code == 404


def test_an_unknown_page_says_what_to_do(client):
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "没有找到这一页" in response.text
    assert faults(response.text) == []


def only_ends_well(template: str) -> set[str]:
    """The lists whose pages a template offers, and which say nothing to who asks beyond the last."""
    offered = set(re.findall(r"\bpagination\(([\w.]+)\)", template))
    return offered - set(re.findall(r"\bbeyond\(([\w.]+)\)", template))


def test_every_list_with_pages_answers_who_asks_beyond_the_last():
    parts = ("dev", "components")
    pages = [page for page in ROOT.glob("templates/**/*.html") if page.parent.name not in parts]
    silent = {page.name: only_ends_well(page.read_text("utf-8")) for page in pages}
    assert {name: lists for name, lists in silent.items() if lists} == {}
    assert only_ends_well("{{ pagination(mine) }}{{ pagination(page) }}{{ beyond(page) }}") == {"mine"}


# Files


@pytest.mark.parametrize("name", ["css/tanbiao.css", "js/tanbiao.js", "icons.svg", "mark.svg", "htmx.js"])
def test_a_file_at_its_hashed_address_is_kept_for_a_year(app, client, name):
    with app.test_request_context("/"):
        address = asset(name)
    response = client.get(address)
    assert response.status_code == 200
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 365 * 24 * 3600


def test_a_browser_finds_the_mark_where_it_looks_beside_a_pdf(client):
    response = client.get("/favicon.ico", follow_redirects=True)
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"


def test_a_file_at_an_old_address_is_served_but_not_kept(client):
    response = client.get("/static/css/tanbiao.000000000000.css")
    assert response.status_code == 200
    assert response.cache_control.no_cache


@pytest.mark.parametrize("address", ["/static/../app.py", "/static/css/none.css", "/static/%2e%2e/app.py"])
def test_nothing_else_is_served(client, address):
    assert client.get(address).status_code == 404


def test_a_file_is_sent_packed_to_those_who_can_unpack(client):
    packed = client.get("/static/css/tanbiao.css", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/static/css/tanbiao.css")
    assert packed.content_encoding == "gzip"
    assert len(packed.data) < len(plain.data) / 3
    assert (
        client.get("/static/css/tanbiao.css", headers={"If-None-Match": plain.headers["ETag"]}).status_code
        == 304
    )


def test_an_asset_that_is_not_there_has_no_address(app):
    with app.test_request_context("/"):
        assert asset("css/none.css") == ""


def test_every_icon_a_template_names_is_in_the_sprite():
    import re

    from core.icons import ICONS

    named = re.compile(r"""\bi\('([a-z]+)'|icon='([a-z]+)'""")
    used = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for pair in named.findall(path.read_text(encoding="utf-8"))
        for name in pair
        if name
    }
    assert used - ICONS.keys() == set()
    assert len(used) > 20


# Filters


def test_a_moment_is_shown_as_the_clock_in_shanghai(app):
    from datetime import UTC, date, datetime

    moment = datetime(2026, 9, 17, 18, 30, tzinfo=UTC)
    assert local(moment) == "2026-09-18 02:30"
    assert local(None) == "—"
    with app.test_request_context("/?lang=zh"):
        assert date_cn(moment) == "2026 年 9 月 18 日"
    with app.test_request_context("/?lang=en"):
        assert date_cn(date(2026, 9, 18)) == "18 September 2026"


def test_codes_stay_on_one_line_and_text_is_escaped():
    assert nb("证书 LCP-32-2026-00087 <b>") == '证书 <span class="nw">LCP-32-2026-00087</span> &lt;b&gt;'


# Doors


@pytest.mark.parametrize("kind", WORK_DOORS)
def test_every_door_of_a_workspace_leads_somewhere(app, kind):
    doors = [door for _heading, doors in WORK_DOORS[kind] for door in doors]
    endpoints = {door[0] for door in (*doors, *PUBLIC_DOORS)}
    assert endpoints - app.view_functions.keys() == set()


def test_a_door_that_would_not_open_is_not_shown(app):
    def shown(*roles: str) -> set[str]:
        actor = Actor(1, "吴编", 1, "示例局", "regulator", frozenset(roles))
        return {way["href"] for group in work_nav(actor) for way in group["ways"]}

    with app.test_request_context("/"):
        assert "/oversight/record" not in shown("list_editor")
        assert "/oversight/record" in shown("regulator")


def test_the_door_one_stands_in_is_marked(app):
    actor = Actor(1, "何屿", 1, "示例中心", "purchasing_unit", frozenset({"procurement_officer"}))
    with app.test_request_context("/procurement/lists/2026-1"):
        [group] = work_nav(actor)
        assert [way["href"] for way in group["ways"] if way["current"]] == ["/procurement/lists/"]


def test_doors_stand_together_under_a_heading_and_one_alone_without(app):
    def bar(*roles: str) -> list[tuple[str, int]]:
        actor = Actor(1, "吴编", 1, "示例局", "regulator", frozenset(roles))
        return [(group["heading"], len(group["ways"])) for group in work_nav(actor)]

    with app.test_request_context("/"):
        assert bar("list_editor") == [("", 1), ("监管", 2), ("政府采购", 6)]
        assert bar("rule_author")[2:] == [("", 1), ("", 1)]


TOKENS = re.compile(r"csrf\(\)|csrf_token\(\)|hidden_tag\(\)|hidden\(")


def unkeyed(template: str) -> list[str]:
    """The forms that change something and carry no token, which is also the key of what they do."""
    forms = re.findall(r'<form\b[^<]*method="post".*?</form>', template, re.S)
    return [form[:120] for form in forms if not TOKENS.search(form)]


def test_every_form_that_changes_something_carries_its_token():
    pages = [page for page in ROOT.glob("templates/**/*.html") if page.parent.name != "dev"]
    assert [form for page in pages for form in unkeyed(page.read_text("utf-8"))] == []
    assert unkeyed('<form method="post"><button></button></form>')
    assert not unkeyed('<form method="post">{{ csrf() }}</form> <form method="get"></form>')


@pytest.mark.parametrize("address", ["/", "/catalog/"])
def test_no_line_of_a_page_is_indented(client, address):
    page = re.sub(r"<(script|style|textarea|pre)\b.*?</\1>", "", client.get(address).text, flags=re.DOTALL)
    assert page.count("\n") > 10
    assert not re.search(r"^[ \t]{4,}\S", page, flags=re.MULTILINE)


def test_what_stands_on_two_lines_of_a_template_stays_apart(app):
    tick, word = "{% if true %} checked{% endif %}", "{% if true %}a{% endif %}"
    source = f"<input\n      class='in'{tick}\n      value='1'>{word}\n    b"
    template = app.jinja_env.from_string(app.jinja_env.preprocess(source, "page.html"))
    assert template.render() == "<input\n class='in' checked value='1'>a b"
