"""The verdict over certificates that were really issued, changed and ended: page and API say the same."""

from datetime import date, timedelta

import pytest

from accounts import operations as accounts
from accounts.actor import SYSTEM
from core import clock, lifecycle
from core.clock import today
from procurement import operations
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.certification.world import World
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
HEAD = (
    "category_edition,category_code,category_name,scheme_code,treatment,basis,mode,demo,valid_from,valid_to"
)


@pytest.fixture
def world(db):
    return World.begun()


@pytest.fixture
def program(db):
    """program(): what a program of an officer sends along, which counts today."""
    officer = factories.actor("purchasing_unit", "procurement_officer")

    def sign() -> dict[str, str]:
        secret = accounts.create_token(officer, "核对")[1]
        db.session.commit()
        return {"Authorization": f"Bearer {secret}"}

    return sign


@pytest.fixture
def policy(world):
    """policy(mode): the tiles of the world are to be preferred, by this mode, since long ago."""

    def make(mode: str) -> None:
        row = f"2022,A07010327,瓷质砖,{world.scheme.code},priority,演示数据：测试,{mode},1,2020-01-01,"
        report = operations.load_policy(SYSTEM, [HEAD, row])
        assert (report.added, report.refused) == (1, [])

    return make


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def asked(client, program):
    """asked(number, model, on, ...): the overall answer and the ground of each finding, as the API gives it;
    the page, in both languages, says the same."""

    def ask(
        number: str, model: str = "YT-6015", on: date | None = None, **more
    ) -> tuple[str, dict[str, str]]:
        day, item = (on or today()).isoformat(), {"number": number, "model": model, **more}
        answer = client.post("/api/v1/verifications", json={"on": day, "items": [item]}, headers=program())
        assert answer.status_code == 200, answer.text
        [found] = answer.json["items"]
        for language in ("zh", "en"):
            page = client.get("/procurement/verdict", query_string={**item, "on": day, "lang": language})
            assert page.status_code == 200
            assert faults(page.text) == []
        page = client.get("/procurement/verdict", query_string={**item, "on": day}).text
        assert all(finding["message"] in page for finding in found["findings"])
        return found["overall"], {each["subject"]: each["ground"] for each in found["findings"]}

    return ask


def test_where_the_category_is_enough_a_certificate_of_today_is_bought(issued, policy, asked):
    policy("category")
    overall, grounds = asked(issued.number, maker="宜兴云陶新材有限公司")
    assert (overall, grounds["category"], grounds["maker"]) == ("buyable", "preferred", "maker-same")
    assert "listing" not in grounds
    assert asked(issued.number, on=today() - DAY)[1]["in-force"] == "issued-after-the-day"
    overall, grounds = asked(issued.number, on=today() + DAY)
    assert (overall, grounds["in-force"]) == ("not-yet-known", "covered-until")


def test_without_a_policy_the_answer_is_not_required_and_cites_nothing(issued, asked):
    assert asked(issued.number)[0] == "not-required"


def test_a_suspension_counts_from_its_own_day(world, issued, policy, asked):
    policy("category")
    with clock.travel(clock.now() + 10 * DAY):
        until = today() + 60 * DAY
        decider = world.actor("decision_maker")
        lifecycle.take(issued, "suspend", decider, cause="misuse", reason="标签误用", until=until)
        assert asked(issued.number)[:1] == ("not-buyable",)
        assert asked(issued.number)[1]["in-force"] == "suspended"
        assert asked(issued.number, on=today() - DAY)[0] == "buyable"


def test_a_model_that_a_reduction_took_away_is_in_before_that_day_and_out_from_it(
    world, issued, policy, asked
):
    policy("category")
    before = today()
    with clock.travel(clock.now() + 10 * DAY):
        case_about(world, issued, "reduction", ("YT-6015",)).to("certified")
        assert asked(issued.number, "YT-6016")[0] == "not-buyable"
        assert asked(issued.number, "YT-6016")[1]["model"] == "model-left-scope"
        assert asked(issued.number, "YT-6016", on=before)[0] == "buyable"
        assert asked(issued.number)[0] == "buyable"


