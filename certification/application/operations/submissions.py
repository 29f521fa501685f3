"""Every time an application is handed in, what it says is kept as a version of its own."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from carbon import records
from certification.application.models import Application, ApplicationFile, Submission
from certification.workflow.correction import PARTIES, TEXTS
from core.db import db
from core.machine import Actor

if TYPE_CHECKING:
    from carbon.queries import ActivityRow, Inventory
    from certification.questions.models import Question

HEAD = (
    "declared_amount", "declared_unit", "boundary",
    "output_amount", "output_unit", "period_from", "period_to", "gwp",
)  # fmt: skip
CELLS = (
    "stage", "name", "quantity", "unit", "factor_code", "own_value", "own_unit", "own_source",
    "evidence", "quality",
)  # fmt: skip

KEY = "key"  # of a row, see carbon.keys; not in versions of before rows had one
PARAMETER = "parameters."  # what a parameter of a model is called as a cell; its slug follows
LINKS = "evidence_digest"  # of a row: the files that prove it; not in versions of before they were kept
MONTH_LINKS = "months_evidence"  # likewise, where its months have files: `2025-03 digest digest; 2025-04 …`
LINKED = (LINKS, MONTH_LINKS)


def follow(application: Application, step: str, actor: Actor, _facts: dict[str, object]) -> None:
    """Freeze what stands in the application now as its next version."""
    document = canonical(snapshot(application))
    submission = Submission(
        number=len(application.submissions) + 1,
        step=step,
        document=document,
        digest=hashlib.sha256(document.encode()).hexdigest(),
        submitted_by_id=actor.id,
        submitted_by=actor.label,
    )
    application.submissions.append(submission)
    db.session.flush()


def snapshot(application: Application) -> dict[str, object]:
    """Everything the applicant handed in, as plain values; numbers are strings, digit for digit."""
    return {
        "scheme": {"code": application.scheme.code, "version": application.scheme.version},
        **{party: {name: getattr(application, party).get(name, "") for name in PARTIES[party]}
           for party in PARTIES},
        **{name: getattr(application, name) for name in TEXTS},
        "parameters": dict(application.parameters),
        "models": [
            {"code": m.code, "specification": m.specification, **_stated(m.parameters)}
            for m in application.models
        ],
        "inventory": inventory(application.inventory),
        "footprint": _footprint(application),
        "files": [_file(file) for file in application.current_files],
        "answers": [
            {"round": p.round, "anchor": p.anchor, "text": p.text, "answer": p.answer}
            for p in application.points
        ],
        "questions": [_question(each) for each in application.questions if not each.is_gone],
    }  # fmt: skip


def inventory(stored: "Inventory") -> dict[str, Any]:  # JSON
    """The activity data as they stand: the head, the rows cell by cell, and the process system."""
    return {
        "head": {name: plain(getattr(stored, name)) for name in HEAD},
        "rows": [_row(row) for row in stored.rows],
        "system": stored.system,
    }


def _stated(parameters: Mapping[str, str]) -> dict[str, str]:
    """A cell for each parameter, as differences compare them."""
    return {f"{PARAMETER}{slug}": text for slug, text in parameters.items()}


def _row(row: "ActivityRow") -> dict[str, str]:
    """Cell by cell; what a record states is a cell for each of its quantities."""
    found = {name: plain(getattr(row, name)) for name in (KEY, *CELLS, LINKS)}
    told = records.as_texts(row.kind, row.stated)
    if held := records.of_months(row.stated):
        found[MONTH_LINKS] = "; ".join(" ".join([month, *held[month]]) for month in sorted(held))
    return found | told if row.kind == records.ACTIVITY else found | {"kind": row.kind} | told


def _footprint(application: Application) -> dict[str, object] | None:
    if (footprint := application.footprint) is None:
        return None
    return {
        "total": plain(footprint.total),
        "stated": plain(application.stated_carbon),
        "unit": footprint.unit,
        "digest": footprint.digest,
    }


def _question(asked: "Question") -> dict[str, object]:
    """What was asked of the activity data that are handed in, and what the applicant said to it."""
    return {
        "slug": asked.slug,
        "row": asked.row,
        "detail": asked.detail,
        "answer": asked.answer,
        "file": asked.file and asked.file.digest,
    }


def _file(file: ApplicationFile) -> dict[str, object]:
    return {"id": file.id, "kind": file.kind, "name": file.name, "digest": file.digest, "size": file.size}


def plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def canonical(content: Mapping[str, object]) -> str:
    """Sorted keys, no blanks: equal content is equal text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
