"""The procurement side of the demonstration: categories, an invented policy, and editions of the list."""

from datetime import date, timedelta

from accounts.actor import SYSTEM
from certification.certificate.operations import signing
from core import clock, lifecycle
from core.db import db
from demo.cast import Cast
from procurement import operations, queries
from procurement.bids import operations as bids
from procurement.bids import reading
from procurement.categories import operations as categories
from procurement.models import Edition, EditionLine
from procurement.policy import operations as policy
from procurement.verdict import lines as verdicts

DATA = operations.DATA
NOTICE = timedelta(days=30)  # 15 working days, whichever holidays fall among them
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
    for number, title, cutoff in EDITIONS:
        if not queries.number_taken(number):
            publish(cast, number, title, cutoff)
    editor, today = cast.holder("reg", "list_editor"), clock.today()
    edition = operations.draft_edition(editor, CURRENT, _title("2026 年第四期"), today, today)
    lifecycle.take(edition, "open_notice", editor, notice_from=today, notice_to=today + NOTICE)
    _check_bid(cast)


def _check_bid(cast: Cast) -> None:
    """What an officer had checked: lines of the list in force, one miscopied, and one nobody knows."""
    current = queries.latest_published()
    if current is None:
        return
    signing.begin(SYSTEM, current.owner.uscc)
    found = [(line.number, line.maker, line.model) for line in current.lines[:3]]
    (number, maker, model), *_others = found
    found += [(number, maker, f"{model}O"), ("", "查无此厂（演示）", "X-1")]
    text = "\n".join(f"{number}\t{maker}\t\t{model}" for number, maker, model in found)
    officer = cast.holder("buyer", "procurement_officer")
    bids.keep(bids.ask(officer, clock.today(), reading.read_text(text)), "演示：市民活动中心办公设备")


def publish(cast: Cast, number: str, title: str, cutoff: date) -> Edition:
    """Draft as of `cutoff`, show it for objection, publish on the day after the notice."""
    editor = cast.holder("reg", "list_editor")
    with clock.travel(cutoff):
        edition = operations.draft_edition(editor, number, _title(title), cutoff, cutoff)
        lifecycle.take(edition, "open_notice", editor, notice_from=cutoff, notice_to=cutoff + NOTICE)
    with clock.travel(cutoff + NOTICE + timedelta(days=1)):
        for other in APPROVERS:
            lifecycle.take(edition, "approve", cast.actor(other))
        lifecycle.take(edition, "publish", editor, document_number=f"演示〔{number}〕号")
    return edition


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
