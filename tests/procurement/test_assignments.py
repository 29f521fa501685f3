"""To which 品目 a product belongs: decided by a parameter of its scheme, confirmed by two people, and until
then printed under none and green for nobody."""

from datetime import date
from decimal import Decimal

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from accounts import operations as accounts
from accounts.actor import SYSTEM
from core import clock, lifecycle
from core.errors import Invalid, NotFound, NotPermitted
from core.words import sentence
from procurement import operations as lists
from procurement import queries as editions
from procurement.assignments import operations, queries
from procurement.assignments.deciding import decide, settled
from procurement.categories import operations as categories
from procurement.policy import operations as policy
from procurement.rules import Policy
from tests import factories
from tests.certification.world import scheme
from tests.procurement.test_rules import policy as rule
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

PAGE = "/procurement/assignments/"
HEAD = (
    "category_edition,category_code,category_name,scheme_code,treatment,basis,mode,demo,valid_from,valid_to,"
    "parameter,above,up_to"
)
DAY = date(2026, 10, 1)
TILES = {  # GB/T 4100: water absorption in percent
    "A07010327": (None, "0.5"),
    "A07010328": ("0.5", "3"),
    "A07010329": ("3", "6"),
    "A07010330": ("6", "10"),
    "A07010331": ("10", None),
}


def tiles() -> list[Policy]:
    return [
        rule(
            category_code=code,
            parameter="water_absorption",
            above=Decimal(above) if above else None,
            up_to=Decimal(most) if most else None,
        )
        for code, (above, most) in TILES.items()
    ]


@pytest.mark.parametrize(
    ("values", "code", "reason"),
    [
        ({"0.1"}, "A07010327", "by-parameter"),
        ({"0.5"}, "A07010327", "by-parameter"),
        ({"0.51"}, "A07010328", "by-parameter"),
        ({"3"}, "A07010328", "by-parameter"),
        ({"6"}, "A07010329", "by-parameter"),
        ({"10"}, "A07010330", "by-parameter"),
        ({"10.5", "16"}, "A07010331", "by-parameter"),
        ({"0.1", "4"}, None, "fits-no-category"),  # its models belong to different ones
        ({"不测"}, None, "fits-no-category"),
        (set(), None, "parameter-not-stated"),
    ],
)
def test_a_tile_belongs_where_its_water_absorption_says(values, code, reason):
    found = decide(tiles(), {"water_absorption": values})
    assert (found.code, found.reason) == (("2022", code) if code else None, reason)
    assert found.values == tuple(sorted(values))


def test_a_choice_decides_as_well_and_what_is_told_apart_by_nothing_is_decided_by_nobody():
    some = [
        rule(category_code="A07010507", parameter="form", choices=["ingot"]),
        rule(category_code="A07010522", parameter="form", choices=["profile", "sheet"]),
    ]
    assert decide(some, {"form": {"sheet"}}).code == ("2022", "A07010522")
    assert decide([rule(), rule(category_code="A07010328")], {}).reason == "fits-several-categories"


def test_a_scheme_for_one_category_needs_nobody_and_any_other_waits_for_what_is_confirmed():
    alone, several = [rule()], tiles()
    assert settled(alone, None) == alone
    assert settled(several, None) is None
    assert [each.category_code for each in settled(several, ("2022", "A07010329"))] == ["A07010329"]
    assert settled(several, ("2013", "A07010329")) == []  # a code means nothing without its edition
    assert settled([several[0]], None) is None  # an earthenware tile is no porcelain one either


# In the house


@pytest.fixture
def house(db):
    office = factories.organisation("regulator")
    people = [factories.user(office, "list_editor") for _ in range(2)]
    db.session.commit()
    return people


@pytest.fixture
def actors(house):
    return [person.memberships[0].actor() for person in house]


@pytest.fixture
def pages(app, sign_in, house):
    return [sign_in(app.test_client(), person) for person in house]


@pytest.fixture
def absorbing(db):
    """A scheme whose certificates state the water absorption."""
    parameter = {"slug": "water_absorption", "names": {"zh": "吸水率", "en": "Water absorption"}}
    asked = parameter | {"kind": "number", "unit": "%", "shown": ["public"]}
    return scheme(code="lc-ceramic-tile", parts={"parameters": [asked]})


@pytest.fixture
def opened(absorbing):
    """The five 品目 of tiles, told apart by water absorption, since the first of January."""
    rows = [f"{code},砖{code[-2:]},4," for code in TILES]
    categories.import_categories(SYSTEM, ["code,name,level,parent_code", *rows], "2022")
    laws = [
        f"2022,{code},砖{code[-2:]},lc-ceramic-tile,priority,演示数据：仿照,category,1,2026-01-01,,"
        f"water_absorption,{above or ''},{most or ''}"
        for code, (above, most) in TILES.items()
    ]
    report = policy.load_policy(SYSTEM, [HEAD, *laws])
    assert (report.added, report.refused) == (5, [])


