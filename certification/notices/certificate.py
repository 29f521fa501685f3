"""Who is told what a certificate is worth, and of its label."""

from certification.notices.row import Row, act, holders, reason

holder = holders("applicant")
label_officer = holders("label_officer")

_CHANGED = (
    Row(holder, group="certificate", facts=act, urgent=True),
    Row(label_officer, group="certificate", facts=act),
)

ROWS = {
    **{("certificate", step): _CHANGED for step in ("suspend", "restore", "withdraw", "cancel")},
    ("label", "license"): (Row(holder, group="certificate"),),
    ("label", "refuse"): (Row(holder, group="certificate", facts=reason),),
}
