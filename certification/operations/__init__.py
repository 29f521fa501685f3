"""The verbs of certification.  Each is told its actor, checks first, and leaves the commit to its caller.

A step of a law is taken with core.lifecycle.take; what it brings with it, the module of its noun says
beside its verbs, and certification.steps makes one table of it.
"""

from certification.acts.operations.appeals import file_appeal
from certification.aftercare.operations.proposals import request_status
from certification.application.operations.applications import (
    answer_point,
    attach_file,
    create_application,
    save_inventory,
    update_application,
)
from certification.application.operations.drafts import drop_draft, keep_draft, note_point
from certification.certificate.operations.versions import open_case
from certification.evaluation.operations.site import photograph
from certification.impartiality.operations import declare, declare_tie, end_tie, find_competent
from certification.label.operations.label_uses import end_use, record_use
from certification.label.operations.labels import request_label

__all__ = [
    "answer_point",
    "attach_file",
    "create_application",
    "declare",
    "declare_tie",
    "end_use",
    "end_tie",
    "find_competent",
    "drop_draft",
    "file_appeal",
    "keep_draft",
    "note_point",
    "record_use",
    "open_case",
    "photograph",
    "request_label",
    "request_status",
    "save_inventory",
    "update_application",
]