def test_a_recertified_product_is_bought_without_a_gap_under_the_new_number(world, issued, policy, asked):
    policy("category")
    with clock.travel(clock.now() + (issued.valid_to - today() - 90 * DAY)):
        case_about(world, issued, "recertification").to("certified")
    new = issued.replaced_by
    with clock.travel(clock.now() + (new.begins_on - today())):
        overall, grounds = asked(issued.number)
        assert (overall, grounds["in-force"]) == ("buyable", "succeeded-by")
        assert asked(issued.number, on=issued.valid_to)[1]["in-force"] == "in-force"
        assert asked(new.number)[1]["in-force"] == "in-force"


def test_what_is_not_exactly_the_same_is_not_bought_and_told_how_near_it_is(client, issued, policy, asked):
    policy("category")
    assert asked(issued.number, "YT-6O15")[1]["model"] == "model-not-covered"
    page = client.get("/procurement/verdict", query_string={"number": issued.number, "model": "YT-6O15"}).text
    assert "YT-6<mark>0</mark>15" in page
    overall, grounds = asked(issued.number, maker="宜兴云淘新材有限公司")
    assert (overall, grounds["maker"]) == ("not-buyable", "maker-differs")


def test_the_list_in_force_that_day_counts_where_the_rule_says_so(world, issued, policy, asked):
    policy("list")
    editor = factories.actor("regulator", "list_editor")
    assert asked(issued.number)[1]["listing"] == "no-edition"
    with clock.travel(clock.now() + DAY):
        edition = operations.draft_edition(editor, "2026-1", "第一期", today(), today())
        lifecycle.take(edition, "open_notice", editor, notice_from=today(), notice_to=today())
        young = certificate_of(world.case("certified"))
    with clock.travel(clock.now() + 2 * DAY):
        lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        overall, grounds = asked(issued.number)
        assert (overall, grounds["listing"]) == ("buyable", "listed")
        assert asked(issued.number, on=today() - DAY)[1]["listing"] == "no-edition"
        assert asked(young.number)[0] == "not-buyable"


def test_a_number_nobody_holds_is_answered_as_unknown(policy, asked):
    policy("category")
    overall, grounds = asked("LCP-32-01-2026-99999")
    assert (overall, grounds["in-force"]) == ("unknown", "certificate-unknown")


@pytest.mark.parametrize("day", ["2026-13-45", "gestern", "0001-01-01"])
def test_of_an_unreadable_day_nothing_is_answered(client, program, issued, day):
    page = client.get("/procurement/verdict", query_string={"number": issued.number, "on": day})
    assert (page.status_code, "逐项核对" in page.text) == (422, False)
    body = {"on": day, "items": [{"number": issued.number}]}
    answer = client.post("/api/v1/verifications", json=body, headers=program())
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == ["/on"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"on": "2026-11-28"}, "/items"),
        ({"on": "2026-11-28", "items": []}, "/items"),
        ({"on": "2026-11-28", "items": [{"number": "1"}] * 501}, "/items"),
        ({"on": "2026-11-28", "items": [{"model": "YT"}]}, "/items/0/number"),
        ({"on": "2026-11-28", "items": [{"number": "1", "modell": "YT"}]}, "/items/0/modell"),
        ({"on": "2026-11-28", "items": [{"number": "1" * 201}]}, "/items/0/number"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused_at_its_member(client, program, body, pointer):
    answer = client.post("/api/v1/verifications", json=body, headers=program())
    assert (answer.status_code, list(answer.json["fields"])) == (422, [pointer])


def test_nobody_asks_by_program_without_signing_in(client, issued):
    assert client.post("/api/v1/verifications", json={"on": "2026-11-28", "items": []}).status_code == 401
