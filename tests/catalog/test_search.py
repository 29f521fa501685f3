"""What is typed and ticked finds what it should, and the counts beside it hold."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest

from accounts.actor import SYSTEM
from catalog import queries, search
from catalog.search import Criteria
from core import clock
from core.clock import today
from schemes import operations as schemes

pytestmark = pytest.mark.engines("search")

SHELF = {
    "tile": {
        "product_name": "云陶抛釉砖",
        "models": ("YT-6012", "YT-6013"),
        "maker_name": "宜兴云陶新材有限公司",
    },
    "cement": {
        "product_name": "普通硅酸盐水泥",
        "models": ("P·O 42.5", "P·O 52.5R"),
        "maker_name": "徐州淮岭水泥有限公司",
        "category": "cement",
        "region": "320300",
        "carbon": Decimal(612),
        "carbon_unit": "kgCO2e/t",
        "limit": Decimal(720),
    },
    "laptop": {
        "product_name": "便携式计算机",
        "product_name_en": "ThinkPad X1 Carbon Gen 9",
        "trademark": "ThinkPad",
        "models": ("20XW", "X1-Carbon.G9"),
        "maker_name": "联想（示例）有限公司",
        "category": "laptop",
        "family": "footprint_label",
        "scheme_code": "cfp-laptop",
        "region": "110108",
        "carbon": Decimal(253),
        "carbon_unit": "kgCO2e/item",
        "limit": None,
        "boundary": "cradle_to_grave",
    },
    "motor": {"product_name": "三相异步电动机", "models": ("L37-7.5PM",), "maker_name": "苏州示例电机厂"},
    "near_motor": {
        "product_name": "三相异步电动机",
        "models": ("L37-8.5PM",),
        "maker_name": "苏州示例电机厂",
    },
}


@pytest.fixture
def shelf(db, issue):
    made = {name: issue(**{"holder_name": facts["maker_name"], **facts}) for name, facts in SHELF.items()}
    db.session.commit()
    return made


def found(shelf, criteria: Criteria) -> list[str]:
    names = {entry.id: name for name, entry in shelf.items()}
    return [names[entry.id] for entry in queries.products(criteria).page.items]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("YT-6012", {"tile"}),
        ("YT6012", {"tile"}),
        ("yt 6012", {"tile"}),
        ("yt.6012", {"tile"}),
        ("ＹＴ－６０１２", {"tile"}),
        ("6012", {"tile"}),
        ("YT-60", {"tile"}),
        ("PO42.5", {"cement"}),
        ("P.O 42.5", {"cement"}),
        ("po525r", {"cement"}),
        ("L37-7.5PM", {"motor"}),
        ("l3775pm", {"motor"}),
        ("L37", {"motor", "near_motor"}),
        ("x1 carbon g9", {"laptop"}),
        ("x1carbong9", {"laptop"}),
        ("抛釉", {"tile"}),
        ("釉砖", {"tile"}),
        ("砖", {"tile"}),
        ("陶", {"tile"}),
        ("水泥", {"cement"}),
        ("硅酸盐水泥", {"cement"}),
        ("酸盐硅", set()),
        ("淮岭", {"cement"}),
        ("thinkpad", {"laptop"}),
        ("think", {"laptop"}),
        ("云陶 6013", {"tile"}),
        ("云陶抛釉砖YT6012", {"tile"}),
        ("云陶 水泥", set()),
        ("LCP-32-2026-00002", {"cement"}),
        ("lcp32202600002", {"cement"}),
        ("有限公司", {"tile", "cement", "laptop"}),
        ("   ", {"tile", "cement", "laptop", "motor", "near_motor"}),
        ("！？", set()),
        ("*", set()),
        ("a.*", set()),
    ],
)
def test_what_is_typed_finds_what_it_means(shelf, typed, expected):
    assert set(found(shelf, Criteria(text=typed))) == expected


@pytest.mark.parametrize("typed", ["瓷砖", "建筑陶瓷砖", "ceramic", "tiles"])
def test_a_product_is_found_by_what_its_category_is_called(db, issue, typed):
    schemes.load(schemes.SHIPPED, SYSTEM)
    entry = issue(product_name="云陶岩板")
    db.session.commit()
    assert [each.id for each in queries.products(Criteria(text=typed)).page.items] == [entry.id]


def test_the_exact_model_comes_before_one_that_only_begins_alike(db, issue):
    longer = issue(models=("AB-12-34", "AB-12-345"), product_name="AB 12 砖 AB 12 AB 12")
    exact = issue(models=("AB-12",), product_name="别的名称")
    db.session.commit()
    items = queries.products(Criteria(text="ab12", sort="relevance")).page.items
    assert [entry.id for entry in items] == [exact.id, longer.id]


def test_a_certified_product_comes_before_a_declared_one_of_the_same_name(db, issue, declared):
    declared("同名产品")
    certified = issue(product_name="同名产品", models=())
    db.session.commit()
    items = queries.products(Criteria(text="同名产品", sort="relevance")).page.items
    assert items[0].id == certified.id
    assert len(items) == 2


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"category": ("cement",)}, {"cement"}),
        ({"category": ("cement", "laptop")}, {"cement", "laptop"}),
        ({"family": ("footprint_label",)}, {"laptop"}),
        ({"region": ("110000",)}, {"laptop"}),
        ({"region": ("320200",), "category": ("ceramic_tile",)}, {"tile", "motor", "near_motor"}),
        ({"below": ("none",)}, {"laptop"}),
        ({"below": ("20",)}, {"tile", "motor", "near_motor"}),
        ({"boundary": ("cradle_to_grave",)}, {"laptop"}),
        ({"status": ("valid",)}, set(SHELF)),
        ({"status": ("expired", "suspended")}, set()),
        ({"category": ("nothing-of-that-name",)}, set()),
    ],
)
def test_what_is_ticked_narrows_the_result(shelf, chosen, expected):
    assert set(found(shelf, Criteria(chosen=chosen))) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("8.45", "8.45", {"tile", "motor", "near_motor"}),
        ("8.46", None, {"cement", "laptop"}),
        (None, "253", {"tile", "motor", "near_motor", "laptop"}),
        ("613", None, set()),
    ],
)
def test_the_range_includes_its_ends(shelf, low, high, expected):
    criteria = Criteria(carbon_from=low and Decimal(low), carbon_to=high and Decimal(high))
    assert set(found(shelf, criteria)) == expected


def test_a_sort_by_footprint_goes_both_ways(shelf):
    upwards = found(shelf, Criteria(sort="carbon"))
    assert upwards[-2:] == ["laptop", "cement"]
    assert found(shelf, Criteria(sort="carbon_desc")) == upwards[::-1]


# Counts


def whole(criteria: Criteria) -> int:
    return queries.products(criteria).page.total


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"category": ("ceramic_tile",)},
        {"category": ("ceramic_tile", "cement"), "region": ("320200",)},
        {"status": ("valid",), "below": ("10",)},
        {"status": ("suspended", "expired")},
        {"family": ("low_carbon",), "boundary": ("cradle_to_grave",)},
    ],
)
@pytest.mark.parametrize("text", ["", "有限公司"])
def test_each_count_is_what_choosing_it_alone_in_its_group_would_give(db, shelf, act, chosen, text):
    act(shelf["tile"], "suspend", until=today() + timedelta(days=30))
    db.session.commit()
    criteria = Criteria(text=text, chosen=chosen)
    facets = queries.facets(queries.products(criteria), criteria, queries.categories())
    assert [facet.group for facet in facets] == list(search.GROUPS)
    for facet in facets:
        for option in facet.options:
            alone = Criteria(text=text, chosen={**chosen, facet.group: (option.value,)})
            assert whole(alone) == option.count, (facet.group, option.value)


def test_options_keep_their_order_and_none_is_hidden_for_being_empty(shelf):
    def options(criteria):
        listing = queries.products(criteria)
        return [
            [option.value for option in facet.options]
            for facet in queries.facets(listing, criteria, queries.categories())
        ]

    assert options(Criteria()) == options(Criteria(text="没有这种东西"))


def test_what_was_chosen_is_shown_also_when_nothing_bears_that_name(shelf):
    criteria = Criteria(chosen={"category": ("no-such",)})
    facet = queries.facets(queries.products(criteria), criteria, queries.categories())[0]
    assert [(option.value, option.count) for option in facet.chosen] == [("no-such", 0)]


# Pages


@pytest.mark.parametrize("sort", search.SORTS)
def test_pages_neither_repeat_nor_lose_a_product(db, issue, sort):
    made = {issue(product_name="同样的砖", carbon=Decimal(5 + place % 2)).id for place in range(23)}
    db.session.commit()
    seen = []
    for number in range(1, 7):
        page = queries.products(Criteria(text="砖", sort=sort), number, 4).page
        assert page.total == 23
        seen += [entry.id for entry in page.items]
    assert len(seen) == 23
    assert set(seen) == made
    assert queries.products(Criteria(text="砖", sort=sort), 7, 4).page.items == []


# ask 29
def test_an_export_is_whole(db, issue, monkeypatch):
    monkeypatch.setattr(import_module("catalog.queries.products"), "EXPORT_BATCH", 12)
    made = [issue().id for _ in range(30)]
    db.session.commit()
    assert [entry.id for entry in queries.every_product(Criteria())] == made[::-1]


# Status: never in the index


def test_a_suspension_takes_a_product_from_the_valid_ones_before_the_commit(db, shelf, act):
    valid = Criteria(chosen={"status": ("valid",)})
    assert "tile" in found(shelf, valid)
    act(shelf["tile"], "suspend", until=today() + timedelta(days=30))
    assert "tile" not in found(shelf, valid)
    assert found(shelf, Criteria(chosen={"status": ("suspended",)})) == ["tile"]


def test_a_restored_product_is_valid_again(db, shelf, act):
    act(shelf["tile"], "suspend", until=today() + timedelta(days=30))
    act(shelf["tile"], "restore")
    assert "tile" in found(shelf, Criteria(chosen={"status": ("valid",)}))
    assert found(shelf, Criteria(chosen={"status": ("suspended",)})) == []


@pytest.mark.parametrize(("days", "status"), [(0, "valid"), (1, "expired")])
def test_the_day_after_its_last_a_certificate_is_expired_without_any_event(db, issue, days, status):
    entry = issue(valid_to=today() + timedelta(days=10))
    db.session.commit()
    assert whole(Criteria(chosen={"status": ("valid",)})) == 1
    with clock.travel(today() + timedelta(days=10 + days)):
        assert whole(Criteria(chosen={"status": (status,)})) == 1
        assert queries.products(Criteria()).counts["status"] == {status: 1}
        assert entry.status_on(today()) == status


@pytest.mark.parametrize(
    ("kind", "later"), [("suspend", "expired"), ("withdraw", "withdrawn"), ("cancel", "cancelled")]
)
def test_after_its_last_day_a_suspended_certificate_is_expired_and_a_withdrawn_one_withdrawn(
    db, issue, act, kind, later
):
    entry = issue(valid_to=today() + timedelta(days=10))
    act(entry, kind, until=today() + timedelta(days=5) if kind == "suspend" else None)
    db.session.commit()
    with clock.travel(today() + timedelta(days=11)):
        assert queries.products(Criteria()).counts["status"] == {later: 1}
        assert whole(Criteria(chosen={"status": (later,)})) == 1
