"""A sentence in the language of the page, wherever it is said."""

import pytest
from flask import render_template_string
from flask_babel import force_locale
from jinja2 import Environment

from core.i18n import gettext, lazy_gettext

SAID = [("zh", "产品目录"), ("en", "Products")]


@pytest.mark.parametrize(("language", "said"), SAID)
def test_one_sentence_is_the_same_in_code_and_template_now_and_later(app, language, said):
    later = lazy_gettext("产品目录")
    with app.test_request_context(), force_locale(language):
        assert [gettext("产品目录"), str(later), render_template_string("{{ _('产品目录') }}")] == [said] * 3


def test_outside_of_a_page_the_source_text_is_said():
    assert str(lazy_gettext("共 %(count)s 条", count=3)) == "共 3 条"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_in_a_template_is_always_a_format_and_escapes_what_is_put_in(app, language):
    with app.test_request_context(), force_locale(language):
        assert render_template_string("{{ _('50%%') }}") == "50%"
        assert render_template_string("{{ _('<b>%(text)s</b>', text='<i>') }}") == "<b>&lt;i&gt;</b>"


def test_a_template_of_plain_text_escapes_nothing(app):
    plain = app.jinja_env.overlay(autoescape=False)
    assert isinstance(plain, Environment)
    with app.test_request_context():
        assert plain.from_string("{{ _('%(text)s', text='<i>') }}").render() == "<i>"
