"""The lines of a bid are checked, signed and kept, and a product of it is chosen; its certificate falls;
run again, the check says both, and the officers are told of what they chose."""

from dataclasses import replace
from datetime import timedelta

from flask import current_app

from accounts.actor import SYSTEM
from certification.certificate.models import Certificate
from certification.certificate.operations import signing
from certification.certificate.queries import signing as signed
from core import clock, lifecycle
from core.calendar.count import months_after
from core.db import db
from core.words import word
from demo import lists, products
from demo.cast import Cast
from demo.load import SHOWN, furnish
from demo.road import Road, Say
from demo.stories.life import issued
from procurement.bids import operations, queries, reading, told
from procurement.bids.models import BidCheck
from procurement.shortlists import operations as shortlists
from procurement.shortlists import queries as shortlisted
from procurement.shortlists.models import Shortlist

LEAD = timedelta(days=60)  # the case is walked so long ago that its list has had its notice and is in force
WHY = "演示：监督抽查发现材料造假"


def bid(say: Say) -> dict[str, object]:
    cast = furnish()
    with clock.travel(clock.today() - LEAD):
        road = Road(
            cast, replace(next(products.invented(1, seed=27)), client=SHOWN, name="抛釉砖（投标核对演示）")
        )
        road.to("certified")
    certificate = issued(road)
    edition = lists.next_edition(cast, certificate.issued_on)
    if signed.in_use(edition.owner.uscc) is None:
        signing.begin(SYSTEM, edition.owner.uscc)
    db.session.commit()
    say(f"证书 {certificate.number}；清单 {edition.number} {edition.published_on} 公布，现行")
    check = _check(cast, certificate, say)
    chosen = _chosen(cast, certificate, say)
    _withdraw(cast, certificate, say)
    again = _run_again(check, say)
    lost = _watched(chosen, say)
    return {
        "story": "bid",
        "certificate": certificate.number,
        "edition": edition.number,
        "check": check.number,
        "address": _address(check),
        "same": again.same,
        "since": [each.row for each in again.since],
        "shortlist": chosen.number,
        "lost": lost,
    }


def _check(cast: Cast, certificate: Certificate, say: Say) -> BidCheck:
    """The very product, a sign of its model and its maker mistaken, a larger good, nobody's number."""
    maker, model = certificate.holder.name, certificate.models[0].code
    rows = (
        (certificate.number, maker, model, ""),
        (certificate.number, maker, f"{model[:-1]}O", ""),
        (certificate.number, maker.replace("有限公司", "公司"), model, ""),
        (certificate.number, maker, model, "A02060000"),
        (f"{certificate.number[:-1]}X", maker, model, ""),
    )
    text = "\n".join("\t".join((number, maker, "", model, "", code)) for number, maker, model, code in rows)
    officer = cast.holder("buyer", "procurement_officer")
    asked = operations.ask(officer, clock.today(), reading.read_text(text))
    check = operations.keep(asked, "演示：市民活动中心装修")
    db.session.commit()
    who = "清单主管单位已签名" if queries.is_signed(check) else "没有签名"
    say(f"核对 {check.number}，{check.lines} 行，{who}  {_address(check)}")
    for line in queries.answered(check).content["lines"]:
        say(f"   第 {line['row']} 行 {word('may_buy.' + line['overall'])}：{told.sentence(told.why(line))}")
    return check


def _chosen(cast: Cast, certificate: Certificate, say: Say) -> Shortlist:
    """What the officer took of it, locked at the award for a contract of a year."""
    officer = cast.holder("buyer", "procurement_officer")
    made = shortlists.begin(officer, "演示：市民活动中心瓷砖", "瓷质砖，规格相符的", clock.today())
    sheet = reading.read_text(f"{certificate.number},,,{certificate.models[0].code}")
    [line] = shortlists.put(made, officer, sheet)
    shortlists.decide(made, officer, line.id, "chosen", "演示：规格相符")
    lifecycle.take(made, "award", officer, reason="演示：规格相符", until=months_after(clock.today(), 12))
    db.session.commit()
    say(f"选品清单 {made.number} 已定标，锁定，摘要 {made.digest[:12]}…；合同到 {made.until}")
    return made


def _watched(of: Shortlist, say: Say) -> int:
    """How many of the chosen products the officers were told of."""
    shortlists.watch()
    db.session.commit()
    lost = shortlisted.losses(of)
    for each in lost:
        say(f"选品清单 {of.number} 通知采购人员：{told.loss(each.answer)}")
    return len(lost)


def _withdraw(cast: Cast, certificate: Certificate, say: Say) -> None:
    decider = cast.actor_of(certificate.body_id, "decision_maker")
    lifecycle.take(certificate, "withdraw", decider, cause="fraud", reason=WHY)
    db.session.commit()
    say(f"当天撤销证书 {certificate.number}：{WHY}")


def _run_again(check: BidCheck, say: Say) -> queries.Rerun:
    again = queries.rerun(check)
    anew = "全部相同" if again.same and again.whole else "不同"
    say(f"重跑：按当时所知{anew}；此后才知道的 {len(again.since)} 行")
    for each in again.since:
        then, now = (word(f"may_buy.{answer['overall']}") for answer in (each.then, each.now))
        say(f"   第 {each.row} 行 {then} → {now}：{told.sentence(told.why(each.now))}")
    return again


def _address(check: BidCheck) -> str:
    return f"{current_app.config['PUBLIC_URL']}/procurement/checks/{check.address}"
