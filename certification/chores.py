"""What the worker does for certification: once for each job, and again and again."""

from datetime import timedelta

from certification import document
from certification.operations.applications import terminate_overdue

JOBS = {
    "certificate.draw": document.draw,
}

PERIODIC = {
    terminate_overdue: timedelta(hours=1),
}
