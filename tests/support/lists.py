"""What stands on the desks of procurement in the world of everything."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from accounts.actor import SYSTEM
from catalog.models import Entry
from core import lifecycle
from core.clock import today
from core.db import db
from procurement import operations as procurement
from procurement.assignments import operations as assignments
from procurement.bids import reading
from procurement.categories import operations as categories
from procurement.models import Edition, EditionLine, PolicyRule
from procurement.objections import operations as objections
from procurement.policy import operations as policy
from procurement.purchases import operations as purchases
from procurement.shortlists import operations as shortlists
from procurement.suspensions import operations as suspensions

RULE = {
    "category_edition": "2022",
    "category_code": "A07010327",
    "treatment": "priority",
    "mode": "list",
    "bodies": [],
    "criterion": "",
    "scope_note": "",
    "basis": "测试文号",
    "valid_to": None,
}
DAY = timedelta(days=1)


def of_lists(world) -> dict[str, object]:
    drawn = procurement.draft_edition(world.actor("list_editor"), "2026-1", "第一期", today(), today())
    categories.import_categories(SYSTEM, ["code,name,level,parent_code", "A07010327,瓷质砖,4,"], "2022")
    said = RULE | {"scheme_code": world.scheme.code, "valid_from": today()}
    rule = policy.propose(world.actor("list_editor"), said)
    return (
        {"edition": drawn.id, "policy_rule": rule.id}
        | barred(world)
        | objected(world)
        | shortlisted(world)
        | {"purchase": bought(world), "assignment": assigned(world)}
    )


def objected(world) -> dict[str, object]:
    """An edition that is shown, and one objection to the whole of it."""
    owner = world.actor("list_editor").organisation_id
    shown = Edition(number="2025-9", title="第九期", state="notice", owner_id=owner, cutoff=today(),
                    policy_date=today(), notice_from=today(), notice_to=today() + 30 * DAY)  # fmt: skip
    db.session.add(shown)
    db.session.flush()
    entry = db.session.scalars(select(Entry).where(Entry.number == world.places["number"])).one()
    names = ("certificate_id", "maker", "trademark", "number", "issued_on", "valid_to", "carbon",
             "carbon_unit", "boundary", "demo")  # fmt: skip
    own = {name: getattr(entry, name) for name in names}
    db.session.add(EditionLine(
        edition_id=shown.id, place=1, entry_id=entry.id, category_edition="2022", category_code="A07010327",
        category_name="瓷质砖", treatment="priority", basis="测试文号", product=entry.name,
        model=entry.models[0], squashed=entry.models[0], **own,
    ))  # fmt: skip
    db.session.flush()
    return {"shown": shown.number, "objected": objections.bring(shown, text="截止日不对").id}


def barred(world) -> dict[str, int]:
    """One that is proposed, and one that stands; of a maker that the world has no certificate of."""
    said = {"uscc": "91000000000000772Q", "maker": "某厂", "valid_from": today(), "ground": "以次充好",
            "valid_to": today() + timedelta(days=200), "basis": "测试文号", "demo": True}  # fmt: skip
    found = [suspensions.propose(world.actor("list_editor"), said) for _ in range(2)]
    lifecycle.take(found[1], "approve", world.actor("regulator"))
    return {"barred": found[0].id, "banned": found[1].id}


def assigned(world) -> int:
    """Of the last product, whose scheme is for two categories since yesterday."""
    categories.import_categories(SYSTEM, ["code,name,level,parent_code", "A07010328,炻瓷砖,4,"], "2022")
    for code, above in (("A07010327", None), ("A07010328", Decimal("0.5"))):
        said = {"category_code": code, "category_name": "砖", "above": above, "parameter": "water_absorption"}
        own = RULE | {"up_to": Decimal(3), "choices": [], "last_days": {}, "scheme_code": world.scheme.code}
        db.session.add(PolicyRule(**own | said | {"valid_from": today() - DAY}))
    db.session.flush()
    number = db.session.scalars(select(Entry.number).order_by(Entry.id.desc())).first()
    given = {"category_edition": "2022", "category_code": "A07010327", "note": "报告 1 号"}
    return assignments.propose(world.actor("list_editor"), numbers=[number], **given).id


def bought(world) -> int:
    said = {"bought_on": today(), "unit": "一处", "reference": "HT-1", "category": "", "product": "砖",
            "number": "", "model": "", "maker": "", "spend": Decimal(8)}  # fmt: skip
    return purchases.record_one(world.actor("procurement_officer"), said).id


def shortlisted(world) -> dict[str, int]:
    """One with a product that is not decided on, and one that may be awarded."""
    officer, sheet = world.actor("list_editor"), reading.read_text("X-1,,,YT-1")
    undecided, decided = (shortlists.begin(officer, "包", "瓷砖", today()) for _ in range(2))
    [line], [chosen] = (shortlists.put(each, officer, sheet) for each in (undecided, decided))
    shortlists.decide(decided, officer, chosen.id, "chosen", "样品相符")
    return {"shortlist": undecided.id, "shortlist_line": line.id, "decided_shortlist": decided.id}
