"""The procurement side of the demonstration: categories, an invented policy, and editions of the list."""

from datetime import date, timedelta
from decimal import Decimal

from accounts import uscc
from accounts.actor import SYSTEM, Actor
from certification.certificate.operations import signing
from certification.certificate.queries import signing as keys
from core import clock, lifecycle
from core.calendar import book
from core.calendar.count import months_after
from core.db import db
from demo.cast import Cast
from procurement import operations, queries
from procurement.bids import operations as bids
from procurement.bids import reading
from procurement.categories import operations as categories
from procurement.models import Edition, EditionLine
from procurement.objections import operations as objections
from procurement.policy import operations as policy
from procurement.purchases import operations as purchases
from procurement.shortlists import operations as shortlists
from procurement.suspensions import operations as suspensions
from procurement.verdict import lines as verdicts

DATA = operations.DATA
BOUGHT = ("演示：市民活动中心笔记本", "演示：图书馆笔记本")
NOTICE = 15  # working days
APPROVERS = ("list2@demo.example", "regulator@demo.example")
CURRENT = "2026-4"  # in its notice period
EDITIONS = (
    ("2026-1", "2026 年第一期", date(2026, 1, 31)),
    ("2026-2", "2026 年第二期", date(2026, 5, 31)),
    ("2026-3", "2026 年第三期", date(2026, 9, 30)),
)


def load_categories() -> None:
    """The 品目 of the 2022 catalogue that the categories use, and the policy over them."""
    with (DATA / "categories.csv").open(encoding="utf-8") as lines:
        categories.import_categories(SYSTEM, lines, "2022")
    with (DATA / "crosswalk.csv").open(encoding="utf-8") as lines:
        categories.import_crosswalk(SYSTEM, lines)
    with (DATA / "policy.csv").open(encoding="utf-8") as lines:
        policy.load_policy(SYSTEM, lines)


def load(cast: Cast) -> None:
    """Three published editions and one in its notice period."""
    give_key(cast)
    for number, title, cutoff in EDITIONS:
        if not queries.number_taken(number):
            publish(cast, number, title, cutoff)
    editor, today = cast.holder("reg", "list_editor"), clock.today()
    edition = operations.draft_edition(editor, CURRENT, _title("2026 年第四期"), today, today)
    lifecycle.take(edition, "open_notice", editor, notice_from=today, notice_to=notice_to(today))
    _object(cast, edition)
    _suspend(cast)
    _check_bid(cast)
    _shortlist(cast)
    _purchases(cast)


def _object(cast: Cast, edition: Edition) -> None:
    """About a line of the edition in notice: looked into by somebody else, and not upheld."""
    line = edition.lines[0]
    made = objections.bring(
        edition,
        number=line.number,
        model=line.model,
        text="演示数据：型号铭牌与证书不一致。",
        name="某单位（演示）",
        contact="demo@demo.example",
    )
    lifecycle.take(made, "dismiss", cast.actor(APPROVERS[0]), reason="演示：核对证书，型号一致")


def _suspend(cast: Cast) -> None:
    """A maker outside of the catalogue: one term that stands, one that was lifted, one that is proposed."""
    editor, approver, first = cast.holder("reg", "list_editor"), cast.actor(APPROVERS[0]), clock.today()
    said = {
        "uscc": uscc.synthetic(9001),
        "maker": "苏南示例陶瓷经销厂（演示）",
        "valid_from": first,
        "valid_to": months_after(first, 6),
        "ground": "演示数据：以清单外的型号供货，经核实",
        "basis": "演示罚〔2026〕1 号",
        "demo": True,
    }
    standing, lifted, _proposed = (suspensions.propose(editor, said) for _ in range(3))
    for each in (standing, lifted):
        lifecycle.take(each, "approve", approver)
    lifecycle.take(lifted, "lift", approver, reason="演示：复查后提前解除")


def give_key(cast: Cast) -> None:
    """The owner of the list signs with a key that is made for it, once."""
    owner = cast.organisations["reg"].uscc
    if keys.in_use(owner) is None:
        signing.begin(SYSTEM, owner)


def _check_bid(cast: Cast) -> None:
    """What an officer had checked: lines of the list in force, one miscopied, and one nobody knows."""
    current = queries.latest_published()
    if current is None:
        return
    found = [(line.number, line.maker, line.model) for line in current.lines[:3]]
    (number, maker, model), *_others = found
    found += [(number, maker, f"{model}O"), ("", "查无此厂（演示）", "X-1")]
    text = "\n".join(f"{number}\t{maker}\t\t{model}" for number, maker, model in found)
    officer = cast.holder("buyer", "procurement_officer")
    bids.keep(bids.ask(officer, clock.today(), reading.read_text(text)), "演示：市民活动中心办公设备")


