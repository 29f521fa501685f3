"""What anybody may ask of a certificate, without signing in: from a QR code, a number, or a machine."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from accounts.session import public as open_to_all
from certification.certificate import shapes as certificate_shapes
from certification.certificate import statement
from certification.certificate.forms import CheckForm, LookUpForm
from certification.certificate.queries import certificates, classes, signing
from certification.certificate.shapes import differences
from core import asked, clock, files
from core.errors import NotFound
from core.web import json_response, public_address
from core.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from certification.certificate.models import Certificate, CertificateVersion

public = Blueprint("certification_public", __name__)
public.add_app_template_global(classes.by_class, "standing_by_class")
public.add_app_template_global(classes.in_force, "certificates_in_force")
public.add_app_template_global(differences)
public.add_app_template_filter(statement.exact, "exact")
public.add_app_template_filter(statement.grouped, "grouped")

DRAWN_IN_S = 3  # how soon the browser asks again for a PDF that is being drawn
YEAR = 365 * 24 * 3600


@public.get("/verify")
@open_to_all
def verify_form() -> ResponseReturnValue:
    """The form; what is typed in it leads to the page of the certificate it names."""
    form = asked.form(LookUpForm)
    text = (form.q.data or "").strip()
    if not text:
        return render_template("certification/certificate/public/form.html", form=form)
    try:
        found = certificates.look_up(text)
    except NotFound as refused:
        return _unknown(text, refused)
    return redirect(url_for("certification_public.verify", number=found.number))


@public.get("/verify/<number>")
@open_to_all
def verify(number: str) -> ResponseReturnValue:
    return _verified(number, certificates.look_up)


@public.get("/v/<code>")
@open_to_all
def verify_code(code: str) -> ResponseReturnValue:
    """The short address of the QR code."""
    return _verified(code, certificates.by_code)


@public.get("/certificates/<number>")
@open_to_all
def certificate(number: str) -> ResponseReturnValue:
    """The certificate as a page; its parties also see the whole inventory."""
    found = certificates.certificate(number)
    standing, party = (
        certificates.standing(found, clock.today()),
        certificates.is_party(current_actor(), found),
    )
    said = standing.said
    return render_template(
        "certification/certificate/public/certificate.html",
        certificate=found,
        standing=standing,
        said=said if party else statement.public_view(said),
        stages=statement.stages(said),
        party=party,
        at=clock.now(),
    )


@public.get("/certificates/<number>.pdf")
@open_to_all
def document(number: str) -> ResponseReturnValue:
    found = certificates.certificate(number)
    return pdf_or_patience(found, found.document)


@public.get("/certificates/<number>.json")
@open_to_all
def data(number: str) -> ResponseReturnValue:
    """What was signed, with its signature: enough to check the certificate without us."""
    found = certificates.certificate(number)
    keys = public_address("certification_public.jwks")
    day = asked.form(CheckForm).on.data or clock.today()
    return _for_machines(
        certificate_shapes.certificate(certificates.standing(found, day), day) | {"jwks_uri": keys}
    )


@public.get("/.well-known/jwks.json")
@open_to_all
def jwks() -> ResponseReturnValue:
    """The public keys of the certification bodies and of the installation itself (RFC 7517)."""
    return _for_machines({"keys": certificates.public_keys()}, "application/jwk-set+json")


@public.get("/record/head.json")
@open_to_all
def record_head() -> ResponseReturnValue:
    """The head of the audit chain, for anybody to keep: no record that lacks it later is this one."""
    head, signature = signing.signed_head()
    keys = public_address("certification_public.jwks")
    return _for_machines({"head": head, "signature": signature, "jwks_uri": keys})


def pdf_or_patience(found: "Certificate | CertificateVersion", digest: str | None) -> ResponseReturnValue:
    """The stored PDF; while the worker still draws it, a page that asks again by itself."""
    if digest is None:
        page = render_template("certification/certificate/public/drawing.html", certificate=found)
        return page, 202, {"Refresh": str(DRAWN_IN_S), "Retry-After": str(DRAWN_IN_S)}
    path = files.path_of(digest)
    return send_file(path, "application/pdf", download_name=f"{found.number}.pdf", etag=digest, max_age=YEAR)


def _for_machines(content: dict[str, object], media: str = "application/json") -> Response:
    """Pages of other sites may read it too."""
    response = json_response(content, media=media)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _verified(text: str, find: "Callable[[str], Certificate]") -> ResponseReturnValue:
    try:
        found = find(text)
    except NotFound as refused:
        return _unknown(text, refused)
    form = asked.form(CheckForm)
    day = form.on.data or clock.today()
    model = (form.model.data or "").strip()
    standing = certificates.standing(found, day)
    said = statement.public_view(standing.said)
    return render_template(
        "certification/certificate/public/verify.html",
        certificate=found,
        standing=standing,
        said=said,
        stages=statement.stages(said),
        form=form,
        another=LookUpForm(formdata=None),
        asked=form.on.data,
        model=model,
        covered=standing.covers(model) if model else None,
        nearest=standing.nearest(model) if model else [],
        answer=standing.answer(model, ahead=day > clock.today()),
        at=clock.now(),
    )


def _unknown(text: str, refused: NotFound) -> ResponseReturnValue:
    page = render_template(
        "certification/certificate/public/unknown.html",
        text=text,
        message=say(refused),
        form=LookUpForm(q=text),
    )
    return page, 404
