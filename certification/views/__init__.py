"""The pages of certification: applicants, bodies, laboratories, holders, and the public."""

from certification.acts.views.acts import acts, notices
from certification.acts.views.appeals import appeals
from certification.aftercare.views.evidence import evidence
from certification.aftercare.views.life import life
from certification.aftercare.views.surveillance import surveillance
from certification.application.views.applications import applications
from certification.application.views.drafts import drafts
from certification.application.views.handover import handover
from certification.application.views.submissions import submissions
from certification.certificate.views.certificates import certificates
from certification.certificate.views.public import public
from certification.certificate.views.records import records
from certification.clocks.views import clocks
from certification.complaints.views import brought, complaints
from certification.conversion.views import changes, dry_runs
from certification.fees.views import fees
from certification.impartiality.views import impartiality
from certification.label.views import labels
from certification.laboratory.views.laboratory import laboratory
from certification.laboratory.views.reports import reports
from certification.late.views import late
from certification.messages.views import messages
from certification.reporting.views import reporting
from certification.tracing.views import tracing
from certification.workbench.views.calendar import calendar
from certification.workbench.views.reviews import reviews

from certification.workbench.views import answers, corrections, site  # isort: skip  # more pages of `applications`
from certification.workbench.views import queue as _cases, dossier as _dossier  # noqa: F401  # isort: skip  # pages of `reviews`
from certification.workbench.views import certificates as _issued, checks as _checks, orders as _orders  # noqa: F401  # isort: skip  # lists at other desks
from certification.application.views import clone, documents, inventory, sections, systems  # isort: skip
from certification.workbooks import views as sheets  # isort: skip  # more pages of `applications`

BLUEPRINTS = (
    calendar,
    clocks,
    drafts,
    submissions,
    applications,
    reviews,
    handover,
    impartiality,
    laboratory,
    reports,
    evidence,
    changes,
    dry_runs,
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
    messages,
    late,
    tracing,
    reporting,
    brought,
    complaints,
)

__all__ = [
    "BLUEPRINTS", "answers", "clone", "corrections", "documents", "inventory", "sections", "sheets", "site",
    "systems",
]  # fmt: skip
