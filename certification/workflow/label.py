"""Leave to use the label: asked for by the holder, given by the body."""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from certification.label.models import LabelLicence


def certificate_valid(licence: "LabelLicence", _actor: Actor) -> str | None:
    return None if licence.certificate.state == "valid" else "certificate-not-valid"


LABEL = Machine(
    "label", "requested",
    step("license", "requested", "licensed", "label_officer", clear_to("license_label"), certificate_valid),
    step("refuse", "requested", "refused", "label_officer", clear_to("license_label"),
         demands=[reason_given]),
)  # fmt: skip
