"""What an earlier version stored and no paper can show is spelt anew, and then the case can be finished."""

import json

import pytest
from sqlalchemy import text

from accounts.actor import SYSTEM
from carbon import operations as carbon
from carbon import queries as library
from certification.certificate.models import Certificate
from certification.upkeep.operations import is_respelling, is_shortening, respell
from core import health
from core.audit import Entry
from core.errors import Invalid, NotFound, OutOfOrder, Refused
from tests.certification.world import reload

pytestmark = pytest.mark.engines("types")

KEPT = ("stage", "name", "quantity", "unit", "quality", "own_value", "own_unit", "own_source", "evidence")
WHY = "企业来函：砖名为抛釉砖"


def stored(db, statement: str, **values) -> None:
    """As a version without doors stored it."""
    db.session.execute(text(statement), values)
    db.session.commit()
    db.session.expire_all()


def undrawable(db, case) -> None:
    named = "UPDATE application SET product_name = :name WHERE id = :id"
    stored(db, named, name="抛釉\U00013000砖", id=case.id)


def sound(question: str = "texts") -> bool:
    return next(check.ok for check in health.checks(deep=True) if check.name == question)


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("抛釉\U00013000砖", "抛釉砖", True),
        ("抛釉\U00013000砖", "抛釉鸟砖", True),
        ("抛釉\U00013000砖", "抛光砖", False),
        ("抛釉\U00013000砖", "抛釉砖二", False),
        ("抛釉\U00013000砖", "甲抛釉砖", False),
        ("\U00013000砖", "鸟砖", True),
        ("砖\U00013000", "砖鸟", True),
        ("砖 \U00013000", "砖", True),
        ("\U00013000", "鸟", True),
        ("\U00013000", "鸟" * 21, True),
        ("\U00013000", "鸟" * 22, False),
        ("a\u202eb\x00c\U00013000d", "abcd", True),
        ("a\u202eb\x00c\U00013000d", "acbd", False),
        ("aa\u200ba", "aa", False),
        ("aa\u200ba", "aaa", True),
        ("砖", "砖", True),
        ("砖", "瓦", False),
    ],
)
def test_only_what_cannot_be_drawn_or_seen_is_replaced(app, old, new, right):
    assert is_respelling(old, new) is right


def test_a_case_whose_texts_no_paper_shows_can_be_finished(db, world):
    case = world.case("granted")
    row = case.application.inventory.rows[0]
    stored(
        db, "UPDATE application SET product_name = :name WHERE id = :id", name="抛釉\U00013000砖", id=case.id
    )
    stored(db, "UPDATE activity_row SET name = :name WHERE id = :id", name="\U00013000电", id=row.id)
    total, before = case.application.footprint.total, reload(case).version
    with pytest.raises(Refused):
        case.take("countersign", "head_of_body", signed=True)
    db.session.rollback()
    assert not sound()
    respell(SYSTEM, "application", case.id, "product_name", "抛釉砖", WHY)
    respell(SYSTEM, "activity_row", row.id, "name", "外购电", WHY)
    db.session.commit()
    told = reload(case)
    assert (told.product_name, told.inventory.rows[0].name, told.footprint.total) == (
        "抛釉砖",
        "外购电",
        total,
    )
    assert "外购电" in [each["name"] for each in told.footprint.rows]
    assert told.version > before
    assert sound()
    case.take("countersign", "head_of_body", signed=True)
    assert reload(case).state == "certified"


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("一二三四五六七八九十十一", "一二三…十一", True),
        ("一二三四五六七八九十十一", "一二三四五", True),
        ("一二三四五六七八九十十一", "一二三…", True),
        ("一二三四五六七八九十十一", "一…五 …九十", True),
        ("一二三四五六七八九十十一", "二三四", False),
        ("一二三四五六七八九十十一", "一二三…六五", False),
        ("一二三四五六七八九十十一", "甲…", False),
        ("一二三四五六七八九十十一", "一…九…五", False),
        ("一二三四五六七八九十", "一二三", False),
    ],
)
def test_a_text_too_long_loses_parts_and_says_where(old, new, right):
    assert is_shortening(old, new, most=10) is right


def resting_on_a_factor(world):
    """A granted case whose activity data have a third row, with a factor of the library."""
    case, actor = world.case("draft"), world.actor("applicant")
    carbon.load_factors()
    inventory = case.application.inventory
    kept = [{name: getattr(row, name) for name in KEPT} for row in inventory.rows]
    code = library.search_factors("", unit="kWh")[1][0].code
    row = {"stage": "manufacturing", "name": "用电", "quantity": "0.1", "unit": "kWh", "factor_code": code}
    carbon.save_inventory(inventory, actor, {}, [*kept, row], inventory.version)
    return case.to("granted"), library.factor(code)


def frozen_with(db, case, old: str, new: str) -> None:
    """The copy that the case will sign, as it was before its factor was spelt anew."""
    footprint = case.application.footprint
    rows = json.dumps(footprint.rows, ensure_ascii=False).replace(old, new)
    stored(db, "UPDATE footprint SET rows = :rows WHERE id = :id", rows=rows, id=footprint.id)


