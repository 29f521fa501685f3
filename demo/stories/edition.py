"""An edition of the list: drawn up by rule, shown for objection, approved by two others, signed; a line of it
struck, and the next edition told apart from it."""

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
from procurement.models import Edition

LEAD = timedelta(days=120)  # so long ago that two editions have had their notices since
DAY = timedelta(days=1)


def edition(say: Say) -> dict[str, object]:
    cast = furnish()
    lists.give_key(cast)
    with clock.travel(clock.today() - LEAD):
        certificate, _other = [_certified(cast, product) for product in _tiles()]
    first = _published(cast, certificate.issued_on, say)
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


def _published(cast: Cast, cutoff: date, say: Say) -> Edition:
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
    with clock.travel(last + DAY):
        _refused(say, made, "approve", editor)
        for other in lists.APPROVERS:
            lifecycle.take(made, "approve", cast.actor(other))
        lifecycle.take(made, "publish", editor, document_number=f"演示〔{made.number}〕号")
        db.session.commit()
        say(f"   公布：{made.digest}，{'已签名' if queries.is_signed(made) else '没有签名'}")
    return made


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
