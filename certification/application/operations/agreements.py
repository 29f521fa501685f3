"""The agreement of a case: worded by the body when it is offered, kept, and drawn once both have signed."""

import hashlib

from certification.application.models import Agreement, Application
from core import jobs
from core.canonical import canonical, plain
from core.clock import today
from core.db import db
from registers.adoption import own

FORMAT = "tanbiao/agreement/1"


def keep(application: Application) -> Agreement | None:
    """The text of this day, where the body has its own; the terms of the house are the same for everybody."""
    facts = _facts(application)
    found = own.of_paper(application.body_id, application.scheme.code, "agreement", facts)
    if not found.get("wording"):
        return None
    said = canonical({"format": FORMAT, **plain(facts), "own": found})
    kept = Agreement(
        application_id=application.id, statement=said.decode(), digest=hashlib.sha256(said).hexdigest()
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def draw(application: Application) -> None:
    """Have it drawn, where there is one."""
    if application.agreement is not None:
        jobs.enqueue("agreement.draw", agreement_id=application.agreement.id)


def _facts(application: Application) -> dict[str, object]:
    scheme, body, client = application.scheme, application.body, application.applicant
    return {
        "client": {"name": client.name, "uscc": client.uscc, "address": client.address},
        "body": {
            "name": body.name,
            "uscc": body.uscc,
            "address": body.address,
            "telephone": body.telephone,
        },
        "case": {
            "number": application.number,
            "product": application.product_name,
            "rule": scheme.name,
            "rule_number": scheme.rule_number,
            "rule_version": scheme.version,
            "mode": scheme.mode,
            "validity_years": str(scheme.validity_years),
        },
        "models": [{"code": m.code, "specification": m.specification} for m in application.models],
        "offered_on": today(),
    }
