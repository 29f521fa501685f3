"""Chinese is the source text; gettext holds the English.

A page says some two hundred sentences: the language is asked for once for each, and a sentence that is in the
source text already is looked up nowhere.
"""

from collections.abc import Callable

from flask import Flask, g
from flask_babel import Babel, get_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

babel = Babel()


def init_app(app: Flask, language_of_reader: Callable[[], str]) -> None:
    babel.init_app(app, locale_selector=language_of_reader)
    app.jinja_env.globals["_"] = _in_template


def language() -> str:
    """The language of this page: `zh` or `en`."""
    try:  # where get_locale keeps what it found: a page asks some nine hundred times
        locale = g._get_current_object()._flask_babel.babel_locale
    except (RuntimeError, AttributeError):
        locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def gettext(text: str, /, **named: object) -> str:
    """The sentence in the language of this page; outside of one, as it stands."""
    said = get_translations().gettext(text) if language() == "en" else text
    return said % named if named else said


def lazy_gettext(text: str, /, **named: object) -> LazyString:
    """The same, said when it is read."""
    return LazyString(gettext, text, **named)


@pass_eval_context
def _in_template(context: EvalContext, text: str, /, **named: object) -> str:
    """Always a format, as Jinja's own: a percent sign is written twice, what is put in is escaped."""
    said = Markup(gettext(text)) if context.autoescape else gettext(text)
    return said % named if "%" in said else said


_ = gettext
_l = lazy_gettext
