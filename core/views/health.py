from core import health
from core.views.blueprint import bp, public
from core.web import json_response

NEEDED = ("database", "migrations", "storage")


@bp.get("/healthz")
@public
def healthz():
    """The process answers."""
    return json_response({"ok": True})


@bp.get("/readyz")
@public
def readyz():
    """Whether requests may be sent here.

    Late jobs are told but do not take the pages away: certificates stay readable while mails wait.
    """
    found = {check.name: check.ok for check in health.checks()}
    ready = all(found[name] for name in NEEDED)
    return json_response({"ok": ready, **found}, 200 if ready else 503)