@pytest.fixture
def stating(issue, signed, opened):
    """stating(value): a tile whose certificate states its water absorption; none where it states nothing."""

    def make(value: str = "", model: str = "A-1"):
        entry = issue(models=(model,))
        fact = {"slug": "water_absorption", "value": value, "shown": ["public"]}
        told = {"grade": {}, "product": [fact] if value else [], "models": []}
        signed[entry.number].versions[-1]["stated"] = told
        return entry

    return make


@pytest.fixture
def verdict(client, program):
    """verdict(entry): overall and the ground of the category, as the API answers of the day."""

    def ask(entry, **more):
        item = {"number": entry.number, "model": entry.models[0], **more}
        sent = {"on": DAY.isoformat(), "items": [item]}
        [found] = client.post("/api/v1/verifications", json=sent, headers=program()).json["items"]
        return found["overall"], found["findings"][0]["ground"]

    return ask


def drawn(editor):
    with clock.travel(DAY):
        return lists.draft_edition(editor, "2026-1", "第一期", DAY, DAY)


def test_what_waits_is_printed_nowhere_and_what_two_confirmed_stands_under_its_own_heading(
    stating, actors, pages, verdict, db
):
    first, second = actors
    coarse, unknown = stating("4.2"), stating("", model="B-1")
    db.session.commit()
    waiting = pages[0].get(PAGE)
    assert (waiting.status_code, faults(waiting.text)) == (200, [])
    assert all(each in waiting.text for each in (coarse.number, unknown.number, "4.2", "A07010329"))
    assert verdict(coarse) == ("unknown", "category-to-be-confirmed")

    made = pages[0].post(PAGE, data={"numbers": [coarse.number]})
    assert made.status_code == 303
    shown = pages[1].get(made.location)
    assert (faults(shown.text), coarse.name in shown.text) == ([], True)
    assert coarse.number not in pages[0].get(PAGE).text.split("提出过的")[0]
    assert verdict(coarse) == ("unknown", "category-to-be-confirmed")  # one is not two

    own = pages[0].post(f"{made.location}/steps/confirm", data={"version": "1"})
    assert (own.status_code, sentence("assignment-own") in own.text) == (422, True)
    done = pages[1].post(f"{made.location}/steps/confirm", data={"version": "1"})
    assert done.status_code == 303
    assert verdict(coarse) == ("buyable", "preferred")
    assert verdict(coarse, category="A07010329") == ("buyable", "preferred")
    assert verdict(coarse, category="A07010327") == ("not-buyable", "category-of-other-goods")
    assert verdict(unknown) == ("unknown", "category-to-be-confirmed")

    edition = drawn(first)
    assert [(line.model, line.category_code) for line in edition.lines] == [("A-1", "A07010329")]
    assert [(each.number, each.reason) for each in edition.omissions] == [
        (unknown.number, "category-to-be-confirmed")
    ]
    assert second.id != first.id


def test_the_same_by_api(stating, house, client, db):
    entry = stating("", model="C-1")
    heads = [
        {"Authorization": f"Bearer {accounts.create_token(each.memberships[0].actor(), '品目')[1]}"}
        for each in house
    ]
    db.session.commit()
    [item] = client.get("/api/v1/category_assignments/waiting", headers=heads[0]).json["items"]
    assert (item["number"], item["category_code"], item["reason"]) == (
        entry.number,
        "",
        "parameter-not-stated",
    )
    sent = {"numbers": [entry.number]}
    refused = client.post("/api/v1/category_assignments", json=sent, headers=heads[0])
    assert (refused.status_code, refused.json["slug"]) == (422, "assignment-undecided")
    sent |= {"category_edition": "2022", "category_code": "A07010331"}
    refused = client.post("/api/v1/category_assignments", json=sent, headers=heads[0])
    assert (refused.status_code, refused.json["slug"]) == (422, "assignment-note-missing")
    made = client.post("/api/v1/category_assignments", json=sent | {"note": "报告 W-9"}, headers=heads[0])
    assert made.status_code == 201
    [product] = made.json["products"]
    assert (product["category_code"], product["decided"], product["reason"]) == (
        "A07010331", "", "parameter-not-stated",
    )  # fmt: skip
    again = client.post("/api/v1/category_assignments", json=sent | {"note": "x"}, headers=heads[0])
    assert (again.status_code, again.json["slug"]) == (422, "assignment-proposed")
    assert client.get("/api/v1/category_assignments", headers=heads[1]).json["total"] == 1
    address = f"{made.location}/confirm"
    done = client.post(address, json={}, headers=heads[1])
    assert (done.status_code, done.json["state"]) == (200, "confirmed")
    assert queries.confirmed([entry.number]) == {entry.number: ("2022", "A07010331")}
    assert client.get("/api/v1/category_assignments/waiting", headers=heads[0]).json["items"] == []


