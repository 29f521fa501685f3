"""An edition of the list: drawn up by rule, shown for objection and confirmed by its maker, approved by two
others, signed; corrected, a line of it struck, and the next edition told apart from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from accounts.actor import Actor
from certification.certificate.models import Certificate
from core import clock, lifecycle
from core.db import db
from core.errors import Refused
from core.words import sentence, word
from demo import lists, products
from demo.cast import Cast
from demo.load import SHOWN, furnish
from demo.road import Product, Road, Say
from demo.stories.life import issued
from procurement import queries
from procurement.confirmations import queries as confirmations
from procurement.confirmations.operations import answer as answer_for_supply
from procurement.models import Edition
from procurement.objections import operations as objections

LEAD = timedelta(days=120)  # so long ago that two editions have had their notices since
DAY = timedelta(days=1)


def edition(say: Say) -> dict[str, object]:
    cast = furnish()
    lists.give_key(cast)
    with clock.travel(clock.today() - LEAD):
        certificate, other = [_certified(cast, product) for product in _tiles()]
    first = _published(cast, certificate.issued_on, say, lambda made: _heard(cast, made, other, say))
    _corrected(cast, first, other, _day_after(first), say)
    _struck(cast, certificate, _day_after(first), say)
    second = _published(cast, _day_after(first) + 2 * DAY, say)
    found = queries.difference(second)
    for change in found.removed:
        say(f"   与第 {first.number} 期相比退出：{change.product}，{word(f'omission.{change.reason}')}")
    return {
        "story": "edition",
        "certificate": certificate.number,
        "editions": [first.number, second.number],
        "digest": second.digest,
        "signed": [queries.is_signed(each) for each in (first, second)],
        "listed": [lists.holds(each, certificate.number) for each in (first, second)],
        "confirmed": confirmations.count(first).confirmed,
        "objections": [(each.kind, each.state) for each in first.objections],
        "removed": [change.reason for change in found.removed if change.number == certificate.number],
    }


def _tiles() -> list[Product]:
    """Two of one maker: one that is struck, and one that stays."""
    tiles = [each for each in products.invented(50, seed=31) if each.client.startswith("tile")]
    names = ("抛釉砖（清单演示，之后暂停）", "抛釉砖（清单演示）")
    return [replace(tile, client=SHOWN, name=name) for tile, name in zip(tiles, names, strict=False)]


def _certified(cast: Cast, product: Product) -> Certificate:
    road = Road(cast, product)
    road.to("certified")
    db.session.commit()
    return issued(road)


def _published(
    cast: Cast, cutoff: date, say: Say, in_notice: Callable[[Edition], None] = lambda _made: None
) -> Edition:
    """With the noes on its way: too short a notice, and an approval by whoever drew it up."""
    editor = cast.holder("reg", "list_editor")
    with clock.travel(cutoff):
        number = queries.next_number(cutoff)
        made = lists.drawn_up(editor, number, number, cutoff)
        say(f"起草第 {made.number} 期：{len(made.lines)} 行，没有列入 {len(made.omissions)} 个")
        _refused(say, made, "open_notice", editor, notice_from=cutoff, notice_to=cutoff + DAY)
        last = lists.notice_to(cutoff)
        lifecycle.take(made, "open_notice", editor, notice_from=cutoff, notice_to=last)
        say(f"   公示 {cutoff} 至 {last}")
        in_notice(made)
    with clock.travel(last + DAY):
        _refused(say, made, "approve", editor)
        for other in lists.APPROVERS:
            lifecycle.take(made, "approve", cast.actor(other))
        lifecycle.take(made, "publish", editor, document_number=f"演示〔{made.number}〕号")
        db.session.commit()
        say(f"   公布：{made.digest}，{'已签名' if queries.is_signed(made) else '没有签名'}")
    return made


def _heard(cast: Cast, made: Edition, certificate: Certificate, say: Say) -> None:
    """While it is shown: its maker says that it supplies, somebody objects, and is not right."""
    maker, number = cast.holder(SHOWN, "applicant"), certificate.number
    answer_for_supply(
        maker, made, number, answer="confirmed", contact="演示联系人 0510-0000000", pledged=True
    )
    say(f"   企业确认供货：{number}")
    said = objections.bring(
        made,
        number=number,
        text="演示：铭牌上的型号与清单不一致",
        name="演示异议人",
        contact="演示电话 025-0000000",
    )
    decider = cast.actor(lists.APPROVERS[0])
    lifecycle.take(said, "dismiss", decider, reason="演示：核对证书，型号一致")
    say(f"   异议 {said.number}：{word(f'list_objection.state.{said.state}')}")


def _corrected(cast: Cast, made: Edition, certificate: Certificate, day: date, say: Say) -> None:
    """Within the days for it: the printed line stays, and beside it stands what is to be read."""
    with clock.travel(day):
        said = objections.bring(made, number=certificate.number, text="演示：企业名称已经变更")
        told = {"remedy": "correct", "corrected": "演示：生产者名称以证书为准"}
        lifecycle.take(said, "uphold", cast.actor(lists.APPROVERS[0]), reason="演示：工商登记为证", **told)
        db.session.commit()
        say(f"   更正 {said.number}：{word(f'list_objection.state.{said.state}')}，{said.corrected}")


def _struck(cast: Cast, certificate: Certificate, day: date, say: Say) -> None:
    """Its certificate is suspended: the printed line stays, and is struck from that day."""
    with clock.travel(day):
        decider = cast.actor_of(certificate.body_id, "decision_maker")
        facts = {
            "cause": "surveillance_finding",
            "reason": "演示：监督发现待整改",
            "until": day + timedelta(days=60),
        }
        lifecycle.take(certificate, "suspend", decider, **facts)
        db.session.commit()
        say(f"暂停 {certificate.number}：{lists.live_line(certificate.number)}")


def _day_after(edition: Edition) -> date:
    assert edition.published_on is not None
    return edition.published_on + DAY


def _refused(say: Say, edition: Edition, step: str, actor: Actor, **facts: object) -> None:
    try:
        lifecycle.take(edition, step, actor, **facts)
    except Refused as refused:
        say(f"   拒绝“{word(f'edition.step.{step}')}”：{sentence(refused.slug, refused.detail)}")
        db.session.refresh(edition)
