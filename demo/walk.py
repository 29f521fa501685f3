"""Whole stories, from the application to the list and off it again, told step by step."""

from datetime import timedelta
from pathlib import Path

from flask import current_app

from accounts.actor import Actor
from certification.certificate import document
from certification.certificate.models import Certificate
from certification.label.operations.labels import request_label
from core import clock, files, lifecycle
from core.db import db
from core.errors import Refused
from core.machine import Subject
from core.words import word
from demo import lists, products
from demo.cast import Cast
from demo.load import furnish
from demo.road import OnStep, Product, Road, Say
from demo.stories.bid import bid
from demo.stories.complaint import complaint
from demo.stories.corrections import corrections
from demo.stories.edition import edition
from demo.stories.life import life, restore_on_request
from demo.stories.refusal_and_appeal import refusal_and_appeal
from demo.stories.replan import replan
from demo.stories.retest import retest
from demo.stories.rule_change import rule_change
from demo.stories.succession import succession
from demo.stories.verification import verification

LEAD = timedelta(days=45)  # the case is walked so long ago that its list has had its notice and is in force

# Where each kind of organisation finds the case.
PAGES = {
    "manufacturer": "/certification/applications/{case}",
    "certification_body": "/certification/reviews/{case}",
    "testing_body": "/certification/laboratory/samples/{id}",
}


def laptop(say: Say) -> dict[str, object]:
    """A real laptop, its facts as its maker published them."""
    cast = _stage()
    return _whole_story(cast, next(products.real_devices()), say)


def process(say: Say) -> dict[str, object]:
    """A process system of the published cases, solved as a linear system."""
    cast = _stage()
    return _whole_story(cast, products.process_system(), say)


def _stage() -> Cast:
    cast = furnish()
    db.session.commit()
    return cast


def _whole_story(cast: Cast, product: Product, say: Say) -> dict[str, object]:
    with clock.travel(clock.today() - LEAD):
        application = Road(cast, product, on_step=_teller(say)).to("certified")
    db.session.commit()
    certificate = db.session.query(Certificate).filter_by(application_id=application.id).one()
    _show_certificate(certificate, say)
    edition = _list_it(cast, certificate, say)
    _suspend_and_restore(cast, certificate, say)
    return {
        "story": product.name_en,
        "application": application.number,
        "certificate": certificate.number,
        "footprint": f"{certificate.carbon} {certificate.carbon_unit}",
        "edition": edition,
        "verify": f"{_url()}/verify/{certificate.number}",
    }


def _show_certificate(certificate: Certificate, say: Say) -> None:
    say(f"证书 {certificate.number}  {certificate.carbon} {certificate.carbon_unit}")
    say(f"   {_url()}/verify/{certificate.number}")
    say(f"   {_url()}/v/{certificate.code}")
    document.draw(certificate.id)  # what its job would do; others may wait in the queue
    db.session.commit()
    say(f"   PDF {_size(certificate.document)}  {_url()}/certificates/{certificate.number}.pdf")


def _list_it(cast: Cast, certificate: Certificate, say: Say) -> str:
    if not lists.has_policy(certificate.scheme.code):
        say("清单：采购政策里没有这一类产品")
        return ""
    edition = lists.next_edition(cast, certificate.issued_on)
    db.session.commit()
    held = "在清单内" if lists.holds(edition, certificate.number) else "不在清单内"
    say(f"清单 {edition.number}：{held}  {_url()}/procurement/lists/{edition.number}")
    return edition.number


def _suspend_and_restore(cast: Cast, certificate: Certificate, say: Say) -> None:
    """Off the list at once by suspension, and back by restoration, so that the story ends well."""
    decider = cast.actor_of(certificate.body_id, "decision_maker")
    until = clock.today() + timedelta(days=60)
    facts = {"cause": "surveillance_finding", "reason": "演示：监督发现待整改", "until": until}
    lifecycle.take(certificate, "suspend", decider, **facts)
    db.session.commit()
    say(f"暂停：{_standing(certificate)}")
    try:
        request_label(certificate, cast.actor_of(certificate.holder_id, "applicant"), "包装")
    except Refused as refused:
        say(f"   暂停期间申请标签被拒绝：{refused.slug}")
        db.session.rollback()
    restore_on_request(cast, certificate)
    db.session.commit()
    say(f"恢复：{_standing(certificate)}")


def _standing(certificate: Certificate) -> str:
    status = word(f"certificate.state.{certificate.state}")
    return f"现在的状态是{status}；{lists.live_line(certificate.number)}"


def _teller(say: Say) -> OnStep:
    def on_step(step: str, actor: Actor, subject: Subject) -> None:
        case = getattr(subject, "application_id", subject.id)
        page = PAGES[actor.kind].format(case=case, id=subject.id)
        say(f"{_step_word(_table(subject), step)}  {actor.label}  {_url()}{page}")

    return on_step


def _step_word(kind: str, step: str) -> str:
    return str(word("carbon.step.fill" if step == "fill" else f"{kind}.step.{step}"))


def _size(digest: str | None) -> str:
    return f"{Path(files.path_of(digest)).stat().st_size // 1024} kB" if digest else "-"


def _table(subject: Subject) -> str:
    return str(getattr(subject, "__tablename__", ""))


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])


STORIES = {
    "laptop": laptop,
    "process": process,
    "complaint": complaint,
    "bid": bid,
    "corrections": corrections,
    "edition": edition,
    "life": life,
    "refusal-and-appeal": refusal_and_appeal,
    "replan": replan,
    "retest": retest,
    "rule-change": rule_change,
    "succession": succession,
    "verification": verification,
}
