"""A laboratory declines, the lead has a tie to the client: the plan is changed, and the case goes on."""

from dataclasses import replace
from datetime import timedelta

from flask import current_app

from accounts.actor import Actor
from certification.certificate.models import Certificate
from certification.impartiality.operations import declare
from core import clock
from core.db import db
from core.machine import Subject
from core.words import word
from demo import products
from demo.load import furnish
from demo.road import OnStep, Product, Road, Say, site_record

LEAD = timedelta(days=60)  # so long ago the case begins
CLIENT = "tile1"
DECLINED = "放射性检测设备检修，三个月内不接单。"
TIE = "我配偶三年前在该企业任职，请另派组长。"
CHANGED = "检测机构退单，组长申明有利益关系：改派组长，改由另一家机构检测，顺延现场核查。"
PAGES = {
    "manufacturer": "/certification/applications/{case}",
    "certification_body": "/certification/reviews/{case}",
    "testing_body": "/certification/laboratory/samples/{id}",
}


class Case(Road):
    """A road on which another leads, and another laboratory tests, once the plan was changed."""

    leads = "verifier@demo.example"

    def _holder(self, role: str) -> Actor:
        return self.cast.actor(self.leads) if role == "lead_verifier" else super()._holder(role)


def replan(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - LEAD
    db.session.commit()
    with clock.travel(start):
        case = Case(cast, tile(), on_step=teller(say))
        case.to("evaluating")
        decline(case)
        recuse(case)
    with clock.travel(start + timedelta(days=3)):
        change(case)
    former = case.application.former_plans[-1]
    say(f"   原方案：{'、'.join(member['name'] for member in former.team)}；{former.laboratories[0]['name']}")
    with clock.travel(start + timedelta(days=12)):
        certificate = certify(case)
    say(f"证书 {certificate.number}  {_url()}/verify/{certificate.number}")
    return {
        "story": "replan",
        "application": case.application.number,
        "certificate": certificate.number,
        "plans": len(case.application.former_plans) + 1,
        "status": certificate.state,
    }


def tile(name: str = "抛釉砖（改派演示）") -> Product:
    return replace(next(products.invented(1)), client=CLIENT, name=name)


def decline(case: Case) -> None:
    """The officer orders, and the laboratory has no hands for it."""
    model = case.application.models[0].code
    case.take("order_sample", "case_officer", method="sealed", model=model, quantity=3)
    case.take("decline_order", "sample_receiver", case.application.samples[-1], reason=DECLINED)
    db.session.commit()


def recuse(case: Case) -> None:
    """The lead says before opening the case that it is not hers to judge."""
    lead = case._holder("lead_verifier")
    declare(case.application, lead, free=False, reason=TIE)
    db.session.commit()


def change(case: Case) -> None:
    """Another lead, another laboratory, other days; the same gate lets them pass."""
    case.laboratory, case.leads = "lab2", "verifier2@demo.example"
    case.take("replan", "case_officer", reason=CHANGED, **case.plan(begin=timedelta(days=7)))
    db.session.commit()


def certify(case: Case) -> Certificate:
    case.take("review_documents", "document_reviewer", result="pass", findings="数据可信。")
    case.settle()
    case.test()
    case.find_and_close()
    case.take("verify_site", "lead_verifier", **site_record(case.application))
    case.finish()
    case.to("certified")
    db.session.commit()
    return db.session.query(Certificate).filter_by(application_id=case.application.id).one()


def teller(say: Say) -> OnStep:
    def on_step(step: str, actor: Actor, subject: Subject) -> None:
        case = getattr(subject, "application_id", subject.id)
        kind = getattr(subject, "__tablename__", "")
        name = "carbon.step.fill" if step == "fill" else f"{kind}.step.{step}"
        page = PAGES[actor.kind].format(case=case, id=subject.id)
        say(f"{clock.today()}  {word(name)}  {actor.label}  {_url()}{page}")

    return on_step


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
