"""A complaint about a label: brought by the public and by the regulator, investigated by others, answered."""

from datetime import timedelta

from flask import current_app

from certification.certificate.models import Certificate
from certification.complaints.models import BodyComplaint
from certification.complaints.operations import bring
from certification.complaints.queries import followed_up, referred
from core import clock, lifecycle
from core.db import db
from core.errors import Refused
from core.words import word
from demo import products
from demo.cast import Cast
from demo.load import furnish
from demo.road import Road, Say
from oversight.operations import file_report

LEAD = timedelta(days=40)  # so long ago the certificate was issued
FACTS = "展厅里没有获证的型号也贴着这张证书的标签。"
FOUND = "到场看过：两个未获证的型号贴有标签，企业已当场撤下，共 14 件。"
ANSWER = "经调查属实。已责成企业撤下标签，并提请暂停证书，整改核实以后再恢复。"


def complaint(say: Say) -> dict[str, object]:
    cast = furnish()
    db.session.commit()
    with clock.travel(clock.today() - LEAD):
        application = Road(cast, next(products.invented(1))).to("certified")
        db.session.commit()
    certificate = db.session.query(Certificate).filter_by(application_id=application.id).one()
    say(f"证书 {certificate.number}  {_url()}/certificates/{certificate.number}/complaint")
    brought, code = bring(
        certificate, subject="label", text=FACTS, name="演示公众", contact="public@demo.example"
    )
    _tell(brought, say, "公众提出")
    _others_refused(cast, brought, say)
    _handled(cast, brought, say)
    suspended = _decided(cast, certificate, say)
    told = followed_up(brought.number, code)
    say(f"凭编号和查询码看到：{told.answer if told else ''}")
    passed_on = _referred_by_the_regulator(cast, certificate, say)
    db.session.commit()
    return {
        "story": "complaint",
        "certificate": certificate.number,
        "complaint": brought.number,
        "outcome": brought.outcome,
        "state": brought.state,
        "status": suspended,
        "referred": passed_on.number,
        "verify": f"{_url()}/verify/{certificate.number}",
    }


def _others_refused(cast: Cast, brought: BodyComplaint, say: Say) -> None:
    """Only somebody with the duty, who took no part, handles it."""
    for role in ("lead_verifier", "decision_maker", "head_of_body"):
        try:
            lifecycle.take(brought, "acknowledge", cast.actor_of(brought.body_id, role))
        except Refused as refused:
            say(f"   {word(f'role.{role}')}不能办理：{refused.slug}")


def _handled(cast: Cast, brought: BodyComplaint, say: Say) -> None:
    officer = cast.actor_of(brought.body_id, "appeals_officer")
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("acknowledge", {}),
        ("investigate", {"findings": FOUND}),
        ("answer", {"outcome": "founded", "measure": "suspend", "answer": ANSWER}),
    )
    for step, facts in steps:
        lifecycle.take(brought, step, officer, **facts)
        _tell(brought, say, str(word(f"body_complaint.step.{step}")))
    db.session.commit()


def _decided(cast: Cast, certificate: Certificate, say: Say) -> str:
    """The answer only proposes; a decision maker suspends."""
    [proposal] = [each for each in certificate.proposals if each.source == "complaint"]
    say(f"提请：{word(f'certificate.step.{proposal.kind}')}，{word(f'cause.{proposal.cause}')}")
    until = clock.today() + timedelta(days=60)
    facts = {"cause": proposal.cause, "reason": proposal.reason, "until": until}
    lifecycle.take(certificate, "suspend", cast.actor_of(certificate.body_id, "decision_maker"), **facts)
    db.session.commit()
    say(
        f"证书现在{word(f'certificate.state.{certificate.state}')}；建议{word(f'status_proposal.state.{proposal.state}')}"
    )
    return certificate.state


def _referred_by_the_regulator(cast: Cast, certificate: Certificate, say: Say) -> BodyComplaint:
    """What reaches the regulator goes to the body in the regulator's words, without whoever brought it."""
    report, _code = file_report(
        about_kind="product", about=certificate.number, text="宣传页上的型号不在证书里。"
    )
    regulator = cast.holder("reg", "regulator")
    lifecycle.take(report, "take_on", regulator)
    lifecycle.take(report, "refer", regulator, reason="请核实宣传页上的型号是否获证。")
    found = referred(report.number)
    assert found is not None  # the step has just brought it
    _tell(found, say, f"监管部门转来 {report.number}")
    return found


def _tell(found: BodyComplaint, say: Say, what: str) -> None:
    state = word(f"body_complaint.state.{found.state}")
    say(f"{what}：{found.number} {state}，期限 {found.due_on}  {_url()}/certification/complaints/{found.id}")


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
