"""The certificate as PDF: a picture of its statement, which alone is what was signed."""

import json
from base64 import b64encode
from decimal import Decimal
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup, escape

from certification.certificate import pictures
from certification.certificate.models import Certificate
from certification.certificate.statement import Said, apart, exact, grouped, shown_at, stages, stated
from core import brand, charts, files, papers
from core.charts.figures import THIN_SPACE
from core.charts.stages import FONT
from core.db import db
from core.papers import unit

FAMILY = "Certificate"  # the name the document's own font goes by
SYSTEM_FONTS = (brand.SANS, brand.SERIF, FONT)


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
        kept = [files.store(BytesIO(content), f"{number}.pdf", examined=True).digest for content in drawn]
        # Meanwhile it may have become a former version: it is known by what it says.
        version = next(each for each in certificate.versions if each.digest == digest)
        version.document, version.full_document = kept


def render(certificate: Certificate, full: bool = False) -> bytes:
    """The PDF of a certificate; `full` brings the whole inventory, which is for the parties only."""
    statement = json.loads(certificate.statement)
    return pdf(html(statement, certificate.digest, certificate.signature, full=full))


def html(statement: Said, digest: str, signature: str, full: bool = False) -> str:
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
            own=pictures.of(statement["body"]),
            stages=stages(statement),
            apart=apart(statement),
            stated_of=stated(statement),
            printed=printed(statement),
            num=figure,
            stated=stated_figure,
            share=charts.share,
            unit=unit,
        )


def pdf(source: str, sheet: str = "certificate") -> bytes:
    return papers.pdf(source, sheet)


def printed(statement: Said) -> dict[str, object]:
    """What is stated of the product and of each model, as far as a certificate shows it."""
    said, place = stated(statement), "certificate"
    models = {model["code"]: shown_at(model["facts"], place) for model in said["models"]}
    codes = [model["code"] for model in statement["product"]["models"]]
    return {
        "product": shown_at(said["product"], place),
        "models": {code: models.get(code, []) for code in codes},
    }


def figure(value: Decimal, digits: int | None = None) -> str:
    """A figure without gaps between thousands: the font lacks the narrow space."""
    return figure_text(charts.num(value, digits))


def stated_figure(value: Decimal) -> str:
    return figure_text(charts.stated(value))


def _pictures(statement: Said) -> dict[str, Markup]:
    footprint, body = statement["inventory"], statement["body"]["name"]
    stamp = brand.issue_rosette(body, grouped(statement["code"])[:9], statement["issued_on"], "电子签发")
    totals, total, limit = stages(statement), exact(footprint["total"]), exact(statement["decision"]["limit"])
    assert total is not None  # an item of every certificate
    bar = charts.stack_print(totals, total=total, limit=limit, width=400)
    return {
        "mark": _picture(brand.mark(size=34), "碳标平台标志"),
        "qr": _picture(brand.qr(statement["query"]["short"], 100), "二维码：查询证书状态"),
        "rosette": _picture(stamp, f"电子签发标记：{body}，{statement['issued_on']}"),
        "stages": _picture(bar, figure_text(charts.finding(totals, total, limit, "kgCO2e"))),
    }


def _picture(drawn: str, alt: str) -> Markup:
    """With words for who cannot see it: PDF/UA takes them from an image alone (ISO 14289-1, 7.3)."""
    source = b64encode(_in_own_font(drawn).encode()).decode()
    return Markup(f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{source}">')


def figure_text(text: str) -> str:
    return text.replace(THIN_SPACE, "")


def _in_own_font(picture: str) -> str:
    for names in SYSTEM_FONTS:
        picture = picture.replace(names, FAMILY).replace(str(escape(names)), FAMILY)
    # The font has one weight; asking it for another would embed it twice and look the same.
    return figure_text(picture).replace('font-weight="700"', "").replace('font-weight="600"', "")
