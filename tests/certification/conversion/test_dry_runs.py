"""How the last decided cases and all certificates in force would fare under a draft of a rule."""

import io
import json

import openpyxl
import pytest
from sqlalchemy import select

from accounts import operations as accounts
from accounts.models import User
from certification.conversion import operations, queries, shapes
from certification.conversion.models import DryRun
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, Unmet
from schemes.drafts import operations as drafts
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.conversion.publishing import DAY, Writers, stricter
from tests.support.markup import faults

pytestmark = pytest.mark.engines("chores")


@pytest.fixture
def writers(db):
    return Writers()


@pytest.fixture
def certificate(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def draft(world, certificate, writers):
    """A limit that no tile of the world meets."""
    return writers.draft(world.scheme, today() + 10 * DAY, criteria=stricter(world.scheme, "1.00"))


def tried(draft, actor):
    made = operations.begin_trying(draft, actor)
    while made.finished_at is None:
        operations.go_on(made.id)
    return made


# rule 12
def test_it_says_who_fails_what_by_how_much_and_whose_certificate_ends_when(draft, certificate, writers):
    found = tried(draft, writers.author)
    case, held = found.lines
    assert (case["kind"], case["then"], case["outcome"]) == ("case", "grant", "fail")
    about = {name: held[name] for name in ("kind", "number", "product", "holder", "day", "then", "outcome")}
    assert about == {
        "kind": "certificate",
        "number": certificate.number,
        "product": certificate.product_name,
        "holder": certificate.holder.name,
        "day": certificate.valid_to.isoformat(),
        "then": "valid",
        "outcome": "fail",
    }
    first, absorption = held["criteria"][:2]
    exact = certificate.application.footprint.exact
    assert (first["outcome"], first["held"]) == ("fail", f"{queries.law.plain(exact):f}")
    assert first["beyond"] == f"{queries.law.plain(exact - 1):f}"
    assert (first["row"], first["limit"], first["former"]) == (0, "1", "10.8")
    assert (absorption["outcome"], absorption["held"], absorption["beyond"]) == ("pass", "0.21", None)
    assert queries.sums(found)["certificate"] == {"pass": 0, "fail": 1, "undecided": 0, "unknown": 0}
    assert (found.total, found.done) == (2, 2)


def test_a_figure_that_is_not_there_is_unknown_and_no_failure(draft, writers, world):
    document = json.loads(world.scheme.document)
    test = {**document["tests"][0], "slug": "strength", "method": "GB/T 3810.4"}
    limit = {**document["criteria"][1], "slug": "strength", "quantity": "test:strength"}
    members = {"tests": [*document["tests"], test], "criteria": [*document["criteria"], limit]}
    drafts.write(draft, writers.author, draft.document | members)
    found = tried(draft, writers.author)
    assert [line["outcome"] for line in found.lines] == ["unknown", "unknown"]
    last = found.lines[1]["criteria"][-1]
    assert (last["outcome"], last["held"], last["beyond"]) == ("unknown", None, None)


def test_a_refused_case_is_tried_and_what_has_ended_is_not(draft, certificate, writers, world):
    facts = {"cause": "production_ended", "reason": "停产"}
    lifecycle.take(certificate, "cancel", world.actor("decision_maker"), **facts)
    assert [line["kind"] for line in tried(draft, writers.author).lines] == ["case"]


def test_only_what_is_under_the_rule_is_tried(draft, certificate, writers):
    draft.code = "lc-other"
    assert tried(draft, writers.author).lines == []


def test_a_new_rule_is_tried_on_what_is_certified_in_its_category(draft, certificate, writers):
    draft.based_on = None
    draft.based_on_id = None
    draft.code = "lc-other"
    assert len(tried(draft, writers.author).lines) == 2


def test_a_body_tries_its_rule_on_its_own_certificates(draft, certificate, writers, world):
    draft.owner = factories.organisation("certification_body")
    db.session.flush()
    assert tried(draft, writers.author).lines == []
    draft.owner = world.body
    db.session.flush()
    assert len(tried(draft, writers.author).lines) == 2


# rule 12
def test_it_goes_on_where_it_was_cut_off_and_tries_nothing_twice(draft, writers, world, monkeypatch):
    certificate_of(world.case("certified"))
    monkeypatch.setattr(operations, "CHUNK", 1)
    made = operations.begin_trying(draft, writers.author)
    operations.go_on(made.id)
    assert (made.done, made.finished_at) == (3, None)  # both cases and one certificate
    operations.go_on(made.id)
    operations.go_on(made.id)
    numbers = [line["number"] for line in made.lines]
    assert len(numbers) == len(set(numbers)) == 4
    assert made.finished_at is not None
    operations.go_on(made.id)  # a job that is run once more
    assert made.done == 4


def test_one_that_runs_for_this_text_is_not_begun_again(draft, writers):
    made = operations.begin_trying(draft, writers.author)
    assert operations.begin_trying(draft, writers.author) is made
    operations.go_on(made.id)
    assert operations.begin_trying(draft, writers.author) is not made


def test_a_text_that_changed_makes_it_stale_and_is_not_what_was_tried(draft, writers, world):
    made = operations.begin_trying(draft, writers.author)
    drafts.write(draft, writers.author, draft.document | {"criteria": stricter(world.scheme, "99")})
    operations.go_on(made.id)
    assert made.is_stale
    assert made.lines[1]["outcome"] == "fail"
    assert tried(draft, writers.author).lines[1]["outcome"] == "pass"


def test_a_faulty_draft_is_not_tried(draft, writers):
    drafts.write(draft, writers.author, draft.document | {"criteria": "all"})
    with pytest.raises(Unmet, match="rule-document-faulty"):
        operations.begin_trying(draft, writers.author)


def test_a_draft_that_was_never_tried_has_no_dry_run(draft, writers):
    with pytest.raises(NotFound, match="dry-run-not-found"):
        queries.dry_run_of(writers.author, draft.id)


def test_only_those_who_write_and_approve_see_it(draft, writers):
    tried(draft, writers.author)
    assert queries.dry_run_of(writers.approvers[0], draft.id).draft == draft
    for actor in (factories.actor("regulator", "rule_author"), factories.actor("regulator", "regulator")):
        with pytest.raises(NotFound):
            queries.dry_run_of(actor, draft.id)


# The doors


@pytest.fixture
def page(client, sign_in, draft, writers):
    """A browser of the author, and the address of the dry run."""
    user = db.session.get(User, writers.author.id)
    db.session.commit()
    return sign_in(client, user), f"/rules/drafts/{draft.id}/dry-run"


def test_the_page_begins_it_shows_how_far_it_is_and_what_came_of_it(page, certificate):
    browser, address = page
    assert "还没有试算过" in browser.get(address).text
    assert browser.post(address).status_code == 303
    assert "正在试算：0 / 2 条" in browser.get(address).text
    run = db.session.scalars(select(DryRun)).one()
    operations.go_on(run.id)
    db.session.commit()
    text = browser.get(address).text
    assert certificate.number in text
    assert "超出" in text
    assert browser.get(f"{address}?page=9").status_code == 200


def test_the_page_draws_it_and_says_what_will_happen(page, draft, writers, certificate):
    browser, address = page
    tried(draft, writers.author)
    db.session.commit()
    text = browser.get(address).text
    assert faults(text) == []
    assert text.count("<circle") == 2  # the case and its certificate
    assert 'class="d-f d-c"' in text
    assert "不再通过的证书何时到期" in text
    assert "通知 1 家持证企业、1 家机构" in text
    assert f"最早是 {draft.convert_from}" in text
    assert "1 张要换版，其中 1 张按草案不通过" in text
    for lead in (60, 14):
        assert f"<time>{draft.convert_from - lead * DAY}</time>" in text


def test_the_page_shows_one_kind_and_one_outcome_and_another_criterion(page, draft, writers, certificate):
    browser, address = page
    tried(draft, writers.author)
    db.session.commit()
    failing = browser.get(f"{address}?kind=certificate&outcome=fail").text
    assert certificate.number in failing
    assert certificate.application.number not in failing
    assert "没有这样的结果" in browser.get(f"{address}?kind=certificate&outcome=pass").text
    absorption = draft.document["criteria"][1]["slug"]
    assert 'class="d-p"' in browser.get(f"{address}?criterion={absorption}").text
    for wrong in ("kind=1", "outcome=perhaps", "criterion=nothing"):
        assert browser.get(f"{address}?{wrong}").status_code == 422


def test_what_was_tried_before_limits_were_kept_is_shown_without_a_picture(page, draft, writers):
    browser, address = page
    found = tried(draft, writers.author)
    figure = ("slug", "outcome", "held", "beyond", "grade")
    kept = [
        {name: line[name] for name in line if name not in ("body", "lacks")}
        | {"criteria": [{name: each[name] for name in figure} for each in line["criteria"]]}
        for line in found.lines
    ]  # fmt: skip
    found.lines = kept
    db.session.commit()
    answer = browser.get(address)
    assert answer.status_code == 200
    assert "<circle" not in answer.text
    told = shapes.answer(found)["items"]
    assert [line["lacks"] for line in told] == [None, None]
    assert {each["limit"] for line in told for each in line["criteria"]} == {None}


def test_what_a_certificate_would_have_to_bring_is_said(draft, writers, world, page):
    test = {**draft.document["tests"][0], "slug": "strength", "method": "GB/T 3810.4"}
    paper = {"slug": "plan", "names": {"zh": "减排计划", "en": "Plan"}}
    members = {"tests": [*draft.document["tests"], test], "documents": [*draft.document["documents"], paper]}
    drafts.write(draft, writers.author, draft.document | members)
    line = tried(draft, writers.author).lines[1]
    assert line["lacks"] == {"tests": ["strength"], "documents": ["plan"], "parameters": []}
    assert line["body"] == world.body.name
    db.session.commit()
    browser, address = page
    assert "减排计划" in browser.get(address).text


def test_a_faulty_draft_is_refused_on_the_page(page, draft, writers):
    browser, address = page
    drafts.write(draft, writers.author, draft.document | {"criteria": "all"})
    db.session.commit()
    answer = browser.post(address)
    assert answer.status_code == 422
    assert "草案里还有错误" in answer.text
    assert browser.get(f"{address}.xlsx").status_code == 404


def test_it_is_kept_as_a_workbook(page, draft, writers, certificate):
    browser, address = page
    tried(draft, writers.author)
    db.session.commit()
    answer = browser.get(f"{address}.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("种类", "编号")
    assert rows[2][1] == certificate.number
    assert rows[2][6] == "没有达到"


def test_the_api_answers_the_newest(client, draft, writers, certificate):
    token = accounts.create_token(writers.author, "t")[1]
    db.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/rule-drafts/{draft.id}/dry-run"
    assert client.get(address, headers=headers).status_code == 404
    tried(draft, writers.author)
    db.session.commit()
    answer = client.get(address, headers=headers).json
    assert (answer["done"], answer["certificates"]["failed"], answer["stale"]) == (2, 1, False)
    assert answer["items"][1]["number"] == certificate.number
    stranger = accounts.create_token(factories.actor("regulator", "regulator"), "t")[1]
    db.session.commit()
    assert client.get(address, headers={"Authorization": f"Bearer {stranger}"}).status_code == 404
    assert client.get("/api/v1/rule-drafts/999/dry-run", headers=headers).status_code == 404


# Beside the boxes


def beside(text):
    return text.split("按保存的文本预览")[1].partition("</aside>")[0]


def test_beside_the_boxes_stands_what_was_saved_and_what_a_dry_run_came_to(page, draft, writers, world):
    browser, _address = page
    section = f"/rules/drafts/{draft.id}/criteria"
    shown = beside(browser.get(section).text)
    assert "≤ 1.00" in shown
    assert "看是哪些证书" not in shown
    tried(draft, writers.author)
    db.session.commit()
    shown = beside(browser.get(section).text)
    assert "证书 1，案卷 1" in shown
    assert "草案后来改过" not in shown
    drafts.write(draft, writers.author, draft.document | {"criteria": stricter(world.scheme, "99")})
    db.session.commit()
    shown = beside(browser.get(section).text)
    assert "≤ 99" in shown
    assert "草案后来改过" in shown


def test_beside_a_draft_that_cannot_be_read_there_is_no_specimen(page, draft, writers):
    browser, _address = page
    drafts.write(draft, writers.author, {"identity": draft.document["identity"]})
    db.session.commit()
    assert "写全以后，这里会出现样张" in beside(browser.get(f"/rules/drafts/{draft.id}/criteria").text)
