"""A case sent back twice: three points answered field by field, one more that says why it comes late."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from flask import current_app

from accounts.actor import Actor
from certification.application import differences
from certification.application.operations.applications import (
    answer_point,
    save_inventory,
    update_application,
)
from certification.application.operations.documents import attach_file, remove_file
from certification.application.operations.submissions import inventory
from certification.application.queries.submissions import called, place_text, spoken
from certification.certificate.models import Certificate
from core import clock
from core.db import db
from core.errors import Refused
from core.machine import Subject
from core.words import word
from demo import papers, products
from demo.load import furnish
from demo.road import OnStep, Product, Road, Say
from schemes.called import kind_name

# Where each kind of organisation finds the case.
PAGES = {
    "manufacturer": "/certification/applications/{case}",
    "certification_body": "/certification/reviews/{case}",
    "testing_body": "/certification/laboratory/samples/{id}",
}
LEAD = timedelta(days=45)
CLIENT = "tile1"
LATE = "新提交的执照与生产企业地址不一致，第一次提交时尚无从发现。"
FIRST = (
    ("trademark", "填写注册商标，与铭牌一致"),
    ("inventory.row:0", "活动量与台账不符，请按入库台账改"),
    ("file:business_licence", "执照副本缺第二页"),
)
SECOND = (("factory.address", "写到门牌号，与新提交的执照一致"),)


def corrections(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - LEAD
    db.session.commit()
    with clock.travel(start):
        case = Road(cast, tile(), on_step=_teller(say))
        case.to("submitted")
        return_with(case, FIRST)
    with clock.travel(start + timedelta(days=6)):
        answer_first(case, say)
    _changed(case, say)
    with clock.travel(start + timedelta(days=8)):
        return_with(case, SECOND, reason=LATE)
    with clock.travel(start + timedelta(days=10)):
        answer_second(case)
    _changed(case, say)
    with clock.travel(start + timedelta(days=12)):
        case.to("certified")
        db.session.commit()
    certificate = db.session.query(Certificate).filter_by(application_id=case.application.id).one()
    say(f"证书 {certificate.number}  {_url()}/verify/{certificate.number}")
    return {
        "story": "corrections",
        "application": case.application.number,
        "versions": len(case.application.submissions),
        "rounds": max(point.round for point in case.application.points),
        "certificate": certificate.number,
    }


def tile(name: str = "抛釉砖（补正演示）") -> Product:
    return replace(next(products.invented(1)), client=CLIENT, name=name, trademark="")


def return_with(case: Road, points: Iterable[tuple[str, str]], **more: object) -> None:
    """One complete list; a second one says why it was not told the first time."""
    listed = [{"anchor": anchor, "text": text} for anchor, text in points]
    case.take("correct", "application_reviewer", points=listed, **more)
    db.session.commit()


def answer_first(case: Road, say: Say) -> None:
    """What is not on the list stays shut; what is on it is mended, and each point is answered."""
    application, actor = case.application, case._holder("applicant")
    try:
        update_application(application, actor, application.version, series="没有被问到的")
    except Refused as refused:
        say(f"   没有列出的字段不能改：{refused.slug}")
        db.session.rollback()
    update_application(application, actor, application.version, trademark="云陶")
    _mend_row(case, actor)
    licence, name = papers.paper("business_licence")
    mended = BytesIO(licence.read() + b"\n% page 2\n")
    former = next(file for file in application.current_files if file.kind == "business_licence")
    remove_file(application, actor, former.id)
    attach_file(application, actor, "business_licence", mended, f"补-{name}")
    _answer(case, actor, ("已填写注册商标", "已按入库台账更正", "已补交第二页"))
    case.take("resubmit", "applicant")
    db.session.commit()


def _mend_row(case: Road, actor: Actor) -> None:
    stored = case.application.inventory
    rows = inventory(stored)["rows"]
    rows[0]["quantity"] = str((stored.rows[0].quantity or 0) * 2)
    head = {"output_amount": stored.output_amount, "output_unit": stored.output_unit}
    save_inventory(case.application, actor, head, rows, stored.version)


def answer_second(case: Road) -> None:
    application, actor = case.application, case._holder("applicant")
    address = f"{application.factory['address']} 2 幢"
    update_application(application, actor, application.version, factory={"address": address})
    _answer(case, actor, ("已写到幢号，与执照一致",))
    case.take("resubmit", "applicant")
    db.session.commit()


def _answer(case: Road, actor: Actor, texts: Sequence[str]) -> None:
    for point, text in zip(case.application.open_points, texts, strict=True):
        answer_point(point, case.application, actor, text)


def _changed(case: Road, say: Say) -> None:
    """What the reviewer reads: the difference between the last two versions."""
    application = case.application
    old, new = application.submissions[-2:]
    page = f"/certification/applications/{application.id}/versions/difference"
    say(f"第 {old.number} 版到第 {new.number} 版  {_url()}{page}?from={old.number}&to={new.number}")
    found = differences.between(old.content, new.content)
    for cell in found.fields:
        say(f"   {called(cell.place)}：{spoken(cell.place, cell.before)} → {cell.after}")
    for line in found.rows:
        cells = "，".join(f"{called(cell.place)} {cell.before} → {cell.after}" for cell in line.cells)
        say(f"   {line.name}：{cells}")
    for line in found.files:
        before, after = ((each or {}).get("name", "") for each in (line.before, line.after))
        say(f"   {kind_name(application.scheme.rules, line.name)}：{before} → {after}")
    for point in (point for point in application.points if point.round == old.number):
        say(f"   答复 {place_text(application, point.anchor)}：{point.answer}")


def _teller(say: Say) -> OnStep:
    def on_step(step: str, actor: Actor, subject: Subject) -> None:
        page = PAGES[actor.kind].format(case=getattr(subject, "application_id", subject.id), id=subject.id)
        named = "carbon.step.fill" if step == "fill" else f"{_table(subject)}.step.{step}"
        say(f"{word(named)}  {actor.label}  {_url()}{page}")

    return on_step


def _table(subject: Subject) -> str:
    return str(getattr(subject, "__tablename__", ""))


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
