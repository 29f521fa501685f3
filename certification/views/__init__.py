"""The pages of certification: applicants, bodies, laboratories, holders, and the public."""

from certification.views.acts import acts, notices
from certification.views.appeals import appeals
from certification.views.applications import applications
from certification.views.calendar import calendar
from certification.views.certificates import certificates
from certification.views.clocks import clocks
from certification.views.drafts import drafts
from certification.views.evidence import evidence
from certification.views.fees import fees
from certification.views.handover import handover
from certification.views.impartiality import impartiality
from certification.views.labels import labels
from certification.views.laboratory import laboratory
from certification.views.life import life
from certification.views.public import public
from certification.views.records import records
from certification.views.registers import public_registers, registers
from certification.views.reports import reports
from certification.views.reviews import reviews
from certification.views.submissions import submissions
from certification.views.surveillance import surveillance

from certification.views import answers, clone, corrections, inventory, sections, sheets, site  # isort: skip  # more pages of `applications`

BLUEPRINTS = (
    calendar,
    clocks,
    drafts,
    submissions,
    applications,
    reviews,
    handover,
    registers,
    public_registers,
    impartiality,
    laboratory,
    reports,
    evidence,
    labels,
    certificates,
    life,
    surveillance,
    public,
    acts,
    notices,
    appeals,
    records,
    fees,
)

__all__ = ["BLUEPRINTS", "answers", "clone", "corrections", "inventory", "sections", "sheets", "site"]
