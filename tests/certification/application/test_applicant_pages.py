"""The applicant's pages stand in every state and both languages, and are nobody else's."""

from collections import Counter
from html.parser import HTMLParser

import pytest

from certification.workbench.queries import applicant
from certification.workflow import APPLICATION, NONCONFORMITY, QUESTION, REPORT, SAMPLE
from config import ROOT
from tests import factories
from tests.certification.world import PDF, ROAD
from tests.support.reading import moods

HOME = "/certification/"
CASE_PAGES = ("", "/parties", "/product", "/files", "/inventory", "/answers", "/agreement", "/submitted")
STEPS = [step for law in (APPLICATION, SAMPLE, REPORT, NONCONFORMITY, QUESTION) for step in law.steps]
TIMELINE = ROOT / "templates" / "certification" / "timeline"


class Outline(HTMLParser):
    """The ids of a page, and the ids its labels, links and descriptions point at."""

    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.named |= {values["for"]} if tag == "label" and "for" in values else set()
        for name in ("aria-describedby", "aria-labelledby"):
            self.named |= set((values.get(name) or "").split())
        if (values.get("href") or "").startswith("#") and tag == "a":
            self.named.add(values["href"][1:])


def sound(text: str) -> None:
    """No id stands twice, and everything that is pointed at is there."""
    page = Outline(text)
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    assert page.named - set(page.ids) == set()


def busy(world):
    """A case under evaluation with everything an applicant may have to answer."""
    case = world.case("evaluating")
    case.raise_finding()
    case.take("order_sample", "lead_verifier", method="submitted", model="YT-6015", quantity=3)
    return case


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", ROAD)
def test_every_page_of_a_case_is_shown_in_every_state(world, browser, state, language):
    case = busy(world) if state == "evaluating" else world.case(state)
    client = browser("applicant")
    for page in CASE_PAGES:
        answer = client.get(f"{HOME}applications/{case.id}{page}?lang={language}")
        assert answer.status_code == 200, page
        sound(answer.text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["", "applications/new", "factors", "factors?q=x"])
def test_the_pages_that_belong_to_no_case_are_sound(world, browser, page, language):
    busy(world)
    address = f"{HOME}{page}{'&' if '?' in page else '?'}lang={language}"
    answer = browser("applicant").get(address)
    assert answer.status_code == 200
    sound(answer.text)


def test_the_dashboard_says_first_what_is_the_applicants_to_do(world, browser):
    world.case("draft")
    corrected = world.case("submitted")
    corrected.take("correct", "application_reviewer", points=[{"anchor": "product_name", "text": "写全称"}])
    offered = world.case("accepted")
    offered.take("offer", "case_officer")
    busy(world)
    actor = world.actor("applicant")
    assert [task.what for task in applicant.tasks(actor).items] == [
        "correct",
        "answer",
        "fill",
        "sign",
        "send",
    ]
    text = browser("applicant").get(HOME).text
    for said in ("答复不符合项 NC-01", "补正 1 项", "填完并提交申请", "阅读并签署认证协议", "寄送样品 S-"):
        assert said in text


def test_what_waits_for_others_is_no_task(world):
    for state in ("submitted", "accepted", "contracted", "in_review", "certified"):
        world.case(state)
    case = world.case("evaluating")
    case.take("order_sample", "lead_verifier", method="drawn", model="YT-6015", quantity=3)
    assert applicant.tasks(world.actor("applicant")).total == 0


@pytest.mark.parametrize(
    ("state", "turn"),
    [
        ("submitted", "等机构决定是否受理"),
        ("accepted", "机构发出认证协议后"),
        ("contracted", "等项目负责人办理"),
        ("evaluating", "评审中，等"),
        ("pending_decision", "评审已完成，等"),
        ("certified", "证书编号 LCP-"),
    ],
)
def test_a_case_says_who_must_act_next(world, browser, state, turn):
    case = world.case(state)
    assert turn in browser("applicant").get(f"{HOME}applications/{case.id}").text