def test_a_factor_spelt_anew_reaches_the_copies_of_open_cases_alone(db, world):
    case, factor = resting_on_a_factor(world)
    old, total = factor.name_zh, case.application.footprint.total
    stored(db, "UPDATE factor SET name_zh = :name WHERE id = :id", name=f"{old}\U00013000", id=factor.id)
    frozen_with(db, case, old, f"{old}\U00013000")
    with pytest.raises(Refused):
        case.take("countersign", "head_of_body", signed=True)
    db.session.rollback()
    assert not sound()
    assert not sound("copies")
    respell(SYSTEM, "factor", factor.id, "name_zh", old, WHY)
    db.session.commit()
    assert sound()
    assert sound("copies")
    assert reload(case).footprint.total == total
    case.take("countersign", "head_of_body", signed=True)
    signed = reload(case).footprint.id
    stored(db, "UPDATE factor SET name_zh = :name WHERE id = :id", name=f"{old}\u200b", id=factor.id)
    respell(SYSTEM, "factor", factor.id, "name_zh", None, WHY)
    assert reload(case).footprint.id == signed


def test_a_copy_that_kept_the_old_spelling_of_a_sound_text_is_made_anew(db, world):
    case, factor = resting_on_a_factor(world)
    frozen_with(db, case, factor.name_zh, f"{factor.name_zh}\U00013000")
    assert sound()
    assert not sound("copies")
    respell(SYSTEM, "factor", factor.id, "name_zh", None, WHY)
    db.session.commit()
    assert sound("copies")
    case.take("countersign", "head_of_body", signed=True)
    assert reload(case).state == "certified"


def test_a_text_too_long_for_its_paper_is_shortened_until_the_case_can_end(db, world):
    case = world.case("granted")
    long = "抛釉砖" + "甲" * 200
    stored(db, "UPDATE application SET product_name = :name WHERE id = :id", name=long, id=case.id)
    with pytest.raises(Refused) as refused:
        case.take("countersign", "head_of_body", signed=True)
    assert refused.value.slug == "text-too-long"
    db.session.rollback()
    assert not sound()
    for wrong, slug in ((None, "text-too-long"), ("抛光砖…", "text-is-another")):
        with pytest.raises(Invalid, match=slug):
            respell(SYSTEM, "application", case.id, "product_name", wrong, WHY)
    respell(SYSTEM, "application", case.id, "product_name", "抛釉砖甲…甲", WHY)
    db.session.commit()
    assert sound()
    case.take("countersign", "head_of_body", signed=True)
    assert reload(case).state == "certified"


def test_it_is_recorded_what_stood_there_and_why(db, world, command):
    case = world.case("draft")
    stored(db, "UPDATE application SET product_name = :name WHERE id = :id", name="抛釉砖\u200b", id=case.id)
    assert "抛釉砖" in command("respell", "application", str(case.id), "product_name", "--reason", WHY)
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.subject) == ("text.respell", f"application/{case.id}")
    assert r"\\u200b" in entry.data
    assert WHY in entry.data
    assert command("respell", "application", str(case.id), "product_name", "--reason", WHY, fails=True)


def test_a_text_within_another_is_found_by_its_names(db, world):
    case = world.case("draft")
    stored(db, "UPDATE application SET producer = :text WHERE id = :id", id=case.id,
           text='{"name": "\\ud80c\\udc00厂", "address": "\\u200b路"}')  # fmt: skip
    respell(SYSTEM, "application", case.id, "producer.name", "鸟厂", WHY)
    respell(SYSTEM, "application", case.id, "producer.address", None, WHY)
    assert reload(case).producer == {"name": "鸟厂", "address": "路"}


@pytest.mark.parametrize(
    ("place", "given", "why", "slug"),
    [
        ("product_name", "抛釉砖", " ", "reason-missing"),
        ("product_name", "抛光砖", WHY, "text-is-another"),
        ("product_name", "抛釉\U00013000", WHY, "glyph-missing"),
        ("product_name", None, WHY, "glyph-missing"),
        ("trademark", "甲", WHY, "text-is-sound"),
        ("state", "certified", WHY, "text-unknown"),
        ("nothing", "甲", WHY, "text-unknown"),
        ("producer", "甲", WHY, "text-unknown"),
        ("producer.nothing", "甲", WHY, "text-unknown"),
        ("product_name.x", "甲", WHY, "text-unknown"),
    ],
)
def test_nothing_else_is_changed_by_it(db, world, place, given, why, slug):
    case = world.case("draft")
    stored(
        db, "UPDATE application SET product_name = :name WHERE id = :id", name="抛釉\U00013000砖", id=case.id
    )
    with pytest.raises((Invalid, NotFound, OutOfOrder)) as refused:
        respell(SYSTEM, "application", case.id, place, given, why)
    assert refused.value.slug == slug


def test_what_was_signed_stands(db, world):
    case = world.case("certified")
    stored(
        db, "UPDATE application SET product_name = :name WHERE id = :id", name="抛釉\U00013000砖", id=case.id
    )
    with pytest.raises(OutOfOrder, match="text-was-signed"):
        respell(SYSTEM, "application", case.id, "product_name", "抛釉砖", WHY)
    number = db.session.query(Certificate.id).filter_by(application_id=case.id).scalar()
    with pytest.raises((OutOfOrder, NotFound)):
        respell(SYSTEM, "certificate", number, "number", "x", WHY)
    with pytest.raises(NotFound):
        respell(SYSTEM, "catalog_entry", 1, "name", "x", WHY)
