"""What the body's pages show: queue, dossier, steps with their reasons, decision."""

import re

import pytest

from core.words import sentence
from tests import factories
from tests.certification.world import PDF

REVIEWS = "/certification/reviews"
TABS = ("summary", "parties", "inventory", "files", "tests", "site", "history")


def test_the_queue_tells_what_is_mine_and_what_waits_for_others(world, browser):
    mine, theirs = world.case("submitted"), world.case("evaluating")
    reviewer = browser("application_reviewer").get(f"{REVIEWS}/").text
    assert "1 件轮到您办，0 件在等别人" in reviewer
    assert mine.application.number in reviewer
    theirs.review_documents()
    lead = browser("document_reviewer").get(f"{REVIEWS}/").text
    assert "0 件轮到您办，1 件在等别人" in lead


def test_all_cases_are_found_by_number_product_and_applicant_and_by_state(world, browser):
    submitted, accepted = world.case("submitted").application, world.case("accepted").application
    officer = browser("case_officer")
    for text in (submitted.number, "抛釉砖", "云陶"):
        assert submitted.number in officer.get(f"{REVIEWS}/?q={text}").text
    page = officer.get(f"{REVIEWS}/?state=accepted").text
    table = page[page.index("案卷清单") :]
    assert accepted.number in table
    assert submitted.number not in table
    assert "没有符合条件的案卷" in officer.get(f"{REVIEWS}/?q=没有这个").text


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_the_dossier_is_shown(world, browser, tab, language):
    case = world.case("certified")
    answer = browser("case_officer").get(f"{REVIEWS}/{case.id}?tab={tab}&lang={language}")
    assert answer.status_code == 200
    shown = {
        "inventory": "烧成用天然气",
        "files": "business_licence.pdf",
        "tests": "TR-",
        "parties": "YT-6016",
    }
    assert shown.get(tab, "抛釉砖") in answer.text


@pytest.mark.parametrize(
    ("state", "role", "step"),
    [
        ("submitted", "application_reviewer", "correct"),
        ("submitted", "application_reviewer", "decline"),
        ("submitted", "application_reviewer", "accept"),
        ("accepted", "case_officer", "offer"),
        ("contracted", "case_officer", "plan"),
        ("evaluating", "document_reviewer", "review_documents"),
        ("evaluating", "lead_verifier", "order_sample"),
        ("evaluating", "lead_verifier", "raise"),
        ("evaluating", "lead_verifier", "finish"),
        ("evaluating", "lead_verifier", "report_failure"),
        ("in_review", "technical_reviewer", "return"),
        ("in_review", "technical_reviewer", "recommend"),
    ],
)
def test_the_open_step_shows_its_form_and_only_that(world, browser, state, role, step):
    case = world.case(state)
    page = browser(role).get(f"{REVIEWS}/{case.id}?step={step}").text
    assert re.findall(rf'action="{REVIEWS}/{case.id}/(\w+)', page) == [step]
    assert len(set(re.findall(r'\sid="([^"]+)"', page))) == len(re.findall(r'\sid="([^"]+)"', page))


@pytest.mark.parametrize(
    ("state", "role", "step"),
    [
        ("submitted", "application_reviewer", "accept"),
        ("in_review", "technical_reviewer", "recommend"),
        ("evaluating", "lead_verifier", "order_sample"),
    ],
)
def test_the_form_that_leads_on_is_open_when_none_is_asked_for(world, browser, state, role, step):
    case = world.case(state)
    page = browser(role).get(f"{REVIEWS}/{case.id}").text
    assert re.findall(rf'action="{REVIEWS}/{case.id}/(\w+)', page) == [step]


def test_a_step_that_is_hindered_says_why_beside_its_button(world, browser):
    case = world.case("evaluating")
    page = browser("lead_verifier").get(f"{REVIEWS}/{case.id}?step=finish").text
    gate = page[page.index('id="gate-finish"') :]
    for reason in ("文件评审还没有通过", "检测报告还没有出齐", "现场核查还没有通过"):
        assert reason in gate
    assert 'aria-disabled="true"' in page


def test_a_grey_name_is_shown_with_the_reason(world, browser):
    case = world.case("contracted")
    world.conflict(world.people["verifier"])
    page = browser("case_officer").get(f"{REVIEWS}/{case.id}").text
    assert re.search(r'name="verifiers"[^>]*disabled|disabled[^>]*name="verifiers"', page)
    assert "须回避" in page


def test_a_laboratory_that_lacks_a_method_is_shown_with_the_method(world, browser):
    case = world.case("contracted")
    other = factories.organisation("testing_body", name="半能检测")
    world.scope(other, "GB/T 3810.3")
    page = browser("case_officer").get(f"{REVIEWS}/{case.id}").text
    assert "半能检测" in page
    assert sentence("methods-not-covered", {"methods": ["GB/T 3810.2"]}) in page


def test_the_decision_page_shows_value_limit_and_that_the_limit_is_a_sample(world, browser):
    case = world.case("pending_decision", value="12.30")
    page = browser("decision_maker").get(f"{REVIEWS}/{case.id}/decide").text
    assert "独立性检查通过" in page
    assert "高于限值 10.80" in page
    assert "演示数据" in page
    assert "碳足迹超过规则的限值" in page
    assert re.search(r"<button[^>]*/grant[^>]*disabled", page)
    assert not re.search(r"<button[^>]*/refuse[^>]*disabled", page)


def test_files_of_the_case_are_given_to_the_body_as_they_were_sent(world, browser):
    case = world.case("submitted")
    page = browser("application_reviewer").get(f"{REVIEWS}/{case.id}?tab=files").text
    address = re.search(r'href="([^"]*files/\d+)"', page)[1]
    answer = browser("application_reviewer").get(address)
    assert answer.data == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    answer.close()


def test_no_page_of_the_body_carries_inline_style_or_script(world, browser):
    case = world.case("evaluating")
    for address in ("", str(case.id), f"{case.id}/inspect", f"{case.id}/decide"):
        page = browser("lead_verifier").get(f"{REVIEWS}/{address}").text
        assert not re.search(r'\sstyle="|<script>|\son\w+="', page)


def test_a_nonconformity_begins_where_the_fact_was_found(world, browser):
    case = world.case("evaluating")
    case.review_documents()
    case.visit("pass_after_correction", lambda slug: "minor" if slug == "energy_monitoring" else "conform")
    lead = browser("lead_verifier")
    site = lead.get(f"{REVIEWS}/{case.id}?tab=site").text
    links = re.findall(r'href="([^"]*step=raise[^"]*)"', site)
    here = next(link for link in links if "anchor=energy_monitoring" in link)
    form = lead.get(here.replace("&amp;", "&")).text
    assert re.search(r'<option selected value="energy_monitoring"', form)
    assert "看到的事实</textarea>" in form
    rows = lead.get(f"{REVIEWS}/{case.id}?tab=inventory").text
    assert "anchor=row:" in rows
