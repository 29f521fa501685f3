"""What the worker does for certification: once for each job, and again and again."""

from datetime import timedelta

from certification.acts import papers
from certification.acts.operations.appeals import close_settled
from certification.aftercare.operations.batches import end_transitions
from certification.aftercare.operations.proposals import prepare_withdrawals
from certification.aftercare.operations.reminders import remind_of_expiry
from certification.aftercare.operations.surveillance import raise_alarms
from certification.application.operations.applications import terminate_overdue
from certification.application.operations.drafts import drop_old_drafts
from certification.certificate import document
from certification.certificate.operations.signing import begin_own
from certification.certificate.queries import signing
from certification.clocks.notices import remind_of_deadlines
from certification.clocks.operations.gaps import after_gaps
from certification.conversion import operations as conversion
from certification.evaluation.operations.nonconformities import escalate_overdue
from certification.questions.operations import ask_about_drafts
from certification.reporting import papers as reports
from certification.upkeep import queries as integrity
from core.jobs import Handler
from registers.notices import remind_of_registers

JOBS: dict[str, Handler] = {"conversion.tell": conversion.tell_of_changes}

LONG_JOBS = {
    "act.draw": papers.draw,
    "adoption.preview": papers.preview,
    "agreement.draw": papers.draw_agreement,
    "certificate.draw": document.draw,
    "conversion.go_on": conversion.go_on,
    "evaluation_report.draw": reports.draw,
    "conversion.tell_retired": conversion.tell_retired,
}

# Steps the system takes by itself with an effect on somebody's rights: never before every gap is known.
LEGAL = (close_settled, terminate_overdue, escalate_overdue, prepare_withdrawals, end_transitions)

PERIODIC = {after_gaps(step): timedelta(minutes=10) for step in LEGAL} | {
    remind_of_deadlines: timedelta(hours=1),
    remind_of_registers: timedelta(hours=6),
    raise_alarms: timedelta(hours=1),
    remind_of_expiry: timedelta(hours=1),
    conversion.tell_of_changes: timedelta(hours=1),
    drop_old_drafts: timedelta(days=1),
    ask_about_drafts: timedelta(days=1),
    begin_own: timedelta(days=1),
}

# What the doctor asks.
HEALTH = {"keys": signing.sound}

DEEP = {
    "certificates": integrity.certificates_sound,
    "acts": integrity.acts_sound,
    "decisions": integrity.decisions_sound,
    "copies": integrity.copies_sound,
}
