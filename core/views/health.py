from flask import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from core import health, jobs
from core.views.blueprint import bp, public
from core.web import json_response

NEEDED = ("database", "migrations", "storage")


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return json_response({"ok": True})


@bp.get("/readyz")
@public
def readyz() -> Response:
    """Whether requests may be sent here.

    Late jobs are told but do not take the pages away: certificates stay readable while mails wait.
    """
    found = {check.name: check.ok for check in health.checks()}
    ready = all(found[name] for name in NEEDED)
    return json_response({"ok": ready, **found}, 200 if ready else 503)


@bp.get("/metrics")
@public
def metrics() -> Response:
    """What a monitor asks for, in the text format of Prometheus: counts of the whole installation."""
    registry = CollectorRegistry()
    gauge = Gauge("tanbiao_jobs", "Jobs by state.", ["state"], registry=registry)
    for state, count in jobs.counts().items():
        gauge.labels(state).set(count)
    Gauge("tanbiao_job_lag_seconds", "How long the oldest due job has waited.", registry=registry).set(
        jobs.lag()
    )
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
