"""Work that was given up, done again because somebody asks."""

from accounts.actor import Actor
from accounts.operations.checks import administrator
from core import audit, jobs
from core.jobs import Job


def repeat_job(actor: Actor, job_id: int) -> Job:
    """Queue a job that failed once more; whatever made it fail had better be mended first."""
    administrator(actor)
    job = jobs.repeat(job_id)
    audit.record(actor, "job.repeat", f"job/{job.id}", kind=job.kind, error=job.error)
    return job
