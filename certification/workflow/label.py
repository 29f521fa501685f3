"""Leave to use the label: asked for by the holder, given by the body."""

from typing import TYPE_CHECKING

from certification.workflow.certificate import VALID
from certification.workflow.impartiality import clear_to
from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from certification.certificate.models import Certificate
    from certification.label.models import LabelLicence


REQUESTED = ("requested",)
LICENSED = ("licensed",)
REFUSED = ("refused",)


def certificate_valid(licence: "LabelLicence", _actor: Actor) -> str | None:
    return not_valid(licence.certificate)


def not_valid(certificate: "Certificate") -> str | None:
    return None if certificate.state in VALID else "certificate-not-valid"


def why_not_usable(certificate: "Certificate") -> str | None:
    """What keeps the label of this certificate from being used today; None while it may be."""
    licence = certificate.licence
    licensed = licence is not None and licence.state in LICENSED
    return not_valid(certificate) or (None if licensed else "label-not-licensed")


def why_not_asked(certificate: "Certificate") -> str | None:
    """What keeps its holder from asking for the label: one that was refused may be asked for again."""
    licence = certificate.licence
    held = None if licence is None or licence.state in REFUSED else f"label-already-{licence.state}"
    return not_valid(certificate) or held


LABEL = Machine(
    "label", "requested",
    step("license", "requested", "licensed", "label_officer", clear_to("license_label"), certificate_valid),
    step("refuse", "requested", "refused", "label_officer", clear_to("license_label"),
         demands=[reason_given]),
)  # fmt: skip
