"""Fills an empty installation so that every role finds work on first sign-in.  Runs once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import update

from accounts.actor import SYSTEM
from accounts.models import Notice
from carbon import operations as carbon
from certification.certificate.models import Certificate
from certification.label.operations.labels import request_label
from core import clock, jobs, lifecycle
from core.calendar import book
from core.db import db
from demo import fees, later, lists, people, products, rules
from demo.cast import Cast, engage, register
from demo.road import ROAD, Product, Road
from procurement import queries
from schemes import operations as schemes

INVENTED = 200
SHOWN = "tile1"  # the applicant whose sign-in is shown has a case in every state
SAMPLE_STATES = ("planned", "in_transit", "received", "testing")
FIRST_DAY, LAST_DAY = date(2025, 4, 1), date(2026, 11, 6)


def load(say: Callable[[str], None]) -> bool:
    """Load the demonstration; return False when it is there already.

    Each certificate is a transaction, and all the rest is one, so a load that was cut off goes on
    where it stopped.
    """
    if queries.number_taken(lists.CURRENT):
        return False
    cast = furnish()
    db.session.commit()
    _certify_everything(cast, say)
    later.check_what_was_due(cast)
    jobs.set_back_queued()  # whoever is certified today need not wait for these papers
    _leave_waiting(cast)
    _act_on_some(cast)
    lists.load(cast)
    _ask_for_labels(cast)
    later.bring_to_the_regulator()
    later.write_to_each_other(cast)
    later.type_a_day_late(cast)
    later.ask_to_restore(cast)
    later.complain(cast)
    rules.leave_drafts(cast)
    people.leave_proposals(cast)
    people.leave_role_proposals(cast)
    _read_what_is_old()
    db.session.commit()
    return True


def _certify_everything(cast: Cast, say: Callable[[str], None]) -> None:
    everything = [*products.real_devices(), *products.invented(INVENTED)]
    span, done = (LAST_DAY - FIRST_DAY).days, db.session.query(Certificate).count()
    for number, product in enumerate(everything[done:], start=done):
        _certify(cast, product, FIRST_DAY + timedelta(days=span * number // len(everything)))
        if number % 50 == 49:
            say(f"{number + 1} / {len(everything)}")


def furnish() -> Cast:
    """Reference facts, people, registers."""
    carbon.load_factors()
    schemes.load(schemes.SHIPPED, SYSTEM)
    book.seed(SYSTEM)
    lists.load_categories()
    cast = engage()
    register(cast)
    fees.publish(cast)
    return cast


def _certify(cast: Cast, product: Product, day: date) -> None:
    body = "cb2" if day.day % 5 == 0 else "cb"
    with clock.travel(day):
        Road(cast, product, body).to("certified")
    db.session.commit()


def _leave_waiting(cast: Cast) -> None:
    """Cases standing in every state, so that each role has something to do."""
    stream = products.invented(500, seed=25)
    shown = (replace(p, client=SHOWN) for p in products.invented(500, seed=26) if p.client.startswith("tile"))
    for state in ROAD[:-1]:
        for product in (next(stream), next(shown)):
            with clock.travel(clock.today() - timedelta(days=9)):
                Road(cast, product).to(state)
    _correcting(cast, next(shown))
    for state in SAMPLE_STATES:
        _half_evaluated(cast, next(shown), state)
    _declined(cast, next(stream))
    _refused(cast, next(stream))
    later.appeal(cast, _refused(cast, next(shown)))


def _correcting(cast: Cast, product: Product) -> None:
    road = Road(cast, product)
    road.to("submitted")
    points = [{"anchor": "file:business_licence", "text": "营业执照副本已过期，请更换。"}]
    road.take("correct", "application_reviewer", points=points)


def _half_evaluated(cast: Cast, product: Product, sample_state: str) -> None:
    """A case in evaluation with a sample on its way and a finding the applicant must answer."""
    road = Road(cast, product)
    road.to("evaluating")
    road.take("review_documents", "document_reviewer", result="pass", findings="数据可信。")
    road.trace()
    road.test(sample_state)
    road.take(
        "raise",
        "lead_verifier",
        grade="minor",
        anchor="evidence_reliability",
        fact="省外发货没有里程记录，配送距离缺少证据。",
        due=clock.today() + timedelta(days=10),
    )


def _declined(cast: Cast, product: Product) -> None:
    road = Road(cast, product)
    road.to("submitted")
    road.take("decline", "application_reviewer", reason="生产许可已过有效期，不符合受理条件。")


def _refused(cast: Cast, product: Product) -> Road:
    road = Road(cast, product)
    road.to("evaluating")
    road.take("review_documents", "document_reviewer", result="fail", findings="燃气用量与结算单相差 38%。")
    road.take("report_failure", "lead_verifier", reason="文件评审不通过，企业未能说明差额。")
    road.take("recommend", "technical_reviewer", recommendation="refuse", text="证据不足，建议不予认证。")
    road.take("refuse", "decision_maker", signed=True, reason="活动数据与结算单不符，且未能说明。")
    return road


def _act_on_some(cast: Cast) -> None:
    """Some certificates are suspended, withdrawn or cancelled, each for a stated cause."""
    acts = (
        ("suspend", "surveillance_finding", "监督检查发现能源计量记录不完整，责令整改。"),
        ("withdraw", "not_corrected", "暂停期内未采取纠正措施。"),
        ("cancel", "production_ended", "企业已停止生产该产品。"),
    )
    certificates = db.session.query(Certificate).order_by(Certificate.id.desc()).limit(90).all()
    for number, certificate in enumerate(certificates[::10]):
        act, cause, reason = acts[number % len(acts)]
        facts: dict[str, object] = {"cause": cause, "reason": f"{reason}（演示）"}
        if act == "suspend":
            facts["until"] = clock.today() + timedelta(days=90)
        lifecycle.take(certificate, act, cast.actor_of(certificate.body_id, "decision_maker"), **facts)


def _read_what_is_old() -> None:
    """An inbox of years of unread notices would say nothing; the last days' are left to read."""
    old = Notice.created_at < clock.now() - timedelta(days=8)
    db.session.execute(update(Notice).where(old, Notice.read_at.is_(None)).values(read_at=Notice.created_at))


def _ask_for_labels(cast: Cast) -> None:
    """The holder shown in the demonstration has one label licensed and one asked for."""
    mine = db.session.query(Certificate).filter_by(holder_id=cast.organisations[SHOWN].id)
    valid = [certificate for certificate in mine.order_by(Certificate.id) if certificate.is_valid][:2]
    for number, certificate in enumerate(valid):
        holder = cast.holder(SHOWN, "applicant")
        licence = request_label(certificate, holder, "产品包装箱与产品说明书")
        if number == 0:
            lifecycle.take(licence, "license", cast.actor_of(certificate.body_id, "label_officer"))
