"""Papers as PDF: a template of templates/document with its stylesheet.

Drawn in the worker only: WeasyPrint shares a font configuration that threads may not share, and a page costs
a third of a second.
"""

import atexit
from base64 import b64encode
from functools import cache
from types import SimpleNamespace

from flask import render_template
from markupsafe import Markup, escape

from core import brand, fonts
from core.words import unit_text

VARIANT = "pdf/ua-1"


def pdf(source: str, sheet: str) -> bytes:
    """`source` with a stylesheet of templates/document, as PDF."""
    from weasyprint import HTML

    looks = _looks(sheet)
    drawn: bytes = HTML(string=source).write_pdf(
        stylesheets=[looks.css], font_config=looks.fonts, pdf_variant=VARIANT
    )
    return drawn


def unit(text: str) -> Markup:
    """A unit as it is set: the font has no subscript two, so the figure is lowered by markup."""
    return Markup(str(escape(unit_text(text))).replace("CO₂", "CO<sub>2</sub>"))


@cache
def _looks(sheet: str) -> SimpleNamespace:
    """A stylesheet with its font configuration, made once per process: each new one costs a seventh."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    atexit.register(_looks.cache_clear)  # it holds fonts that must be given back before Python is gone
    return SimpleNamespace(css=CSS(string=rules(sheet), font_config=config), fonts=config)


def rules(sheet: str) -> str:
    frame = b64encode(brand.guilloche_frame().encode()).decode()
    faces = {"font": fonts.sans().as_uri(), "serif": fonts.serif().as_uri()}
    return render_template(f"document/{sheet}.css", frame=frame, **faces)
