"""Leave to use the label: asked for by the holder, given by the body."""

from certification.workflow.impartiality import clear_to
from core.demands import reason_given
from core.machine import Machine, step


def certificate_valid(licence, _actor) -> str | None:
    return None if licence.certificate.state == "valid" else "certificate-not-valid"


LABEL = Machine(
    "label", "requested",
    step("license", "requested", "licensed", "label_officer", clear_to("license_label"), certificate_valid),
    step("refuse", "requested", "refused", "label_officer", clear_to("license_label"),
         demands=[reason_given]),
)  # fmt: skip