@pytest.mark.parametrize(
    ("role", "place"),
    [("application_reviewer", "/certification/reviews/"), ("tester", "/certification/laboratory/")],
)
def test_bodies_and_laboratories_are_led_to_their_own_pages(world, browser, role, place):
    answer = browser(role).get(HOME)
    assert (answer.status_code, answer.location) == (302, place)


def test_a_body_is_led_from_the_case_to_its_workbench(world, browser):
    case = world.case("submitted")
    answer = browser("case_officer").get(f"{HOME}applications/{case.id}")
    assert answer.location == f"/certification/reviews/{case.id}"


@pytest.mark.parametrize("page", CASE_PAGES)
def test_somebody_elses_case_does_not_exist(world, app, sign_in, page):
    case = world.case("submitted")
    stranger = factories.user(factories.organisation("manufacturer"), "applicant")
    assert sign_in(app.test_client(), stranger).get(f"{HOME}applications/{case.id}{page}").status_code == 404


def test_nobody_else_answers_signs_or_downloads(world, app, sign_in):
    case = busy(world)
    finding, sample = case.application.nonconformities[0], case.application.samples[0]
    file = case.application.current_files[0]
    stranger = sign_in(app.test_client(), factories.user(factories.organisation("manufacturer"), "applicant"))
    for address in (
        f"nonconformities/{finding.id}/answer",
        f"samples/{sample.id}/dispatch",
        f"applications/{case.id}/recall",
        f"applications/{case.id}/inventory/preview",
    ):
        assert stranger.post(HOME + address, data={"version": 1}).status_code == 404, address
    assert stranger.get(f"{HOME}files/{file.id}").status_code == 404


def test_a_body_cannot_use_the_applicants_forms(world, browser):
    case = world.case("submitted")
    client = browser("application_reviewer")
    assert client.get(f"{HOME}applications/{case.id}/parties").status_code == 404
    assert client.post(f"{HOME}applications/{case.id}/recall", data={"version": 1}).status_code == 404


def test_a_colleague_without_the_role_reads_and_changes_nothing(world, app, sign_in):
    case = world.case("draft")
    colleague = sign_in(app.test_client(), factories.user(world.maker, "organisation_admin"))
    assert "没有“认证委托人”角色" in colleague.get(HOME).text
    assert "保存并继续" not in colleague.get(f"{HOME}applications/{case.id}/parties").text
    fields = {"version": case.application.version, "product_name": "别的名称", "action": "next"}
    answer = colleague.post(f"{HOME}applications/{case.id}/product", data=fields)
    assert answer.status_code == 403
    assert colleague.get(f"{HOME}applications/{case.id}").text.count("抛釉砖 YT-6015")


def test_files_are_given_to_the_parties_as_attachments(world, browser):
    case = world.case("submitted")
    file = case.application.current_files[0]
    with browser("applicant").get(f"{HOME}files/{file.id}") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.data == PDF


def test_what_was_handed_in_is_shown_as_it_was_frozen(world, browser):
    case = world.case("submitted")
    text = browser("applicant").get(f"{HOME}applications/{case.id}/answers").text
    for said in ("坯料", "烧成用天然气", "8.45", "10.80", "限值为演示数据", "YT-6016", "企业实测"):
        assert said in text


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_partial_in_the_timeline(step):
    assert (TIMELINE / f"{step}.html").is_file()


def test_no_partial_stands_for_a_step_that_is_not():
    assert {path.stem for path in TIMELINE.iterdir()} - set(STEPS) == set()


def test_the_preview_that_comes_with_every_change_takes_no_write_lock(world, browser):
    address = f"{HOME}applications/{world.case('draft').id}/inventory/preview"
    client = browser("applicant")
    with moods() as seen:
        answer = client.post(address, data={"version": 1})
    assert (answer.status_code, seen) == (200, {True})
