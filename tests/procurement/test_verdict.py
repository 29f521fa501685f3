"""The one verdict, from facts on paper: each finding by the cases that officers and disputes brought."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certification.certificate.likeness import between, near, same
from certification.certificate.shapes import differences
from procurement.rules import Policy
from procurement.verdict import shapes
from procurement.verdict.dated import Act, Held, Listing, Question, Version
from procurement.verdict.judging import GROUNDS, verdict
from procurement.verdict.nearest import slips
from procurement.verdict.shapes import sentence

TODAY = date(2026, 11, 28)
NAMED = "91320000MA0000001X"
MAKER = "91320600MA0000002Y"


def version(edition: int = 1, dated: date = date(2025, 8, 21), models=("JH-N1439", "JH-N1439-Pro"), **more):
    facts = {
        "maker": "南通江海智算有限公司",
        "uscc": MAKER,
        "factory": "南通江海智算有限公司一厂",
        "models": tuple((code, "16 GB") for code in models),
        "rule": "JSLC-R-01 2",
        "accepted_until": None,
    }
    return Version(edition=edition, dated=dated, **facts | more)


def held(**more) -> Held:
    facts = {
        "number": "CFP-32-01-2025-00018",
        "scheme_code": "cfp-laptop",
        "body": "江苏示例低碳认证中心",
        "body_uscc": NAMED,
        "issued_on": date(2025, 8, 21),
        "begins_on": date(2025, 8, 21),
        "valid_to": date(2028, 8, 20),
        "acts": (),
        "versions": (version(),),
        "entitled": ((date(2024, 1, 1), date(2029, 12, 31)),),
        "as_signed": True,
        "demo": False,
    }
    return Held(**facts | more)


def rule(**more) -> Policy:
    facts = {
        "category_edition": "2022",
        "category_code": "A02010108",
        "category_name": "便携式计算机",
        "scheme_code": "cfp-laptop",
        "treatment": "mandatory",
        "basis": "测试〔2026〕1号",
        "mode": "category",
        "bodies": [],
        "demo": False,
        "valid_from": date(2025, 1, 1),
        "valid_to": None,
    }
    return Policy(**facts | more)


LISTED = Listing(edition="2026-3", cutoff=date(2026, 9, 30), printed=True)


def ask(certificate: Held | None = None, rules=None, listing: Listing = LISTED, **more):
    """What is answered on 2026-11-28 about JH-N1439 under this certificate, or about what `more` says."""
    facts = {"number": "CFP-32-01-2025-00018", "model": "JH-N1439", "on": TODAY, **more}
    return verdict(Question(**facts), certificate, [rule()] if rules is None else rules, listing, TODAY)


def grounds(found) -> dict[str, str]:
    return {finding.subject: finding.ground for finding in found.findings}


def test_all_six_are_found_and_the_product_may_be_bought():
    found = ask(held(), maker="南通江海智算有限公司")
    assert grounds(found) == {
        "category": "compulsory",
        "in-force": "in-force",
        "model": "model-covered",
        "maker": "maker-same",
        "body": "body-approved",
        "standard": "standard-accepted",
    }
    assert (found.overall, found.treatment, found.basis) == ("buyable", "mandatory", "测试〔2026〕1号")


SUSPENDED = Act("suspend", TODAY, date(2027, 2, 26), "misuse", "标签误用")
WITHDRAWN = Act("withdraw", date(2026, 11, 1), None, "fraud", "数据造假")
REDUCED = (version(), version(2, TODAY, ("JH-N1439",)))
SUCCESSOR = held(
    number="CFP-32-01-2026-00017",
    issued_on=date(2026, 10, 1),
    begins_on=date(2026, 11, 20),
    valid_to=date(2029, 11, 19),
    versions=(version(1, date(2026, 10, 1)),),
    follows=("CFP-32-01-2025-00018",),
)
ENDED = held(valid_to=date(2026, 11, 19), successor=SUCCESSOR)
GAP = replace(ENDED, valid_to=date(2026, 11, 9))
CAME_LATER = (version(2, date(2026, 1, 1), ("JH-N1439",)), version(3, date(2026, 12, 1)))
PRO, YESTERDAY = "JH-N1439-Pro", date(2026, 11, 27)
FACTORY = {"maker": "南通江海智算有限公司", "factory": "二厂"}
CEMENT = held(scheme_code="lc-cement")


def approved_until(day: date) -> Held:
    return held(entitled=((date(2024, 1, 1), day),))


def accepted_until(day: date) -> Held:
    return held(versions=(version(accepted_until=day),))


LATER = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("certificate", "asked", "subject", "ground", "overall"),
    [
        # in force, on the day itself
        (held(acts=(SUSPENDED,)), {}, "in-force", "suspended", "not-buyable"),
        (held(acts=(SUSPENDED,)), {"on": YESTERDAY}, "in-force", "in-force", "buyable"),
        (held(acts=(WITHDRAWN,)), {}, "in-force", "withdrawn", "not-buyable"),
        (held(acts=(WITHDRAWN,)), {"on": date(2026, 10, 31)}, "in-force", "in-force", "buyable"),
        (held(), {"on": date(2025, 8, 20)}, "in-force", "issued-after-the-day", "not-buyable"),
        (SUCCESSOR, {"on": date(2026, 11, 19)}, "in-force", "begins-after-the-day", "not-buyable"),
        (held(valid_to=date(2026, 11, 27)), {}, "in-force", "expired", "not-buyable"),
        (held(valid_to=TODAY), {}, "in-force", "in-force", "buyable"),
        (ENDED, {}, "in-force", "succeeded-by", "buyable"),
        (ENDED, {"on": date(2026, 11, 19)}, "in-force", "in-force", "buyable"),
        (replace(ENDED, acts=(WITHDRAWN,)), {}, "in-force", "withdrawn", "not-buyable"),
        (GAP, {"on": date(2026, 11, 15)}, "in-force", "expired", "not-buyable"),
        (held(as_signed=False), {}, "in-force", "not-as-signed", "not-buyable"),
        # a day to come
        (held(), {"on": LATER}, "in-force", "covered-until", "not-yet-known"),
        (held(), {"on": date(2028, 8, 21)}, "in-force", "expired", "not-buyable"),
        (held(), {"on": LATER, "model": "JH-N1438"}, "model", "model-not-covered", "not-buyable"),
        # exactly this model, in the version of the day
        (held(versions=REDUCED), {"model": PRO}, "model", "model-left-scope", "not-buyable"),
        (held(versions=REDUCED), {"model": PRO, "on": YESTERDAY}, "model", "model-covered", "buyable"),
        (held(versions=CAME_LATER), {"model": PRO}, "model", "model-entered-later", "not-buyable"),
        (held(), {"model": "JH-N1438"}, "model", "model-not-covered", "not-buyable"),
        (held(), {"model": "JH-NI439"}, "model", "model-not-covered", "not-buyable"),
        (held(), {"model": "ｊｈ－ｎ１４３９"}, "model", "model-covered", "buyable"),
        (held(), {"model": "jh n1439 pro"}, "model", "model-covered", "buyable"),
        (held(), {"model": ""}, "model", "model-not-told", "unknown"),
        (held(), {"configuration": "16GB"}, "model", "model-covered", "buyable"),
        (held(), {"configuration": "32 GB"}, "model", "configuration-differs", "not-buyable"),
        # maker and factory
        (held(), {"uscc": MAKER.lower()}, "maker", "maker-same", "buyable"),
        (held(), {"uscc": NAMED}, "maker", "maker-code-differs", "not-buyable"),
        (held(), {"maker": "南通江海智能有限公司"}, "maker", "maker-differs", "not-buyable"),
        (held(), FACTORY, "maker", "factory-differs", "not-buyable"),
        (held(), {}, "maker", "maker-not-told", "buyable"),
        # body and standard
        (held(entitled=()), {}, "body", "body-not-approved", "not-buyable"),
        (approved_until(YESTERDAY), {}, "body", "body-not-approved", "not-buyable"),
        (accepted_until(YESTERDAY), {}, "standard", "standard-no-longer-accepted", "not-buyable"),
        (accepted_until(TODAY), {}, "standard", "standard-accepted", "buyable"),
        # nothing is known
        (None, {}, "in-force", "certificate-unknown", "unknown"),
        (None, {"category": "A02010108"}, "category", "compulsory", "unknown"),
        (None, {"category": "A02061908"}, "category", "not-required", "not-required"),
        # the category
        (held(), {"category": "A02010108"}, "category", "compulsory", "buyable"),
        (held(), {"category": "A02061908"}, "category", "part-of-other-goods", "not-required"),
        (CEMENT, {"category": "A02061908"}, "category", "not-required", "not-required"),
        (CEMENT, {"category": "A02010108"}, "category", "category-of-other-goods", "not-buyable"),
        (CEMENT, {}, "category", "not-required", "not-required"),
    ],
)  # fmt: skip
def test_a_finding_decides_the_whole(certificate, asked, subject, ground, overall):
    found = ask(certificate, **asked)
    assert (grounds(found)[subject], found.overall) == (ground, overall)


@pytest.mark.parametrize(
    ("rules", "ground", "overall"),
    [
        ([rule(treatment="priority")], "preferred", "buyable"),
        ([rule(mode="criteria")], "compulsory", "committee"),
        ([rule(), rule(category_code="A02010105")], "category-to-be-confirmed", "unknown"),
        ([], "not-required", "not-required"),
    ],
)
def test_the_rule_says_what_follows(rules, ground, overall):
    found = ask(held(), rules)
    assert (grounds(found)["category"], found.overall) == (ground, overall)


@pytest.mark.parametrize(("bodies", "ground"), [([NAMED], "body-named"), ([MAKER], "body-not-named")])
def test_a_rule_that_names_bodies_accepts_no_other(bodies, ground):
    found = ask(held(), [rule(bodies=bodies)])
    assert (grounds(found)["body"], found.overall == "buyable") == (ground, ground == "body-named")


YOUNG = held(
    issued_on=date(2026, 10, 31), begins_on=date(2026, 10, 31), versions=(version(1, date(2026, 10, 31)),)
)
NOT_PRINTED = replace(LISTED, printed=False)


@pytest.mark.parametrize(
    ("certificate", "listing", "ground", "overall"),
    [
        (held(), LISTED, "listed", "buyable"),
        (YOUNG, replace(NOT_PRINTED, announced="2026-4"), "issued-after-cutoff", "not-buyable"),
        (held(), replace(NOT_PRINTED, omission="status-suspended"), "left-out", "not-buyable"),
        (held(), NOT_PRINTED, "not-listed", "not-buyable"),
        (held(), Listing(), "no-edition", "not-buyable"),
        (held(acts=(SUSPENDED,)), LISTED, "listed", "not-buyable"),
        (ENDED, LISTED, "listed", "buyable"),
    ],
)
def test_where_the_rule_goes_by_the_list_the_edition_of_the_day_counts(certificate, listing, ground, overall):
    found = ask(certificate, [rule(mode="list")], listing)
    assert (grounds(found)["listing"], found.overall) == (ground, overall)


def test_a_certificate_too_young_for_the_list_is_bought_where_the_category_is_enough():
    found = ask(YOUNG, [rule(treatment="priority")], NOT_PRINTED)
    assert (found.overall, found.treatment, "listing" in grounds(found)) == ("buyable", "priority", False)


def test_of_a_day_to_come_no_edition_says_no():
    found = ask(held(), [rule(mode="list")], NOT_PRINTED, on=LATER)
    assert (found.overall, "listing" in grounds(found)) == ("not-yet-known", False)


@pytest.mark.parametrize(("certificate", "policy"), [(False, False), (True, False), (False, True)])
def test_what_rests_on_anything_invented_is_marked(certificate, policy):
    assert ask(held(demo=certificate), [rule(demo=policy)]).demo == (certificate or policy)


def test_what_is_announced_is_told_beside_the_no():
    found = ask(YOUNG, [rule(mode="list")], replace(NOT_PRINTED, announced="2026-4"))
    assert found.on("listing").facts == {"edition": "2026-3", "announced": "2026-4", "day": date(2026, 9, 30)}


@pytest.mark.parametrize("asked", [{"category": "A02061908"}, {}])
def test_that_nothing_is_required_is_told_with_the_day_of_the_policy(asked):
    newer = rule(category_code="A05", scheme_code="cfp-chair", valid_from=date(2026, 9, 1))
    finding = ask(CEMENT, [rule(), newer], **asked).on("category")
    assert finding.facts == {"category": asked.get("category", ""), "policy_date": date(2026, 9, 1)}
    assert ask(CEMENT, [], **asked).on("category").facts["policy_date"] is None


def test_a_part_is_told_with_the_goods_it_is_certified_as():
    facts = ask(held(), category="A02061908").on("category").facts
    assert (facts["category"], facts["own"], facts["name"]) == ("A02061908", "A02010108", "便携式计算机")


def test_a_number_is_mistaken_in_one_digit_or_in_two_that_changed_places():
    near = {"LCP-1", "LCP-0", "LCP-9"}
    assert near <= set(slips("LCP-2"))
    assert set(slips("LCP-12")) >= {"LCP-21", "LCP-02", "LCP-13"}
    assert not {"LCP-12", "LCP-22X", "LCP-45", "XCP-12"} & set(slips("LCP-12"))


def test_a_model_that_left_is_told_with_its_day_and_the_version():
    finding = ask(held(versions=REDUCED), model="JH-N1439-Pro").on("model")
    assert finding.facts == {"day": TODAY, "edition": 2}


def test_a_model_that_left_and_came_back_is_in():
    versions = (version(), version(2, date(2026, 1, 1), ("JH-N1439",)), version(3, date(2026, 6, 1)))
    assert ask(held(versions=versions), model="JH-N1439-Pro").on("model").ground == "model-covered"


def test_a_suspension_is_told_with_its_day_end_and_reason():
    finding = ask(held(acts=(SUSPENDED,))).on("in-force")
    told = {"day": TODAY, "until": date(2027, 2, 26), "reason": "标签误用", "number": "CFP-32-01-2025-00018"}
    assert finding.facts == told


def test_the_answer_names_the_certificate_that_answers():
    found = ask(ENDED)
    assert found.number == "CFP-32-01-2026-00017"
    assert found.on("in-force").facts == {"number": "CFP-32-01-2026-00017", "former": "CFP-32-01-2025-00018"}


# Likeness


def test_goods_that_are_encouraged_may_be_bought_and_are_told_as_such():
    found = ask(held(), [rule(treatment="encouraged")])
    assert (found.overall, found.treatment) == ("buyable", "encouraged")
    assert grounds(found)["category"] == "encouraged"


def test_goods_of_which_the_policy_asks_nothing_are_not_required_under_the_rule_that_says_so():
    found = ask(held(), [rule(treatment="not-required", mode="list")], Listing())
    assert (found.overall, found.basis) == ("not-required", "测试〔2026〕1号")
    assert grounds(found)["category"] == "stated-not-required"
    assert "listing" not in grounds(found)
    assert ask(None, [rule(treatment="not-required")], category="A02010108").overall == "not-required"


@pytest.mark.parametrize("treatment", ["mandatory", "priority", "encouraged"])
def test_what_the_goods_are_held_to_is_told(app, treatment):
    with app.test_request_context():
        told = ask(held(), [rule(treatment=treatment, criterion="碳足迹不高于 300")])
        assert "要求：碳足迹不高于 300" in sentence(told.on("category"))
        silent = sentence(ask(held(), [rule(treatment=treatment)]).on("category"))
        assert "要求：" not in silent


def test_certificates_of_a_former_version_count_until_the_last_day_that_the_policy_says():
    old = held(versions=(version(rule_version="1"),))
    assert ask(old, [rule(last_days={"1": TODAY})]).overall == "buyable"
    late = ask(old, [rule(last_days={"1": TODAY - timedelta(days=1)})])
    assert (late.overall, grounds(late)["standard"]) == ("not-buyable", "standard-last-used")
    assert late.on("standard").facts["day"] == TODAY - timedelta(days=1)
    assert ask(old, [rule(last_days={"2": date(2025, 1, 1)})]).overall == "buyable"


@pytest.mark.parametrize(
    ("asked", "known", "marked"),
    [
        ("JH-N1438", "JH-N1439", ["9"]),
        ("JH-NI439", "JH-N1439", ["1"]),
        ("南通江海智能有限公司", "南通江海智算有限公司", ["算"]),
        ("L37-7.5PM", "L37-8.5PM", ["8"]),
        ("明昌科技有限公司", "明昌光电科技有限公司", ["光电"]),
    ],
)
def test_what_comes_near_is_named_with_the_signs_that_differ(asked, known, marked):
    [found] = near(asked, [known])
    assert [found.text[start:end] for start, end in found.here] == marked


def test_what_is_far_is_not_named():
    assert near("JH-N1439", ["X1-9", "宜兴云陶"]) == []


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("YT-6O12", "YT-6012", "第 5 位写的是 字母 O，证书上是 数字 0"),
        ("JH-N1438", "JH-N1439", "第 8 位写的是 8，证书上是 9"),
        ("JH-N1439X", "JH-N1439", "第 9 位多出 字母 X"),
        ("宜兴云陶公司", "宜兴云陶有限公司", "第 5 位前少了 有限"),
        ("jh-n1438", "JH-N1439", "第 8 位写的是 8，证书上是 9"),
        ("A1B2C3D4E", "A9B9C9D9E", ""),
        ("ßX-1", "ßX-2", "第 4 位写的是 1，证书上是 2"),
    ],
)
def test_a_slip_is_said_in_words(asked, text, said, app):
    with app.test_request_context():
        assert differences(between(asked, text)) == said


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_has_a_word_for_a_narrow_column(ground, app):
    with app.test_request_context():
        assert 0 < len(str(shapes.brief("in-force", "met", ground))) <= 6


def test_the_nearest_comes_first():
    assert [each.text for each in near("JH-NI438X", ["JH-N1439", "JH-N1438"])] == ["JH-N1438", "JH-N1439"]


def test_letters_and_digits_count_and_what_lies_between_does_not():
    assert same(" ｊｈ－n1439/Pro ", "JH-N1439 PRO")
    assert same("示例（南通）有限公司", "示例(南通)有限公司")
    assert not same("示例南通有限公司", "示例南京有限公司")
    assert not same("JH-N1439", "JH-NI439")
