"""The certificate as PDF: a picture of its statement, which alone is what was signed.

Drawn in the worker only: WeasyPrint shares a font configuration that threads may not share, and
a page costs a third of a second.
"""

import atexit
import json
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from types import SimpleNamespace

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup, escape

from certification.models import Certificate
from certification.statement import exact, grouped, stages
from core import brand, charts, files, fonts
from core.charts.figures import THIN_SPACE
from core.charts.stages import FONT
from core.db import db
from core.words import unit_text

FAMILY = "Certificate"  # the name the document's own font goes by
SYSTEM_FONTS = (brand.SANS, brand.SERIF, FONT)
VARIANT = "pdf/ua-1"
BLANKS = set("\t\r\n")  # set as a space


def draw(certificate_id: int) -> None:
    """The job: keep both PDFs of each version of a certificate, the public one and that of the parties."""
    certificate = db.session.get_one(Certificate, certificate_id)
    number = certificate.number
    undrawn = [
        (version.statement, version.digest, version.signature)
        for version in certificate.versions
        if not (version.document and version.full_document)
    ]
    db.session.rollback()  # drawing takes long; nobody is to wait for the database meanwhile
    for said, digest, signature in undrawn:
        drawn = [pdf(html(json.loads(said), digest, signature, full=full)) for full in (False, True)]
        kept = [files.store(BytesIO(content), f"{number}.pdf").digest for content in drawn]
        # Meanwhile it may have become a former version: it is known by what it says.
        version = next(each for each in certificate.versions if each.digest == digest)
        version.document, version.full_document = kept


def render(certificate: Certificate, full: bool = False) -> bytes:
    """The PDF of a certificate; `full` brings the whole inventory, which is for the parties only."""
    statement = json.loads(certificate.statement)
    return pdf(html(statement, certificate.digest, certificate.signature, full=full))


def html(statement: dict, digest: str, signature: str, full: bool = False) -> str:
    with force_locale("zh"):  # the certificate speaks Chinese first, whoever has it drawn
        return render_template(
            "document/certificate.html",
            said=statement,
            digest=digest,
            signature=signature,
            full=full,
            code=grouped(statement["code"]),
            public_url=current_app.config["PUBLIC_URL"],
            pictures=_pictures(statement),
            stages=stages(statement),
            num=figure,
            share=charts.share,
            unit=unit,
        )


def pdf(source: str, sheet: str = "certificate") -> bytes:
    """`source` with a stylesheet of templates/document, as PDF."""
    from weasyprint import HTML

    looks = _looks(sheet)
    return HTML(string=source).write_pdf(
        stylesheets=[looks.css], font_config=looks.fonts, pdf_variant=VARIANT
    )


def figure(value, digits: int | None = None) -> str:
    """A figure without gaps between thousands: the font lacks the narrow space."""
    return charts.num(value, digits).replace(THIN_SPACE, "")


def unit(text: str) -> Markup:
    """A unit as it is set: the font has no subscript two, so the figure is lowered by markup."""
    return Markup(str(escape(unit_text(text))).replace("CO₂", "CO<sub>2</sub>"))


def missing_glyphs(texts: Iterable[str]) -> str:
    """The letters the certificate could not show: the font would drop them without a word."""
    return "".join(sorted(set().union(*map(set, texts)) - _letters() - BLANKS))


@cache
def _letters() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(fonts.chinese(), fontNumber=0, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def _looks(sheet: str) -> SimpleNamespace:
    """A stylesheet with its font configuration, made once per process: each new one costs a seventh."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    frame = b64encode(brand.guilloche_frame().encode()).decode()
    rules = render_template(f"document/{sheet}.css", font=fonts.chinese().as_uri(), frame=frame)
    atexit.register(_looks.cache_clear)  # it holds fonts that must be given back before Python is gone
    return SimpleNamespace(css=CSS(string=rules, font_config=config), fonts=config)


def _pictures(statement: dict) -> dict[str, Markup]:
    footprint, body = statement["inventory"], statement["body"]["name"]
    rosette = brand.issue_rosette(body, grouped(statement["code"])[:9], statement["issued_on"], "电子签发")
    bar = charts.stack_print(
        stages(statement),
        total=exact(footprint["total"]),
        limit=exact(statement["decision"]["limit"]),
        width=400,
    )
    return {
        "mark": Markup(brand.mark(size=34)),
        "qr": Markup(brand.qr(statement["query"]["short"], 100)),
        "rosette": _in_own_font(rosette),
        "stages": _in_own_font(bar),
    }


def _in_own_font(picture: str) -> Markup:
    for names in SYSTEM_FONTS:
        picture = picture.replace(names, FAMILY).replace(str(escape(names)), FAMILY)
    # The font has one weight; asking it for another would embed it twice and look the same.
    return Markup(
        picture.replace(THIN_SPACE, "").replace('font-weight="700"', "").replace('font-weight="600"', "")
    )
