"""A rule gets a stricter limit: drafted, tried on what is in force, commented on, approved, published; one
certificate is converted, another is not and stands in the batch at the end."""

from dataclasses import replace
from datetime import date, timedelta

from flask import current_app

from accounts.actor import NOBODY, SYSTEM
from certification.aftercare.models import SuspensionBatch
from certification.aftercare.operations.batches import end_transitions, open_proposals
from certification.certificate.models import Certificate
from certification.conversion import operations as conversion
from certification.conversion import queries
from certification.conversion.models import RuleChange
from certification.workflow.conversion import plain
from core import clock, lifecycle
from core.db import db
from demo import products, rules
from demo.cast import APPROVALS, Cast, approve
from demo.load import furnish
from demo.road import Product, Road, Say
from demo.stories.life import Later, issued
from schemes import operations as register
from schemes import queries as book
from schemes.document import read
from schemes.drafts import operations as drafts
from schemes.drafts.models import RuleDraft
from schemes.judging import beyond
from schemes.models import SchemeVersion

SINCE = timedelta(days=500)  # so long ago that everything that is told lies behind us
PUBLISHED = timedelta(days=150)  # after the certificates were issued
AHEAD = timedelta(days=30)  # from publication to the day in force
CODE, MONTHS = "demo-tile", 6
CLIENTS = ("tile1", "tile3")


def rule_change(say: Say) -> dict[str, object]:
    cast, start = furnish(), clock.today() - SINCE
    with clock.travel(start):
        former = _first_version(cast, start)
        roads = [_certify(cast, former, client) for client in CLIENTS]
        db.session.commit()
    for road in roads:
        certificate = issued(road)
        value = f"{certificate.carbon} {certificate.carbon_unit}"
        say(f"{start} 发证：{certificate.number} {value}  {page(certificate)}")
    with clock.travel(start + PUBLISHED):
        change = _publish(cast, former, _between(roads), say)
        db.session.commit()
    with clock.travel(change.scheme.effective_from + timedelta(days=20)):
        kept = _convert(roads, change, say)
        db.session.commit()
    with clock.travel(change.convert_by + timedelta(days=1)):
        batch = _end(change, say)
        db.session.commit()
    left = [each["certificate_id"] for each in batch.found]
    return {
        "story": "rule-change",
        "rule": change.number,
        "convert_by": change.convert_by.isoformat(),
        "converted": kept.number,
        "batch": batch.id,
        "unconverted": [db.session.get_one(Certificate, each).number for each in left],
        "proposals": len(open_proposals(batch)),
    }


def _first_version(cast: Cast, day: date) -> SchemeVersion:
    """A rule of the story's own, so that no other certificate is touched; told again, one more."""
    code = f"{CODE}-{sum(scheme.code.startswith(CODE) for scheme in book.every_scheme()) + 1}"
    document = drafts.copy_of(book.scheme_by_code("lc-ceramic-tile"))
    names = {
        "zh": "演示规则：抛釉砖（换版演示）",
        "en": "Demonstration rules: glazed tiles (a rule that changes)",
    }
    about = {
        "code": code,
        "version": "1",
        "names": names,
        "effective_from": (day - timedelta(days=30)).isoformat(),
    }
    about["rule"] = {"number": f"演示规则 YS-LC-{code[-1]}", "source": "演示数据"}
    register.take(read(document | {"identity": document["identity"] | about}), SYSTEM)
    approve(cast.organisations["cb"].id, APPROVALS["cb"], code)
    db.session.flush()
    return book.version(code, "1")


def _certify(cast: Cast, scheme: SchemeVersion, client: str) -> Road:
    number = CLIENTS.index(client)
    product = list(zip(range(number + 1), products.invented(9, seed=31), strict=False))[-1][1]
    tile: Product = replace(product, client=client, scheme=scheme, name=f"抛釉砖（换版演示 {number + 1}）")
    road = Road(cast, tile)
    road.to("certified")
    return road


