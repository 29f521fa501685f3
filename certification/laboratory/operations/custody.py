"""The chain of custody of a sample: every step in which it changes hands leaves one row."""

from datetime import date

from sqlalchemy import select

from certification.laboratory.models import CustodyEntry, Sample
from certification.workflow import SAMPLE
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.machine import Actor


def check_seal(
    sample: Sample, *, step: str, seal_number: str | None = "", **_facts: object
) -> dict[str, object]:
    """A seal is used once, whoever drew the sample."""
    number = (seal_number or "").strip()
    used = select(Sample.id).where(Sample.seal_number == number, Sample.id != sample.id)
    if number and db.session.scalar(used) is not None:
        raise Invalid("seal-number-used", {"seal_number": "seal-number-used"}, number=number)
    return {}


def draw(
    sample: Sample,
    actor: Actor,
    *,
    step: str,
    drawn_on: date,
    drawn_at: str | None = "",
    seal_number: str | None = "",
    **_facts: object,
) -> None:
    """Taken from the client's stock, by the body or, when it is the client's to submit, by the client."""
    sample.drawn_on, sample.drawn_by = drawn_on, actor.label
    sample.drawn_at = (drawn_at or "").strip() or sample.application.factory.get("address", "")
    sample.seal_number = (seal_number or "").strip()
    _pass(sample, actor, step, drawn_on, sample.application.factory["name"], actor.label, sample.drawn_at)


def send(sample: Sample, actor: Actor, *, step: str, sent_on: date, carrier: str, **_facts: object) -> None:
    _pass(sample, actor, step, sent_on, actor.label, carrier.strip(), sample.drawn_at)


def hand_over(
    sample: Sample,
    actor: Actor,
    *,
    step: str,
    on: date,
    taker: str,
    place: str,
    note: str = "",
    **_facts: object,
) -> None:
    _pass(sample, actor, step, on, _holder(sample), taker.strip(), place.strip(), note)


def receive(
    sample: Sample,
    actor: Actor,
    *,
    step: str,
    received_on: date,
    condition: str,
    seal: str | None = "",
    mismatch: str | None = "",
    **_facts: object,
) -> None:
    sample.received_on, sample.condition, sample.received_by = received_on, condition.strip(), actor.label
    sample.seal, sample.mismatch = seal or "", (mismatch or "").strip()
    _pass(sample, actor, step, received_on, _holder(sample), actor.label, _address(sample), sample.condition)


def doubt(sample: Sample, _actor: Actor, *, reason: str, **_facts: object) -> None:
    sample.doubt, sample.cleared = reason.strip(), False


def resume(sample: Sample, _actor: Actor, **_facts: object) -> None:
    sample.cleared = True


def retain(
    sample: Sample, actor: Actor, *, step: str, retained_until: date, retained_at: str, **_facts: object
) -> None:
    sample.retained_until, sample.retained_at = retained_until, retained_at.strip()
    _pass(sample, actor, step, today(), _holder(sample), actor.label, sample.retained_at)


def dispose(
    sample: Sample, actor: Actor, *, step: str, disposal: str, witness: str, **_facts: object
) -> None:
    sample.disposed_on, sample.disposed_by = today(), actor.label
    sample.disposal, sample.witness = disposal.strip(), witness.strip()
    _pass(sample, actor, step, today(), _holder(sample), actor.label, sample.retained_at, sample.disposal)


def to_the_bench(sample: Sample, actor: Actor, on: date) -> None:
    """The first who measures takes the sample over from whoever received it."""
    if _holder(sample) != actor.label:
        _pass(sample, actor, "record", on, _holder(sample), actor.label, _address(sample))


def _holder(sample: Sample) -> str:
    return sample.custody[-1].taker if sample.custody else sample.drawn_by


def _address(sample: Sample) -> str:
    return sample.laboratory.address or sample.laboratory.name


def _pass(
    sample: Sample, actor: Actor, act: str, on: date, giver: str, taker: str, place: str, note: str = ""
) -> None:
    sample.custody.append(
        CustodyEntry(
            act=act,
            on=on,
            giver=giver,
            taker=taker,
            place=place,
            seal_number=sample.seal_number,
            note=note or "",
            entered_by=actor.label,
        )
    )
    db.session.flush()


PREPARE = {
    (SAMPLE, "draw"): check_seal,
    (SAMPLE, "dispatch"): check_seal,
}

EFFECTS = {
    (SAMPLE, "draw"): draw,
    (SAMPLE, "dispatch"): draw,
    (SAMPLE, "send"): send,
    (SAMPLE, "hand_over"): hand_over,
    (SAMPLE, "receive"): receive,
    (SAMPLE, "doubt"): doubt,
    (SAMPLE, "resume"): resume,
    (SAMPLE, "retain"): retain,
    (SAMPLE, "dispose"): dispose,
}
