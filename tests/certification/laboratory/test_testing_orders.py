"""Orders to laboratories, the chain of custody, doubts, retention and disposal."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import lifecycle
from core.clock import today, travel
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.world import LABORATORY_ROLES, World

ANOTHER = "南方示例检测公司"


@pytest.fixture
def second(world):
    """A second laboratory, in scope for everything."""
    laboratory = factories.organisation("testing_body", name=ANOTHER, address="苏州某路 8 号")
    for item in world.scheme.tests:
        world.scope(laboratory, item["method"], cma_number="241002110002")
    return laboratory


@pytest.fixture
def case(world):
    return world.case("evaluating")


def split(world, second, state: str = "contracted"):
    """A case whose density is tested by the second laboratory."""
    case = world.case(state)
    case.take("plan", "case_officer", **case.plan(allotments={"density": second.id}))
    return case


def staff(laboratory, role: str):
    return factories.actor("testing_body", role, of=laboratory)


def order(case, **more):
    facts = {"method": "sealed", "model": "YT-6015", "quantity": 3} | more
    case.take("order_sample", "lead_verifier", **facts)
    return case.application.samples[-1]


# Orders


def test_a_plan_may_name_several_laboratories_each_for_its_items(world, second):
    case = split(world, second)
    planned = {row.laboratory_id: row.items for row in case.application.plan.laboratories}
    assert planned == {world.laboratory.id: ["absorption"], second.id: ["density"]}
    assert order(case).items == ["absorption"]
    sample = order(case, laboratory_id=second.id)
    assert (sample.laboratory_id, sample.items) == (second.id, ["density"])


# guard 4
def test_each_laboratory_is_asked_for_the_methods_it_was_given_on_the_day_of_the_plan(world):
    narrow = factories.organisation("testing_body", name=ANOTHER)
    world.scope(narrow, "GB/T 3810.2")
    case = world.case("contracted")
    with pytest.raises(Unmet, match="laboratory-out-of-scope"):
        case.take("plan", "case_officer", **case.plan(allotments={"absorption": narrow.id}))
    case.take("plan", "case_officer", **case.plan(allotments={"density": narrow.id}))
    assert case.state == "evaluating"


# guard 4
def test_the_scope_is_asked_again_on_the_day_of_the_order(world, case):
    with travel(date(2039, 12, 31)):
        order(case)
    with travel(date(2040, 1, 1)), pytest.raises(Unmet) as refused:
        order(case)
    assert "laboratory-out-of-scope" in refused.value.detail["unmet"]


def test_an_order_stays_within_what_the_plan_gave_the_laboratory(world, second):
    case = split(world, second)
    with pytest.raises(Unmet, match="items-not-of-this-laboratory"):
        order(case, laboratory_id=second.id, items=["absorption"])
    with pytest.raises(Invalid, match="laboratory-not-planned"):
        order(case, laboratory_id=factories.organisation("testing_body").id)


def test_a_test_the_scheme_does_not_ask_for_is_given_to_nobody(world, second):
    case = world.case("contracted")
    with pytest.raises(Invalid, match="test-item-unknown"):
        case.take("plan", "case_officer", **case.plan(allotments={"colour": second.id}))


def test_a_laboratory_accepts_an_order_and_says_when_to_expect_the_report(world, case):
    sample, due = order(case), today() + timedelta(days=15)
    case.take("accept_order", "sample_receiver", sample, expected_on=due)
    assert (sample.accepted_on, sample.expected_on, sample.state) == (today(), due, "planned")
    with pytest.raises(Unmet, match="order-already-accepted"):
        case.take("decline_order", "sample_receiver", sample, reason="设备检修")


def test_a_report_is_not_promised_for_yesterday(world, case):
    with pytest.raises(Invalid, match="date-in-the-past"):
        case.take("accept_order", "sample_receiver", order(case), expected_on=today() - timedelta(days=1))


def test_a_laboratory_declines_an_order_for_a_reason_and_another_is_ordered(world, case):
    sample = order(case)
    with pytest.raises(Unmet, match="reason-missing"):
        case.take("decline_order", "sample_receiver", sample, reason=" ")
    case.take("decline_order", "sample_receiver", sample, reason="设备检修至月底")
    with pytest.raises(OutOfOrder):
        case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-1")
    assert order(case).state == "planned"


def test_nobody_of_another_laboratory_touches_the_sample(world, second, case):
    sample = order(case)
    with pytest.raises(NotPermitted):
        lifecycle.take(sample, "accept_order", staff(second, "sample_receiver"), expected_on=today())


# Drawing, sealing, sending


def test_a_sample_is_drawn_and_sealed_first_and_sent_later(world, case):
    with travel(today() - timedelta(days=3)):
        sample = order(case)
        case.take("draw", "verifier", sample, drawn_on=today(), seal_number="F-9", drawn_at="成品库")
    assert sample.state == "drawn"
    case.take("send", "applicant", sample, sent_on=today(), carrier="宁运物流")
    assert [row.act for row in sample.custody] == ["draw", "send"]


def test_nothing_is_sent_before_it_was_drawn(world, case):
    sample = order(case)
    case.take("draw", "verifier", sample, drawn_on=today(), seal_number="F-9", drawn_at="成品库")
    with pytest.raises(Invalid, match="before-the-drawing"):
        case.take("send", "verifier", sample, sent_on=today() - timedelta(days=1), carrier="物流")


@pytest.mark.parametrize("step", ["draw", "dispatch"])
def test_the_client_does_not_draw_what_the_body_is_to_draw(world, case, step):
    with pytest.raises(Unmet, match="sample-drawn-by-the-body"):
        case.take(step, "applicant", order(case), drawn_on=today(), seal_number="F-1", drawn_at="厂")


def test_a_seal_number_is_used_once(world, case):
    facts = {"drawn_on": today(), "seal_number": "F-7"}
    case.take("dispatch", "lead_verifier", order(case), **facts)
    with pytest.raises(Invalid) as refused:
        case.take("dispatch", "lead_verifier", order(case), **facts)
    assert refused.value.fields == {"seal_number": "seal-number-used"}


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("dispatch", {"drawn_on": date(2099, 1, 1), "seal_number": "F-1"}),
        ("draw", {"drawn_on": date(2099, 1, 1), "seal_number": "F-1", "drawn_at": "厂"}),
    ],
)
def test_nothing_is_written_down_before_it_happened(world, case, step, facts):
    with pytest.raises(Invalid, match="date-in-the-future"):
        case.take(step, "lead_verifier", order(case), **facts)


# Custody


def test_the_chain_of_custody_runs_from_the_factory_to_the_disposal_without_a_gap(world, case):
    sample = order(case)
    case.take("draw", "verifier", sample, drawn_on=today(), seal_number="F-9", drawn_at="成品库")
    case.take("send", "verifier", sample, sent_on=today(), carrier="宁运物流")
    case.take("hand_over", "sample_receiver", sample, on=today(), taker="夜班收发", place="南京中转站")
    receipt = {"received_on": today(), "condition": "三片完好", "seal": "intact"}
    case.take("receive", "sample_receiver", sample, **receipt)
    case.take("record", "tester", sample, results=results())
    report(case, sample)
    case.take("retain", "tester", sample, retained_until=today(), retained_at="三号样品间")
    case.take("dispose", "sample_receiver", sample, disposal="粉碎", witness="程远")
    rows = sample.custody
    assert [row.act for row in rows] == [
        "draw", "send", "hand_over", "receive", "record", "retain", "dispose"
    ]  # fmt: skip
    assert [row.giver for row in rows[1:]] == [row.taker for row in rows[:-1]]
    assert {row.seal_number for row in rows} == {"F-9"}
    assert (sample.state, sample.witness, rows[-1].note) == ("disposed", "程远", "粉碎")


def test_a_retained_sample_is_not_disposed_of_before_its_time(world, case):
    sample = case.deliver()
    case.take("record", "tester", sample, results=results())
    report(case, sample)
    until = today() + timedelta(days=90)
    case.take("retain", "tester", sample, retained_until=until, retained_at="三号样品间")
    with pytest.raises(Unmet, match="retention-running"):
        case.take("dispose", "tester", sample, disposal="粉碎", witness="程远")
    with travel(until):
        case.take("dispose", "tester", sample, disposal="粉碎", witness="程远")
    assert sample.disposed_on == until


# Receipt and doubt


def received(case, **more):
    sample = order(case)
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number=f"F-{sample.id}")
    receipt = {"received_on": today(), "condition": "外箱受潮", "seal": "intact"} | more
    case.take("receive", "sample_receiver", sample, **receipt)
    return sample


def test_the_seal_is_looked_at_on_receipt(world, case):
    with pytest.raises(Unmet, match="seal-not-checked"):
        received(case, seal="")


@pytest.mark.parametrize("wrong", [{"seal": "broken"}, {"mismatch": "型号标签为 YT-6016"}])
def test_what_did_not_arrive_as_it_left_is_not_tested_until_the_body_has_decided(world, case, wrong):
    sample = received(case, **wrong)
    with pytest.raises(Unmet, match="receipt-not-sound"):
        case.take("record", "tester", sample, results=results())
    case.take("doubt", "sample_receiver", sample, reason="封条断开，编号可辨")
    case.take("resume", "case_officer", sample, reason="承运人证明运输中碰断，三片编号一致")
    case.take("record", "tester", sample, results=results())
    assert (sample.state, sample.doubt) == ("testing", "封条断开，编号可辨")


def test_a_doubt_may_end_in_a_new_sample_which_names_the_doubted_one(world, case):
    sample = received(case, seal="broken")
    case.take("doubt", "tester", sample, reason="封条不符")
    case.take("replace", "lead_verifier", sample, reason="来源不能证明，重新抽样")
    new = case.application.samples[-1]
    assert (sample.state, new.state, new.replaces_id) == ("replaced", "planned", sample.id)
    assert (new.items, new.laboratory_id, new.model) == (sample.items, sample.laboratory_id, sample.model)
    with pytest.raises(OutOfOrder):
        case.take("resume", "lead_verifier", sample, reason="再想想")


def test_a_doubt_on_the_way_cannot_end_in_testing_what_never_arrived(world, case):
    sample = order(case)
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-1")
    case.take("doubt", "sample_receiver", sample, reason="承运人报失")
    with pytest.raises(Unmet, match="sample-not-received"):
        case.take("resume", "lead_verifier", sample, reason="继续")


def results(absorption: str = "0.21", **more) -> list[dict]:
    values = {"absorption": absorption, "density": "22.46"}
    measured = {"uncertainty": Decimal("0.01"), "performed_on": today()} | more
    return [{"item": item, "value": Decimal(value), **measured} for item, value in values.items()]


def report(case, sample, **more):
    facts = {"number": f"TR-{sample.id}", "place": "南京", "issued_on": today()} | more
    case.take("report", "authorised_signatory", sample, **facts)
    return sample.report


def test_two_laboratories_together_report_what_the_scheme_asks(db):
    world = World()
    second = factories.organisation("testing_body", name=ANOTHER, address="苏州某路 8 号")
    world.scope(second, "GB/T 3810.2")
    case = split(world, second)
    case.review_documents()
    case.tests = {"absorption": "0.21"}
    case.test()
    case.visit()
    with pytest.raises(Unmet, match="test-report-missing"):
        case.take("finish", "lead_verifier")
    sample = order(case, laboratory_id=second.id)
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-2")
    people = {role: staff(second, role) for role in LABORATORY_ROLES}
    receipt = {"received_on": today(), "condition": "完好", "seal": "intact"}
    lifecycle.take(sample, "receive", people["sample_receiver"], **receipt)
    density = [result for result in results() if result["item"] == "density"]
    lifecycle.take(sample, "record", people["tester"], results=density)
    facts = {"number": "S-1", "place": "苏州", "issued_on": today()}
    lifecycle.take(sample, "report", people["authorised_signatory"], **facts)
    case.finish()
    assert case.application.test_verdicts == {"absorption": "pass", "density": "reported"}
    assert {people["tester"].id} < case.application.evaluators
