"""The life of a test report once it is issued: it stands, is amended by another, or is taken back."""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from certification.workflow.sample import testers
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.laboratory.models import TestReport


STANDING = ("issued",)  # its results count
RETRACTED = ("retracted",)


def signatory_did_not_test_it(report: "TestReport", actor: Actor) -> str | None:
    return "signatory-tested" if actor.id in testers(report.results) else None


def corrections_in_scope(_report: "TestReport", _actor: Actor, facts: Facts) -> str | None:
    return "laboratory-out-of-scope" if facts.get("methods_missing") else None


REPORT = Machine(
    "test_report", "issued",
    step("amend", "issued", "superseded", "authorised_signatory", clear_to("test"),
         signatory_did_not_test_it,
         demands=[reason_given, needs("report-incomplete", "number", "issued_on"),
                  corrections_in_scope]),
    step("retract", "issued", "retracted", "authorised_signatory", clear_to("test"),
         demands=[reason_given]),
    step("annul", "issued", "retracted", "system", demands=[reason_given]),
)  # fmt: skip