def _between(roads: list[Road]) -> str:
    """A limit that the better of the two meets and the other does not."""
    figures = sorted(issued(road).carbon for road in roads)
    return f"{(figures[0] + figures[-1]) / 2:.2f}"


def _publish(cast: Cast, former: SchemeVersion, limit: str, say: Say) -> RuleChange:
    author = cast.actor("rules@demo.example")
    draft = drafts.begin(author, former.id, True)
    effective = clock.today() + AHEAD
    identity = draft.document["identity"] | {"version": "2", "effective_from": effective.isoformat()}
    document = draft.document | {"identity": identity, "transition": {"months": MONTHS, "source": "演示数据"}}
    drafts.write(draft, author, rules.stricter(document, limit))
    say(f"{clock.today()} 起草第 2 版：限值 {limit}  {_url()}/rules/drafts/{draft.id}")
    _try(cast, draft, say)
    _comment(cast, draft, say)
    approver = cast.actor("approver@demo.example")
    lifecycle.take(draft, "publish", approver, convert_by=draft.convert_from)
    change = db.session.query(RuleChange).filter_by(scheme_id=draft.published_id).one()
    say(f"{clock.today()} 公布，{effective} 起施行，{change.convert_by} 前换版  {_url()}/rules/{draft.code}")
    say(f"   已通知 {conversion.tell_of_changes()} 张证书的持有人")
    for certificate, _sent in queries.told(change):
        _tell_lacks(change, certificate, say)
    return change


def _try(cast: Cast, draft: RuleDraft, say: Say) -> None:
    """Who would fail, before anybody is asked."""
    made = conversion.begin_trying(draft, cast.actor("rules@demo.example"))
    conversion.go_on(made.id)
    counted = queries.sums(made)["certificate"]
    say(f"   试算：证书 {counted['fail']} 张不符合，{counted['pass']} 张符合")
    say(f"   {_url()}/rules/drafts/{draft.id}/dry-run")


def _comment(cast: Cast, draft: RuleDraft, say: Say) -> None:
    rules.approve(cast, draft, "按在册产品的水平收紧限值（演示数据）。", _speak)
    say(f"   征求意见 {len(draft.comments)} 条，已答复；两人批准")


def _speak(cast: Cast, draft: RuleDraft) -> None:
    """Whoever makes tiles asks for time, and is answered."""
    said = drafts.comment(draft, NOBODY, text="过渡期能否长一些？", name="某陶瓷企业")
    told = "不采纳：过渡期六个月，与同类规则一致。"
    lifecycle.take(said, "answer", cast.actor("approver@demo.example"), adopted="declined", answer=told)


def _tell_lacks(change: RuleChange, certificate: Certificate, say: Say) -> None:
    found = queries.line(change.scheme.rules, certificate).lacks
    by = ", ".join(str(plain(more)) for each in found.failed if (more := beyond(each)) is not None)
    say(f"   {certificate.number}：{f'超出限值 {by}' if by else '按新版不差什么'}")


def _convert(roads: list[Road], change: RuleChange, say: Say) -> Certificate:
    """The holder whose tiles meet the new limit converts on documents alone."""
    road = min(roads, key=lambda each: issued(each).carbon)
    certificate = issued(road)
    case = Later(road, certificate, "conversion", parts=("documents",))
    case.to("certified")
    say(f"{clock.today()} 换版：{certificate.number} 第 {certificate.edition} 版  {page(certificate)}")
    assert certificate.scheme_id == change.scheme_id
    return certificate


def _end(change: RuleChange, say: Say) -> SuspensionBatch:
    end_transitions()
    batch = change.batch
    assert batch is not None  # its last day is over
    say(f"{clock.today()} 换版期满：{len(open_proposals(batch))} 条暂停建议，等人决定")
    say(f"   {_url()}/certification/evidence/batches/{batch.id}")
    return batch


def page(certificate: Certificate) -> str:
    return f"{_url()}/certification/certificates/{certificate.number}/life"


def _url() -> str:
    return str(current_app.config["PUBLIC_URL"])