def _purchases(cast: Cast) -> None:
    """What two of its units bought: listed products, and goods that nothing is known of."""
    current = queries.latest_published()
    if current is None:
        return
    officer, day = cast.holder("buyer", "procurement_officer"), clock.today()
    said = [
        {
            "bought_on": day - timedelta(days=30 * place), "unit": f"演示：第 {place % 2 + 1} 采购单位",
            "reference": f"演示 HT-{place:03d}", "category": line.category_code, "product": line.product,
            "number": line.number, "model": line.model, "maker": line.maker,
            "spend": Decimal(48000 - 7000 * place),
        }
        for place, line in enumerate(current.lines[:4])
    ]  # fmt: skip
    other = {"category": "A05010100", "product": "办公桌（演示）", "number": "", "model": "", "maker": ""}
    said.append(said[0] | other | {"reference": "演示 HT-100", "spend": Decimal(23500)})
    purchases.record(officer, said)


def _shortlist(cast: Cast) -> None:
    """What an officer looked at for two purchases: one that is decided and locked, one that is open."""
    current = queries.latest_published()
    if current is None:
        return
    officer, lines = cast.holder("buyer", "procurement_officer"), current.lines[:3]
    text = "\n".join(f"{line.number}\t{line.maker}\t\t{line.model}" for line in lines)
    query = "演示：便携式计算机，按碳足迹排序，江苏"
    done, _open = (shortlists.begin(officer, title, query, clock.today()) for title in BOUGHT)
    for each in (done, _open):
        shortlists.put(each, officer, reading.read_text(text))
    first, *others = done.lines
    shortlists.decide(done, officer, first.id, "chosen", "演示：碳足迹最低，规格相符")
    for other in others:
        shortlists.decide(done, officer, other.id, "excluded", "演示：规格不合")
    until = months_after(clock.today(), 12)
    lifecycle.take(done, "award", officer, reason="演示：选用第一个产品", until=until)


def publish(cast: Cast, number: str, title: str, cutoff: date) -> Edition:
    """Draft as of `cutoff`, show it for objection, have it approved, publish it a day after the notice."""
    editor, last = cast.holder("reg", "list_editor"), notice_to(cutoff)
    with clock.travel(cutoff):
        edition = drawn_up(editor, number, title, cutoff)
        lifecycle.take(edition, "open_notice", editor, notice_from=cutoff, notice_to=last)
    with clock.travel(last + timedelta(days=1)):
        for other in APPROVERS:
            lifecycle.take(edition, "approve", cast.actor(other))
        lifecycle.take(edition, "publish", editor, document_number=f"演示〔{edition.number}〕号")
    return edition


def drawn_up(editor: Actor, number: str, title: str, cutoff: date) -> Edition:
    """One is under way at a time: where one is, it is taken back and drawn up anew as of `cutoff`."""
    standing = queries.open_edition()
    if standing is None:
        return operations.draft_edition(editor, number, _title(title), cutoff, cutoff)
    if standing.is_in_notice:
        lifecycle.take(standing, "take_back", editor, reason="演示：并入按新截止日起草的一期")
    lifecycle.take(standing, "redraft", editor, cutoff=cutoff, policy_date=cutoff)
    return standing


def notice_to(first: date) -> date:
    return book.current().term(first, NOTICE, "working", "same")


def next_edition(cast: Cast, cutoff: date) -> Edition:
    """One more edition, with its whole notice on the demonstration's clock."""
    number = queries.next_number(cutoff)
    return publish(cast, number, number, cutoff)


def has_policy(scheme_code: str) -> bool:
    """Whether the policy in force today opens any category to certificates of this scheme."""
    return any(policy.scheme_code == scheme_code for policy in queries.policies_in_force(clock.today()))


def holds(edition: Edition, certificate_number: str) -> bool:
    return any(line.number == certificate_number for line in edition.lines)


def live_line(certificate_number: str) -> str:
    """How the printed line of a certificate stands today, as a live look-up says it."""
    query = db.session.query(EditionLine).filter_by(number=certificate_number).order_by(EditionLine.id.desc())
    line = query.first()
    if line is None:
        return "没有清单行"
    found = verdicts.on_day([line], clock.today())[line.id]
    return f"清单 {line.edition.number} 的这一行今天：{found.asked_status}"


def _title(edition: str) -> str:
    return f"江苏省低碳产品政府采购清单（{edition}，演示数据）"
