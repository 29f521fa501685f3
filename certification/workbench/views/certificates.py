"""The list of certificates, for the body that issued them and for their holder."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from accounts.actor import Actor
from accounts.session import current_actor
from accounts.words import region_name
from certification.application.queries.responsibility import responsible_people
from certification.certificate.views.certificates import certificates
from certification.workbench.queries.certificates import CERTIFICATES, laboratories
from certification.workbench.views.lists import Room, open_list
from certification.workflow.certificate import STANDING, STATUSES
from core import tables
from core.i18n import _, language
from core.web import Page
from core.words import word

if TYPE_CHECKING:
    from certification.certificate.models import Certificate


def _rows(actor: Actor, found: Sequence["Certificate"]) -> Iterator[tables.Row]:
    officers, tested = responsible_people(actor, [each.application for each in found]), laboratories(found)
    days = CERTIFICATES.days(actor, found)
    for each in found:
        yield {
            "certificate_number": each.number,
            "product": each.product_name,
            "holder": each.holder.name,
            "body": each.body.name,
            "status": str(word(f"certificate.state.{each.state}")),
            "carbon": each.carbon,
            "unit": each.carbon_unit,
            "issued": each.issued_on,
            "valid_to": each.valid_to,
            "due": days[each.id],
            "label": str(word(f"label.state.{each.licence.state}")) if each.licence else "",
            "scheme": each.scheme.category_name_en if language() == "en" else each.scheme.category_name,
            "officer": officers[each.application_id].name,
            "laboratory": _("、").join(tested[each.id]),
            "differs": told_of(each),
            "region": region_name(each.application.factory.get("region", "")),
        }


def told_of(certificate: "Certificate") -> str:
    """What the register holds otherwise than it was signed."""
    return _("、").join(str(word(f"differs.{name}")) for name in certificate.differs)


def _beside(actor: Actor, page: Page["Certificate"]) -> dict[str, object]:
    return {
        "days": CERTIFICATES.days(actor, page.items),
        "officers": responsible_people(actor, [each.application for each in page.items]),
        "tested": laboratories(page.items),
    }


def _other(found: "Certificate") -> str:
    return found.body.name if current_actor().kind == "manufacturer" else found.holder.name


LIST = Room(
    CERTIFICATES,
    blueprint=certificates,
    page="index",
    template="certification/workbench/certificates.html",
    cells="certification/workbench/certificate_cells.html",
    states="certificate.state",
    asking=current_actor,
    heads=("certificate_number", "product", "holder", "body", "unit", "differs"),
    columns=("status", "carbon", "issued", "valid_to", "due", "label")
    + ("scheme", "officer", "laboratory", "region"),
    shown=("status", "carbon", "valid_to", "due", "label"),
    sorted_by={each: each for each in ("status", "issued", "valid_to", "due", "scheme")},
    rows=_rows,
    beside=_beside,
    file=lambda: _("证书"),
    client=_other,
    first=lambda _actor: "open",
    wide="all",
    closed=tuple(state for state in STATUSES if state not in STANDING),
    stage="status",
)
open_list(LIST)