def test_what_is_dropped_waits_again_and_what_was_confirmed_last_counts(stating, actors):
    entry = stating("0.1")
    first, second = actors
    dropped = operations.propose(first, numbers=[entry.number])
    lifecycle.take(dropped, "drop", first, reason="看错了")
    for code, note in (("A07010327", ""), ("A07010328", "复检报告 7 号")):
        given = {"category_edition": "2022", "category_code": code, "note": note}
        lifecycle.take(operations.propose(first, numbers=[entry.number], **given), "confirm", second)
    assert queries.confirmed([entry.number]) == {entry.number: ("2022", "A07010328")}


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({"numbers": []}, "assignment-products-missing"),
        ({"numbers": [" "]}, "assignment-products-missing"),
        ({"numbers": ["LCP-32-2026-09999"]}, "assignment-not-open"),
        ({"numbers": [str(n) for n in range(201)]}, "list-too-long"),
        ({"category_edition": "2022", "category_code": "A99"}, "category-unknown"),
        ({"category_edition": "2013", "category_code": "A07010327"}, "category-unknown"),
    ],
)
def test_bad_input_is_refused_at_its_member(stating, actors, given, slug):
    entry = stating("0.1")
    with pytest.raises(Invalid) as refused:
        operations.propose(actors[0], **{"numbers": [entry.number]} | given)
    assert refused.value.slug == slug


def test_only_an_editor_proposes_and_only_its_house_reads(stating, actors, db, sign_in, app):
    entry = stating("0.1")
    made = operations.propose(actors[0], numbers=[entry.number, entry.number])
    assert [each.number for each in made.products] == [entry.number]
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    stranger = factories.actor("regulator", "list_editor")
    db.session.commit()
    with pytest.raises(NotPermitted):
        operations.propose(officer.memberships[0].actor(), numbers=[entry.number])
    with pytest.raises(NotFound, match="assignment-not-found"):
        queries.assignment_of(stranger, made.id)
    assert sign_in(app.test_client(), officer).get(PAGE).status_code == 403


# What a rule says of it


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({"parameter": "", "up_to": Decimal(3)}, "policy-parameter-missing"),
        ({"parameter": "colour", "up_to": Decimal(3)}, "policy-parameter-unknown"),
        ({"parameter": "water_absorption"}, "policy-range-missing"),
        ({"parameter": "water_absorption", "up_to": Decimal(3), "choices": ["a"]}, "policy-range-missing"),
        ({"parameter": "water_absorption", "above": Decimal(3), "up_to": Decimal(3)}, "policy-range-wrong"),
    ],
)
def test_a_rule_says_a_parameter_of_its_scheme_and_a_range_or_choices(actors, absorbing, given, slug):
    categories.import_categories(SYSTEM, ["code,name,level,parent_code", "A07010327,瓷质砖,4,"], "2022")
    said = {
        "category_edition": "2022", "category_code": "A07010327", "scheme_code": absorbing.code,
        "treatment": "priority", "mode": "list", "bodies": [], "criterion": "", "scope_note": "",
        "basis": "测试文号", "valid_from": clock.today(), "valid_to": None,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        policy.propose(actors[0], said | given)
    assert refused.value.slug == slug


def test_rules_of_before_say_no_parameter_after_the_migration(fresh):
    said = (
        "INSERT INTO policy_rule (category_edition, category_code, category_name, scheme_code, treatment,"
        " basis, mode, bodies, criterion, scope_note, last_use, demo, valid_from, number, drafted_by,"
        " approved_by, entered_at) VALUES ('2022', 'A07010327', '瓷质砖', 's', 'priority', 'x', 'list', '[]',"
        " '', '', '[]', false, '2026-01-01', 1, '', '', '2026-01-01 00:00:00')"
    )
    with fresh("assignments", "0097") as engine:
        with engine.begin() as connection:
            connection.execute(text(said))
        upgrade()
        [kept] = editions.policies()
    assert (kept.category_code, kept.parameter, kept.above, kept.up_to, kept.choices) == (
        "A07010327", "", None, None, [],
    )  # fmt: skip
