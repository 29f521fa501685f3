"""The verbs of certification.  Each is told its actor, checks first, and leaves the commit to its caller."""

from accounts.actor import SYSTEM
from certification.models import Application, Certificate, LabelLicence, Nonconformity, Sample
from certification.operations import applications, decision, evaluation, issue, labels, status, testing
from certification.operations.applications import (
    answer_point,
    attach_file,
    create_application,
    save_inventory,
    update_application,
)
from certification.operations.labels import request_label
from certification.workflow import APPLICATION, CERTIFICATE, LABEL, NONCONFORMITY, SAMPLE
from core import lifecycle
from core.machine import Machine, Offer

__all__ = [
    "answer_point",
    "attach_file",
    "create_application",
    "machine_of",
    "offers",
    "request_label",
    "save_inventory",
    "take",
    "update_application",
]

LAW = {
    Application: APPLICATION,
    Sample: SAMPLE,
    Nonconformity: NONCONFORMITY,
    Certificate: CERTIFICATE,
    LabelLicence: LABEL,
}

# What is read from the registers, or tried out, before the table is asked: it may refuse, and
# then nothing has changed.
PREPARE = {
    (APPLICATION, "submit"): applications.try_footprint,
    (APPLICATION, "resubmit"): applications.try_footprint,
    (APPLICATION, "correct"): evaluation.check_due,
    (APPLICATION, "plan"): evaluation.read_registers,
    (APPLICATION, "raise"): evaluation.check_due,
    (NONCONFORMITY, "answer"): evaluation.keep_evidence,
    (SAMPLE, "record"): testing.read_scope,
    (SAMPLE, "report"): testing.check_report,
    (CERTIFICATE, "suspend"): status.name_kind,
    (CERTIFICATE, "restore"): status.name_kind,
    (CERTIFICATE, "withdraw"): status.name_kind,
    (CERTIFICATE, "cancel"): status.name_kind,
}

# What a step brings with it once the table has said yes.
EFFECTS = {
    (APPLICATION, "submit"): applications.submit,
    (APPLICATION, "resubmit"): applications.submit,
    (APPLICATION, "correct"): applications.correct,
    (APPLICATION, "accept"): applications.accept,
    (APPLICATION, "offer"): applications.offer,
    (APPLICATION, "sign"): applications.sign,
    (APPLICATION, "plan"): evaluation.plan,
    (APPLICATION, "review_documents"): evaluation.review_documents,
    (APPLICATION, "order_sample"): testing.order_sample,
    (APPLICATION, "raise"): evaluation.raise_nonconformity,
    (APPLICATION, "verify_site"): evaluation.verify_site,
    (APPLICATION, "recommend"): decision.recommend,
    (APPLICATION, "return"): decision.send_back,
    (APPLICATION, "grant"): decision.grant,
    (APPLICATION, "refuse"): decision.refuse,
    (APPLICATION, "countersign"): decision.countersign,
    (APPLICATION, "issue"): issue.issue,
    (SAMPLE, "dispatch"): testing.dispatch,
    (SAMPLE, "receive"): testing.receive,
    (SAMPLE, "record"): testing.record,
    (SAMPLE, "report"): testing.report,
    (NONCONFORMITY, "answer"): evaluation.answer_nonconformity,
    (NONCONFORMITY, "close"): evaluation.judge_answer,
    (NONCONFORMITY, "reject"): evaluation.judge_answer,
    (CERTIFICATE, "suspend"): status.enter,
    (CERTIFICATE, "restore"): status.enter,
    (CERTIFICATE, "withdraw"): status.enter,
    (CERTIFICATE, "cancel"): status.enter,
    (LABEL, "license"): labels.answer,
    (LABEL, "refuse"): labels.answer,
}


# What the system does at once after a person's step, in the same transaction.
FOLLOWS = {(APPLICATION, "countersign"): "issue"}


def machine_of(subject) -> Machine:
    """The table that rules this thing's life."""
    return LAW[type(subject)]


def offers(subject, actor) -> list[Offer]:
    """The steps that are this actor's to take on the subject now, hindered ones with their reasons."""
    return machine_of(subject).offers(subject, actor)


def take(subject, name: str, actor, **facts) -> None:
    """Take one step, or raise the kind of no and change nothing.

    The effect is told the step's name as `facts["step"]`.
    """
    machine = machine_of(subject)
    machine.named(name).check_turn(subject, actor)
    if prepare := PREPARE.get((machine, name)):
        facts |= prepare(subject, step=name, **facts)
    lifecycle.take(machine, subject, name, actor, EFFECTS.get((machine, name)), **facts)
    if machine is APPLICATION:
        applications.touch(subject)
    if following := FOLLOWS.get((machine, name)):
        take(subject, following, SYSTEM)
