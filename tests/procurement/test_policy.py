"""A policy rule is proposed by one person, approved by another, and tells beforehand what it would move."""

from datetime import date, timedelta

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from accounts import operations as accounts
from accounts.actor import SYSTEM
from core import clock, lifecycle
from core.clock import today
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.words import sentence
from procurement import queries as lists
from procurement.categories import operations as categories
from procurement.models import PolicyRule
from procurement.policy import operations, queries
from procurement.policy.models import PolicyProposal
from schemes import operations as schemes
from tests import factories
from tests.certification.world import scheme
from tests.core.test_migrations import lay
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
CODES = ["code,name,level,parent_code", "A07010327,瓷质砖,4,A07010300", "A07010302,水泥,4,A07010300"]


@pytest.fixture
def house(db, world):
    """Two who draw up the list, and a catalogue of two codes."""
    categories.import_categories(SYSTEM, CODES, "2022")
    office = factories.organisation("regulator")
    people = [factories.user(office, "list_editor") for _ in range(2)]
    db.session.commit()
    return people


@pytest.fixture
def actors(house):
    return [person.memberships[0].actor() for person in house]


@pytest.fixture
def says(world):
    """says(...): what a rule says that is whole, but for what is given."""

    def values(**other):
        return {
            "category_edition": "2022",
            "category_code": "A07010327",
            "scheme_code": world.scheme.code,
            "treatment": "mandatory",
            "mode": "category",
            "bodies": [],
            "criterion": "碳足迹不高于规则限值",
            "scope_note": "成套设备里的不算",
            "basis": "测试〔2026〕2 号",
            "demo": True,
            "valid_from": today() + DAY,
            "valid_to": None,
        } | other

    return values


@pytest.fixture
def pages(app, sign_in, house):
    """A browser of each of the two."""
    return [sign_in(app.test_client(), person) for person in house]


def typed(values) -> dict:
    said = {name: value for name, value in values.items() if value not in (None, [], False)}
    said |= {name: said[name].isoformat() for name in ("valid_from", "valid_to") if name in said}
    return said | ({"demo": "y"} if values["demo"] else {})


def test_one_proposes_and_another_approves_in_the_browser(pages, says, client, db):
    first, second = pages
    made = first.post("/procurement/policy/proposals/", data=typed(says()))
    assert made.status_code == 303, made.text
    for language in ("zh", "en"):
        page = first.get(f"{made.location}?lang={language}")
        assert (page.status_code, faults(page.text)) == (200, [])
    version = db.session.query(PolicyProposal).one().version
    own = first.post(f"{made.location}/steps/approve", data={"version": version})
    assert (own.status_code, "要由另一人批准" in own.text) == (422, True)
    assert db.session.query(PolicyRule).count() == 0
    assert second.post(f"{made.location}/steps/approve", data={"version": version}).status_code == 303
    with clock.travel(today() + DAY):
        [rule] = client.get("/api/v1/policy").json["items"]
    assert (rule["category_name"], rule["treatment"], rule["number"]) == ("瓷质砖", "mandatory", 1)
    assert rule["criterion"] == "碳足迹不高于规则限值"
    for language in ("zh", "en"):
        page = client.get(f"/procurement/policy/?all=1&lang={language}")
        assert (page.status_code, faults(page.text), "测试〔2026〕2 号" in page.text) == (200, [], True)


