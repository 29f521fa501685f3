"""A maker is suspended by two people; from that day the one verdict says no where the list decides, and no
edition carries it."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts import operations as accounts
from accounts import uscc
from accounts.models import Notice
from certification.certificate.models import Certificate
from core import clock, lifecycle
from core.calendar.count import months_after
from core.clock import today
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.words import sentence
from procurement import operations as lists
from procurement.suspensions import operations, queries
from procurement.suspensions.models import EnterpriseSuspension
from procurement.verdict import lines
from procurement.verdict.dated import Suspended
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
PAGE = "/procurement/suspensions/proposals/"
OTHER = uscc.synthetic(99)


def half_a_year(first):
    return months_after(first, 6)


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
def says():
    """says(...): a suspension that is whole, but for what is given."""

    def values(**other):
        return {
            "uscc": OTHER,
            "maker": "某厂（演示）",
            "valid_from": today(),
            "valid_to": half_a_year(today()),
            "ground": "以清单外的产品供货",
            "basis": "测试罚〔2026〕3 号",
            "demo": True,
        } | other

    return values


@pytest.fixture
def maker(issued):
    """Who the certificate of the world names as its maker: (credit code, name)."""
    said = orjson.loads(issued.statement)["manufacturer"]
    return said.get("uscc", ""), said["name"]


@pytest.fixture
def suspend(actors, says, maker, db):
    """suspend(...): the maker of the certificate, approved by the second."""

    def make(**other):
        named = {"uscc": maker[0] or OTHER, "maker": maker[1]}
        made = operations.propose(actors[0], says(**named | other))
        lifecycle.take(made, "approve", actors[1])
        db.session.commit()
        return made

    return make


def typed(values) -> dict:
    said = {name: value for name, value in values.items() if name != "demo"} | {"demo": "y"}
    return said | {name: said[name].isoformat() for name in ("valid_from", "valid_to") if said[name]}


def test_one_proposes_another_approves_and_everybody_reads_it(pages, says, client, db):
    first, second = pages
    made = first.post(PAGE, data=typed(says()))
    assert made.status_code == 303, made.text
    assert client.get("/api/v1/suspensions").json["items"] == []
    own = first.post(f"{made.location}/steps/approve", data={"version": 1})
    assert (own.status_code, "要由另一人办理" in own.text) == (422, True)
    assert second.post(f"{made.location}/steps/approve", data={"version": 1}).status_code == 303
    for language in ("zh", "en"):
        for address in (made.location, PAGE):
            page = first.get(f"{address}?lang={language}")
            assert (page.status_code, faults(page.text)) == (200, [])
        page = client.get(f"/procurement/suspensions/?lang={language}")
        assert (page.status_code, faults(page.text), OTHER in page.text) == (200, [], True)
    [item] = client.get("/api/v1/suspensions").json["items"]
    assert (item["uscc"], item["ground"], item["lifted_on"]) == (OTHER, "以清单外的产品供货", None)
    over = half_a_year(today()) + DAY
    assert client.get(f"/api/v1/suspensions?on={over}").json["items"] == []
    assert client.get("/api/v1/suspensions?all=1").json["total"] == 1


def test_programs_propose_write_approve_and_lift(house, says, client, db):
    heads = [
        {"Authorization": f"Bearer {accounts.create_token(person.memberships[0].actor(), '甲')[1]}"}
        for person in house
    ]
    db.session.commit()
    sent = says() | {name: says()[name].isoformat() for name in ("valid_from", "valid_to")}
    made = client.post("/api/v1/suspensions", json=sent, headers=heads[0])
    assert made.status_code == 201, made.text
    here = made.headers["Location"]
    written = client.put(here, json=sent | {"version": 1, "basis": "另一文号"}, headers=heads[0])
    assert (written.status_code, written.json["basis"]) == (200, "另一文号")
    stale = client.put(here, json=sent | {"version": 1}, headers=heads[0])
    assert stale.status_code == 409
    assert client.post(f"{here}/approve", json={}, headers=heads[0]).status_code == 422
    taken = client.post(f"{here}/approve", json={}, headers=heads[1])
    assert (taken.status_code, taken.json["state"]) == (200, "standing"), taken.text
    lifted = client.post(f"{here}/lift", json={"reason": "已经整改"}, headers=heads[1])
    assert (lifted.status_code, lifted.json["state"]) == (200, "lifted"), lifted.text
    [item] = client.get("/api/v1/suspensions?all=1").json["items"]
    assert (item["lift_reason"], item["last_day"]) == ("已经整改", (today() - DAY).isoformat())


@pytest.mark.parametrize(
    ("wrong", "at", "slug"),
    [
        ({"uscc": ""}, "uscc", "uscc-length"),
        ({"uscc": OTHER[:-1] + "0"}, "uscc", "uscc-check-digit"),
        ({"maker": ""}, "maker", "maker-suspension-maker-missing"),
        ({"ground": ""}, "ground", "maker-suspension-ground-missing"),
        ({"basis": ""}, "basis", "maker-suspension-basis-missing"),
        ({"valid_from": None}, "valid_from", "maker-suspension-dates-missing"),
        ({"valid_to": None}, "valid_to", "maker-suspension-dates-missing"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(actors, pages, says, wrong, at, slug):
    with pytest.raises(Invalid) as refused:
        operations.propose(actors[0], says(**wrong))
    assert refused.value.fields[at] == slug
    answer = pages[0].post(PAGE, data={k: v for k, v in typed(says(**wrong)).items() if v is not None})
    assert (answer.status_code, faults(answer.text)) == (422, [])


def test_it_lasts_from_three_months_to_two_years(actors, says):
    for months, days, fits in ((3, -1, True), (3, -2, False), (24, -1, True), (24, 0, False)):
        last = months_after(today(), months) + days * DAY
        if fits:
            assert operations.propose(actors[0], says(valid_to=last)).valid_to == last
        else:
            with pytest.raises(Invalid) as refused:
                operations.propose(actors[0], says(valid_to=last))
            assert refused.value.fields == {"valid_to": "maker-suspension-length-wrong"}


def test_nobody_is_suspended_for_days_gone_by_nor_by_whoever_wrote_it(actors, says):
    made = operations.propose(actors[0], says())
    with clock.travel(clock.now() + DAY), pytest.raises(Unmet) as refused:
        lifecycle.take(made, "approve", actors[1])
    assert refused.value.slug == "maker-suspension-begun"
    operations.write(made, actors[1], says(ground="另一事由"))
    for actor in actors:
        with pytest.raises(Unmet) as refused:
            lifecycle.take(made, "approve", actor)
        assert refused.value.slug == "maker-suspension-own"


def test_what_is_decided_is_not_written_in_and_strangers_neither_see_nor_write(
    actors, says, client, sign_in, db
):
    made = operations.propose(actors[0], says())
    with pytest.raises(NotPermitted):
        operations.write(made, factories.actor("regulator", "list_editor"), says())
    with pytest.raises(NotPermitted):
        operations.propose(factories.actor("purchasing_unit", "procurement_officer"), says())
    lifecycle.take(made, "drop", actors[1], reason="不提了")
    with pytest.raises(OutOfOrder) as refused:
        operations.write(made, actors[0], says())
    assert refused.value.slug == "maker-suspension-decided"
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    browser = sign_in(client, officer)
    assert browser.get(PAGE).status_code == 403
    answer = browser.get(f"{PAGE}{made.id}")
    assert (answer.status_code, sentence("maker-suspension-not-found") in answer.text) == (404, True)
    assert made.id not in [each.id for each in queries.public().items]


def test_on_its_days_the_verdict_says_no_where_the_list_decides(issued, law, editions, suspend, asked):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        assert asked(issued.number)[0] == "buyable"
        made = suspend(valid_from=today() + DAY)
        last = made.valid_to
        assert asked(issued.number)[0] == "buyable"
    for day, overall in ((made.valid_from, "not-buyable"), (last, "not-buyable"), (last + DAY, "buyable")):
        with clock.travel(day):
            found = asked(issued.number)
            assert found[0] == overall
            assert (found[1]["maker"] == "maker-suspended") == (overall == "not-buyable")


def test_where_the_list_does_not_decide_it_says_nothing(issued, law, suspend, asked):
    law("category")
    suspend()
    overall, grounds = asked(issued.number)
    assert (overall, grounds["maker"]) == ("buyable", "maker-not-told")


def test_lifted_early_it_counts_to_the_day_before(issued, law, editions, suspend, actors, asked, db):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        made = suspend()
    with clock.travel(clock.now() + 20 * DAY):
        with pytest.raises(Unmet):
            lifecycle.take(made, "lift", actors[0], reason="自己来")
        with pytest.raises(Unmet):
            lifecycle.take(made, "lift", actors[1], reason="")
        lifecycle.take(made, "lift", actors[1], reason="已经整改")
        db.session.commit()
        assert asked(issued.number)[0] == "buyable"
        assert asked(issued.number, on=today() - DAY)[0] == "not-buyable"
    with clock.travel(made.valid_to + DAY), pytest.raises(OutOfOrder):
        lifecycle.take(made, "lift", actors[1], reason="再来")


def test_only_the_suspensions_of_the_days_asked_for_are_read(suspend, actors, db):
    made = suspend(valid_from=today() + DAY)
    asked = [
        {today()},
        {today() + DAY},
        {made.valid_to},
        {made.valid_to + DAY},
        {today(), made.valid_to},
        set(),
    ]
    assert [len(queries.known(days)) for days in asked] == [0, 1, 1, 0, 1, 0]
    with clock.travel(today() + 9 * DAY):
        lifecycle.take(made, "lift", actors[1], reason="整改完成")
    asked = [{today() + 8 * DAY}, {today() + 9 * DAY}, {today() + 20 * DAY}]
    assert [len(queries.known(days)) for days in asked] == [1, 0, 0]


def test_whoever_asks_about_some_certificates_is_told_of_those_only(issued, law, suspend, db):
    suspend()
    of = select(Certificate.number)
    assert queries.suspended() == {issued.number}
    assert queries.suspended(among=of.where(Certificate.number == issued.number)) == {issued.number}
    assert queries.suspended(among=of.where(Certificate.number != issued.number)) == set()


def test_a_suspension_that_is_over_is_not_lifted(suspend, actors):
    made = suspend()
    with clock.travel(made.valid_to + DAY), pytest.raises(Unmet) as refused:
        lifecycle.take(made, "lift", actors[1], reason="晚了")
    assert refused.value.slug == "maker-suspension-over"


def test_a_draft_and_a_publication_leave_its_products_out(issued, law, editions, suspend, editor, db):
    law("list")
    edition = editions("2026-1")
    suspend()
    with clock.travel(clock.now() + DAY):
        assert lines.fallen(edition, today()) == {line.id: "maker-suspended" for line in edition.lines}
        with pytest.raises(Unmet) as refused:
            editions.publish(edition)
        assert refused.value.slug == "edition-empty-by-now"  # nothing else stood in it
        db.session.rollback()
        lifecycle.take(edition, "take_back", editor, reason="企业暂停")
        lifecycle.take(edition, "redraft", editor, cutoff=today(), policy_date=today())
        assert ([*edition.lines], {each.reason for each in edition.omissions}) == ([], {"maker-suspended"})


def test_a_line_printed_before_is_no_longer_counted_as_in_force(issued, law, editions, suspend, client):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        before = lines.tally(edition, today())
        suspend()
        after = lines.tally(edition, today())
        assert (before.in_force, after.in_force) == (before.total, 0)
        [line, *_rest] = client.get("/api/v1/lists/2026-1").json["items"]
        assert (line["verdict"]["overall"], line["verdict"]["grounds"]["maker"]) == (
            "not-buyable",
            "maker-suspended",
        )


def test_the_maker_is_meant_by_code_and_by_name_only_where_there_is_none():
    day, moment = today(), clock.now()
    barred = Suspended(OTHER, "某厂", day, day, "事由", "文号", False, moment, None)
    assert barred.means(OTHER, "改了名的厂")
    assert not barred.means(uscc.synthetic(5), "某厂")
    assert barred.means("", "某厂")
    assert not barred.means("", "别厂")


def test_the_database_refuses_what_is_not_whole(actors, says, db):
    for wrong in ({"valid_to": today() - DAY}, {"ground": ""}, {"state": "standing"}, {"state": "lifted"}):
        row = says(owner_id=actors[0].organisation_id, writers=[], author="甲") | wrong
        db.session.add(EnterpriseSuspension(**row))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_the_number_of_an_edition_is_free_of_it(law, suspend, editor, issued):
    """A maker suspended on the cut-off day alone is left out as well: it was not to be listed then."""
    law("list")
    made = suspend()
    with clock.travel(made.valid_to + DAY):
        drawn = lists.draft_edition(editor, "2027-1", "第一期", made.valid_to, today())
        assert [each.reason for each in drawn.omissions] == ["maker-suspended"]
        lifecycle.take(drawn, "redraft", editor, cutoff=today(), policy_date=today())
        assert drawn.omissions == []


def test_the_maker_hears_that_it_is_suspended_and_that_it_is_no_longer(suspend, actors, world, db):
    def told() -> list[tuple[str, int]]:
        kinds = ("maker_suspension.standing", "maker_suspension.lifted")
        rows = db.session.query(Notice).filter(Notice.kind.in_(kinds)).order_by(Notice.id)
        return [(each.kind, each.user_id) for each in rows]

    suspend(uscc=OTHER)  # nobody here has this code
    assert told() == []
    applicant = world.people["applicant"]
    code = applicant.memberships[0].organisation.uscc
    made = suspend(uscc=code)
    assert told() == [("maker_suspension.standing", applicant.id)]
    lifecycle.take(made, "lift", actors[1], reason="已整改")
    assert told()[1:] == [("maker_suspension.lifted", applicant.id)]
