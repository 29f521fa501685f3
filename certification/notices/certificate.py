"""Who is told what a certificate is worth, and of its label."""

from certification.notices.row import Row, act, holders, reason, task, to_recertify

holder = holders("applicant")
label_officer = holders("label_officer")

_CHANGED = (
    Row(holder, group="certificate", facts=act, urgent=True),
    Row(label_officer, group="certificate", facts=act),
)

ROWS = {
    **{("certificate", step): _CHANGED for step in ("suspend", "restore", "reinstate", "withdraw", "cancel")},
    ("certificate", "remind"): (Row(holder, group="deadline", facts=to_recertify, urgent=True),),
    ("label", "request"): (task(label_officer),),
    ("label", "license"): (Row(holder, group="certificate"),),
    ("label", "refuse"): (Row(holder, group="certificate", facts=reason),),
}
