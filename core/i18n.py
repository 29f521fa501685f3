"""Chinese is the source text; gettext holds the English."""

from flask_babel import Babel, get_locale, gettext, lazy_gettext

babel = Babel()
_ = gettext
_l = lazy_gettext


def language() -> str:
    """The language of this page: `zh` or `en`."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"
