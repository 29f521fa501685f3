"""The reader of markup, fed with what it must find."""

import re

import pytest

from tests.architecture.tree import ROOT
from tests.support.markup import faults

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A form as templates write it, where an expression may hold what would end the tag.
FORM = re.compile(r"<form\b(?:\{\{.*?\}\}|\{%.*?%\}|[^>])*>", re.DOTALL)

SOUND = """<html lang="zh-Hans">
<nav aria-label="目录"><a href="/">首页</a></nav>
<form role="search" aria-label="全站"></form><form aria-label="退出"></form>
<main><h1>产品</h1><h2 id="h">型号</h2><form action="/a" aria-labelledby="h">
<label for="a">名称</label><input id="a" name="a">
<fieldset><legend>第 1 行</legend><label>型号 <input name="m-0"></label></fieldset>
<fieldset><legend>第 2 行</legend><label>型号 <input name="m-1"></label></fieldset>
<button name="remove" value="0">移除<span class="vh">：第 1 行</span></button>
<button name="remove" value="1">移除<span class="vh">：第 2 行</span></button>
<label for="k">种类</label><select id="k" name="k" required><option value="">请选择</option>
<option>甲</option></select></form>
<div role="group" aria-label="表"></div><div role="group" aria-label="表"></div>
<article aria-label="甲"></article><article aria-label="乙"></article>
<time datetime="2026-11-03T09:30:00+08:00">昨天</time><time>2026-11-03</time></main>
<p><code>waiting-on-lab</code> a@demo.example https://demo.example/a.b v1.2-rc <a href="/f">a-b_c.pdf</a>
as restated row-by-row, 1.2.3 LCP-32 Wi-Fi <i translate="no" title="not_issued">not_issued</i></p></html>
"""


def test_a_sound_page_gives_no_cause_for_complaint():
    assert faults(SOUND) == []


def test_two_searches_of_one_address_may_be_called_the_same():
    search = """<form aria-label="{0}" method="get" action="/"><input type="hidden" name="sort" value="{0}">
<button>筛选</button></form>"""
    assert faults(SOUND.replace("</main>", f"{search.format(1)}{search.format(2)}</main>")) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><b></p>", "is_not_closed: </p>"),
        ("<div>", "is_not_closed: <div>"),
        ('<p id="a"></p><p id="a"></p>', "id_stands_twice: a"),
        ('<p aria-describedby="gone"></p>', "points_nowhere: p aria-describedby=gone"),
        ("<h1>甲</h1><h3>乙</h3>", "heading_skips: h3 after h1: 乙"),
        ("<aside>旁</aside>", "landmark_has_no_name_of_its_own: 1 complementary called “”"),
        (
            '<section aria-label="表"><div role="region" aria-label="表"></div></section>',
            "landmark_has_no_name_of_its_own: 2 region called “表”",
        ),
        ("<form></form>", "landmark_has_no_name_of_its_own: 1 form called “”"),
        ('<form role="search"></form>', "landmark_has_no_name_of_its_own: 1 search called “”"),
        (
            '<h2 id="a">甲</h2><form aria-labelledby="a"></form><form aria-label="甲"></form>',
            "landmark_has_no_name_of_its_own: 2 form called “甲”",
        ),
        (
            '<nav aria-label="甲"></nav><nav aria-label="甲"></nav>',
            "landmark_has_no_name_of_its_own: 2 navigation called “甲”",
        ),
        (
            '<section aria-labelledby="a"><h2 id="a"></h2></section>',
            "landmark_has_no_name_of_its_own: 1 region called “”",
        ),
        ('<input name="a"><label for="b">乙</label><input id="b">', "field_has_no_name: input a"),
        (
            '<form><label>型号<input name="m-0"></label><label>型号<input name="m-1"></label></form>',
            "fields_cannot_be_told_apart: 2 fields 型号",
        ),
        (
            '<form action="/1"><button>保存</button></form><form action="/2"><button>保存</button></form>',
            "buttons_cannot_be_told_apart: 2 buttons 保存",
        ),
        (
            "".join(
                f'<form method="post"><input type="hidden" name="a" value="{of}"><button>保存</button></form>'
                for of in (1, 2)
            ),
            "buttons_cannot_be_told_apart: 2 buttons 保存",
        ),
        (
            '<fieldset><legend>甲</legend><input></fieldset><p role="group" aria-label="甲"><input></p>',
            "groups_cannot_be_told_apart: 2 called “甲”",
        ),
        ("<fieldset><label>甲<input></label></fieldset>", "group_has_no_name: fieldset 甲"),
        ("<article></article><article></article>", "articles_cannot_be_told_apart: 2 called “”"),
        (
            '<label><input type="radio" name="c">甲</label><label><input type="radio" name="c">乙</label>',
            "choices_have_no_group: c",
        ),
        ('<form hx-get="/"></form>', "attribute_is_no_html: form hx-get"),
        ('<p style="x"></p>', "attribute_is_no_html: p style"),
        ('<p onclick="x"></p>', "attribute_is_no_html: p onclick"),
        ('<time datetime="2026-11-03T09:30:00.123456">昨天</time>', "attribute_is_no_html: time"),
        ("<time>5 天内</time>", "attribute_is_no_html: time"),
        ("<span><form></form></span>", "block_stands_in_a_line: form in span"),
        ('<select aria-label="甲" name="k"><option value=""></option></select>', "choice_says_nothing: "),
        (
            '<select aria-label="甲" name="k" required><option value="a">甲</option></select>',
            "choice_is_made_already: k",
        ),
        *(
            (f'<html lang="zh-Hans">{shown}</html>', f"slug_is_no_word: {slug}")
            for shown, slug in (
                ("<p>状态：waiting-on-lab</p>", "waiting-on-lab"),
                ("<h1>application.grant</h1>", "application.grant"),
                ("<td>not_issued</td>", "not_issued"),
                ("<option>family.low_carbon</option>", "family.low_carbon"),
                ('<input aria-label="form.amount-unit">', "form.amount-unit"),
                ("<p>见http-404，再试</p>", "http-404"),
                ("<p>证据（evidence.lost）</p>", "evidence.lost"),
            )
        ),
        ('<div class="f bad"><label>甲<input name="a"></label></div>', "error_is_on_no_field: 甲"),
    ],
)  # fmt: skip
def test_an_unsound_page_is_found(html, fault):
    assert [found for found in faults(html) if found.startswith(fault)]


def test_every_form_of_every_template_bears_a_name():
    """Pages show some forms in rare states alone, which no walk reaches."""
    forms = [(path, form) for path in TEMPLATES for form in FORM.findall(path.read_text(encoding="utf-8"))]
    assert len(forms) > 100
    assert [(path.name, form) for path, form in forms if "aria-label" not in form] == []