@pytest.mark.parametrize(
    ("wrong", "at", "slug"),
    [
        ({"category_edition": ""}, "category_edition", "category-edition-missing"),
        ({"category_code": "A0701"}, "category_code", "category-unknown"),
        ({"category_code": "A07010399"}, "category_code", "category-unknown"),
        ({"scheme_code": ""}, "scheme_code", "policy-scheme-missing"),
        ({"scheme_code": "lc-nobody"}, "scheme_code", "policy-scheme-missing"),
        ({"criterion": ""}, "criterion", "policy-criterion-missing"),
        ({"basis": ""}, "basis", "policy-basis-missing"),
        ({"valid_from": None}, "valid_from", "policy-from-missing"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to", "policy-dates-wrong"),
        ({"treatment": "perhaps"}, "treatment", "not-in-list"),
        ({"mode": "perhaps"}, "mode", "not-in-list"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(actors, pages, says, wrong, at, slug):
    with pytest.raises(Invalid) as refused:
        operations.propose(actors[0], says(**wrong))
    assert refused.value.fields[at] == slug
    answer = pages[0].post("/procurement/policy/proposals/", data=typed(says(**wrong)))
    assert (answer.status_code, faults(answer.text)) == (422, [])


def test_a_compulsory_rule_rests_on_a_scheme_with_a_limit(actors, says, pages):
    schemes.load(schemes.SHIPPED, SYSTEM)
    label = {"scheme_code": "cfp-laptop", "category_code": "A07010302"}
    with pytest.raises(Invalid) as refused:
        operations.propose(actors[0], says(**label))
    assert refused.value.fields == {"treatment": "policy-scheme-without-limit"}
    answer = pages[0].post("/procurement/policy/proposals/", data=typed(says(**label)))
    assert (answer.status_code, "强制采购不能建立在它上面" in answer.text) == (422, True)
    assert operations.propose(actors[0], says(treatment="priority", criterion="", **label)).is_proposed
    assert operations.propose(actors[0], says(scheme_code="lc-cement")).is_proposed


def test_the_file_of_a_keeper_goes_by_the_same_checks(says, db, world):
    head = "category_edition,category_code,category_name,scheme_code,treatment,basis,criterion,valid_from"
    rows = [
        f"2022,A07010327,瓷质砖,{world.scheme.code},mandatory,文号,,2026-01-01",
        "2022,A07010302,水泥,lc-nobody,mandatory,文号,限值,2026-01-01",
        "2021,A07010302,水泥,lc-nobody,priority,文号,,2026-01-01",
        f"2022,A07010327,瓷质砖,{world.scheme.code},mandatory,文号,限值,2026-01-01",
        f"2022,A07010327,瓷质砖,{world.scheme.code},priority,文号,,2025-01-01",
    ]
    report = operations.load_policy(SYSTEM, [head, *rows])
    assert [(row, slug) for row, slug, _ in report.refused] == [
        (2, "policy-criterion-missing"),
        (3, "policy-scheme-without-limit"),
        (4, "category-edition-missing"),
        (6, "policy-not-later"),
    ]
    assert report.added == 1


def test_the_next_version_ends_the_one_before_it(actors, says, law, db):
    law("list")
    proposal = operations.propose(actors[0], says())
    lifecycle.take(proposal, "approve", actors[1])
    former, rule = db.session.query(PolicyRule).order_by(PolicyRule.number)
    assert (former.number, former.valid_to, rule.number) == (1, today(), 2)
    assert (rule.drafted_by, rule.approved_by) == (actors[0].label, actors[1].label)
    assert [each.number for each in queries.in_force(today()).items] == [1]
    assert [each.number for each in queries.in_force(today() + DAY).items] == [2]
    again = operations.propose(actors[0], says())
    with pytest.raises(Unmet) as refused:
        lifecycle.take(again, "approve", actors[1])
    assert refused.value.slug == "policy-not-later"


def test_whoever_wrote_in_it_does_not_approve_and_nothing_begins_in_the_past(actors, says):
    first, second = actors
    proposal = operations.propose(first, says())
    operations.write(proposal, second, says(basis="另一文号"))
    for actor in actors:
        with pytest.raises(Unmet) as refused:
            lifecycle.take(proposal, "approve", actor)
        assert refused.value.slug == "policy-own"
    other = operations.propose(first, says(valid_from=today()))
    with clock.travel(today() + DAY), pytest.raises(Unmet) as refused:
        lifecycle.take(other, "approve", second)
    assert refused.value.slug == "policy-begun"


def test_what_was_decided_is_not_written_in_and_strangers_neither_see_nor_write(
    actors, says, client, sign_in, db
):
    proposal = operations.propose(actors[0], says())
    stranger = factories.actor("regulator", "list_editor")
    with pytest.raises(NotPermitted):
        operations.write(proposal, stranger, says())
    with pytest.raises(NotPermitted):
        operations.propose(factories.actor("purchasing_unit", "procurement_officer"), says())
    lifecycle.take(proposal, "drop", actors[1], reason="不提了")
    with pytest.raises(OutOfOrder) as refused:
        operations.write(proposal, actors[0], says())
    assert refused.value.slug == "policy-decided"
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    browser = sign_in(client, officer)
    assert browser.get("/procurement/policy/proposals/").status_code == 403
    answer = browser.get(f"/procurement/policy/proposals/{proposal.id}")
    assert (answer.status_code, sentence("policy-proposal-not-found") in answer.text) == (404, True)


def test_a_draft_says_which_lines_it_would_move_by_the_verdict_itself(issued, law, actors, says, pages, db):
    law("list")
    proposal = operations.propose(actors[0], says(treatment="priority", criterion=""))
    db.session.commit()
    preview = queries.preview(proposal)
    models = {model.code for model in issued.models}
    assert {each.after.question.model for each in preview.moved} == models
    assert preview.ways == [(("not-buyable", "priority"), ("buyable", "priority"), len(models))]
    assert {each.before.on("listing").ground for each in preview.moved} == {"no-edition"}
    page = pages[0].get(f"/procurement/policy/proposals/{proposal.id}?lang=zh").text
    assert f"这条规则会使 {len(models)} 行变化" in page
    assert "还没有政策" not in page
    same = operations.propose(actors[0], says(treatment="priority", criterion="", mode="list"))
    assert queries.preview(same).moved == []


def test_a_proposal_is_rewritten_on_its_page_and_a_stale_page_is_told(pages, says, db):
    made = pages[0].post("/procurement/policy/proposals/", data=typed(says())).location
    version = db.session.query(PolicyProposal).one().version
    sent = typed(says(basis="改过的文号")) | {"version": version}
    assert pages[1].post(made, data=sent).status_code == 303
    assert "改过的文号" in pages[0].get(made).text
    assert pages[0].post(made, data=sent).status_code == 409
    wrong = typed(says(basis="")) | {"version": version + 1}
    assert pages[0].post(made, data=wrong).status_code == 422


def test_programs_propose_write_and_approve_by_another_hand(house, says, client, db):
    heads = [
        {"Authorization": f"Bearer {accounts.create_token(person.memberships[0].actor(), '甲')[1]}"}
        for person in house
    ]
    db.session.commit()
    sent = says() | {"valid_from": says()["valid_from"].isoformat()}
    made = client.post("/api/v1/policy_proposals", json=sent, headers=heads[0])
    assert (made.status_code, made.json["category_name"]) == (201, "瓷质砖"), made.text
    here = made.headers["Location"]
    wrong = client.put(here, json=sent | {"version": 1, "basis": ""}, headers=heads[0])
    assert (wrong.status_code, "policy-basis-missing" in wrong.text) == (422, True)
    written = client.put(here, json=sent | {"version": 1, "basis": "另一文号"}, headers=heads[0])
    assert (written.status_code, written.json["basis"]) == (200, "另一文号"), written.text
    assert client.put(here, json=sent | {"version": 1}, headers=heads[0]).status_code == 409
    assert client.post(f"{here}/approve", json={}, headers=heads[0]).status_code == 422
    taken = client.post(f"{here}/approve", json={}, headers=heads[1])
    assert (taken.status_code, taken.json["state"]) == (200, "approved"), taken.text
    assert db.session.query(PolicyRule).one().basis == "另一文号"


def test_rules_of_before_are_counted_by_the_day_they_begin(fresh):
    row = {"category_edition": "2022", "category_code": "A07010302", "category_name": "水泥",
           "scheme_code": "lc-cement", "treatment": "priority", "basis": "文号", "demo": False,
           "mode": "list", "bodies": "[]"}  # fmt: skip
    with fresh("policy", "0075") as engine:
        for place, begins in enumerate(("2027-01-01", "2026-01-01"), start=1):
            lay(engine, "policy_rule", id=place, valid_from=begins, **row)
        upgrade()
        with engine.connect() as connection:
            found = connection.execute(text("SELECT number, criterion FROM policy_rule ORDER BY id"))
            assert [tuple(each) for each in found] == [(2, ""), (1, "")]


@pytest.fixture
def two_versions(db, world):
    """Before the version of the world there was a version 0."""
    scheme(code=world.scheme.code, version="0", effective_from=date(2015, 1, 1))
    db.session.commit()


LAST = date(2027, 6, 30)


def test_a_rule_says_until_when_certificates_of_former_versions_count(
    house, pages, says, two_versions, client, db
):
    made = pages[0].post("/procurement/policy/proposals/", data=typed(says()) | {"last_days": "0 2027-06-30"})
    assert made.status_code == 303, made.text
    found = db.session.query(PolicyProposal).one()
    assert found.last_days == {"0": LAST}
    page = pages[0].get(f"{made.location}?lang=zh").text
    assert "0 2027-06-30" in page
    lifecycle.take(found, "approve", house[1].memberships[0].actor())
    db.session.commit()
    with clock.travel(today() + DAY):
        [rule] = client.get("/api/v1/policy").json["items"]
        assert "0 版规则的证书用到 2027-06-30" in client.get("/procurement/policy/?lang=zh").text
        [known] = lists.policies()
    assert rule["last_use"] == [{"version": "0", "until": "2027-06-30"}]
    assert known.last_days == {"0": LAST}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("0", "policy-last-use-wrong"),
        ("0 2027-06-30 到", "policy-last-use-wrong"),
        ("0 2027-06-30\n0 2028-06-30", "policy-last-use-wrong"),
        ("9 2027-06-30", "policy-version-not-former"),
        ("1 2027-06-30", "policy-version-not-former"),
    ],
)
def test_last_days_are_of_former_versions_each_once(actors, says, two_versions, text, slug, pages):
    with pytest.raises(Invalid) as refused:
        operations.propose(actors[0], says(last_days=operations.last_days(text)))
    assert refused.value.fields == {"last_days": slug}
    answer = pages[0].post("/procurement/policy/proposals/", data=typed(says()) | {"last_days": text})
    assert (answer.status_code, faults(answer.text)) == (422, [])


def test_programs_and_files_say_last_days_too(house, says, two_versions, client, db, world):
    token = accounts.create_token(house[0].memberships[0].actor(), "甲")[1]
    db.session.commit()
    heads = {"Authorization": f"Bearer {token}"}
    said = says() | {"valid_from": says()["valid_from"].isoformat()}
    last = [{"version": "0", "until": "2027-06-30"}]
    made = client.post("/api/v1/policy_proposals", json=said | {"last_use": last}, headers=heads)
    assert (made.status_code, made.json["last_use"]) == (201, last), made.text
    for wrong in (last * 2, [{"version": "0"}], [{"version": [], "until": "2027-06-30"}], last * 5000):
        refused = client.post("/api/v1/policy_proposals", json=said | {"last_use": wrong}, headers=heads)
        assert refused.status_code == 422, refused.text
    head = "category_edition,category_code,category_name,scheme_code,treatment,basis,valid_from,last_use"
    row = f"2022,A07010302,水泥,{world.scheme.code},encouraged,文号,2026-01-01"
    report = operations.load_policy(SYSTEM, [head, f"{row},0 2027-06-30", f"{row},0 昨天"])
    assert (report.added, [slug for _row, slug, _value in report.refused]) == (1, ["date-unreadable"])
    assert db.session.query(PolicyRule).one().last_days == {"0": LAST}
