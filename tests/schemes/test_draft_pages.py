"""The pages of drafts: each section opens, keeps what is typed, names faults at their box; two at once."""

import hashlib
import html
import io
import re
from datetime import timedelta

import pytest

from accounts.actor import SYSTEM
from core import clock, files
from core.clock import today
from core.errors import Invalid
from core.words import sentence
from schemes import operations as register
from schemes.document import read
from schemes.drafts import queries, telling
from schemes.drafts.models import RuleDraft
from schemes.drafts.sections import SECTIONS
from tests import factories
from tests.certification.world import PDF
from tests.schemes.examples import tyre
from tests.schemes.test_editor import sent
from tests.schemes.wrong import FAULTS
from tests.support.markup import faults


@pytest.fixture
def desk(app, house, sign_in):
    """desk(*roles): a browser in which somebody of the house has signed in."""
    return lambda *roles: sign_in(app.test_client(), factories.user(house, *roles))


@pytest.fixture
def page(desk, db):
    """The browser of an author, and the address of a new, empty draft."""
    browser = desk("rule_author")
    answer = browser.post("/rules/drafts/", data={"from_version": ""})
    assert answer.status_code == 303
    return browser, answer.location.rpartition("/")[0]


def typed(document, section):
    return dict(sent(section.nodes(document)))


def version_of(browser, address):
    return browser.get(address).text.split('name="version" type="hidden" value="')[1].split('"')[0]


def save(browser, address, data, do="save"):
    return browser.post(address, data={**data, "do": do, "version": version_of(browser, address)})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_section_of_an_empty_and_of_a_whole_draft_is_sound(page, desk, db, language):
    browser, address = page
    for section in SECTIONS:
        assert save(browser, f"{address}/{section.slug}", typed(tyre(), section)).status_code == 303
    for place in ("", *(f"/{section.slug}" for section in SECTIONS)):
        text = browser.get(f"{address}{place}?lang={language}").text
        assert faults(text) == []
        assert "没有错误" in text or "no faults" in text
    assert queries.open_draft("lc-tyre").faults == {}


def test_what_is_wrong_stands_at_its_box_and_is_kept(page):
    browser, address = page
    identity = SECTIONS[0]
    data = typed(tyre(("/identity/validity/years", "三年")), identity)
    assert save(browser, f"{address}/identity", data).status_code == 303
    text = browser.get(f"{address}/identity").text
    said = 'value="三年" aria-invalid="true" aria-describedby="identity-validity-years-e"'
    assert said in " ".join(text.split())
    assert faults(text) == []


def test_a_row_is_added_moved_and_removed_without_losing_what_was_typed(page):
    browser, address = page
    tests = next(section for section in SECTIONS if section.slug == "tests")
    first = save(browser, f"{address}/tests", typed({"tests": [{"slug": "one"}]}, tests), "add /tests")
    assert first.location.endswith("#tests-1")
    text = browser.get(f"{address}/tests").text
    assert 'name="tests-0-slug" value="one"' in text
    data = typed({"tests": [{"slug": "one"}, {"slug": "two"}]}, tests)
    save(browser, f"{address}/tests", data, "up /tests/1")
    assert [row["slug"] for row in written(address)["tests"]] == ["two", "one"]
    data = typed({"tests": [{"slug": "two"}, {"slug": "one"}]}, tests)
    save(browser, f"{address}/tests", data, "drop /tests/0")
    assert [row["slug"] for row in written(address)["tests"]] == ["one"]


def written(address):
    from core.db import db

    db.session.expire_all()
    return db.session.get(RuleDraft, int(address.rpartition("/")[2])).document


def test_the_next_button_saves_and_goes_on(page):
    browser, address = page
    answer = save(browser, f"{address}/identity", typed(tyre(), SECTIONS[0]), SECTIONS[1].slug)
    assert answer.location.endswith("/parameters")


def test_two_who_write_at_once_get_a_conflict_and_lose_nothing(page, desk):
    browser, address = page
    other, old = desk("rule_author"), version_of(browser, f"{address}/identity")
    assert save(other, f"{address}/identity", {"identity-code": "lc-one"}).status_code == 303
    answer = browser.post(
        f"{address}/identity", data={"identity-code": "lc-two", "do": "save", "version": old}
    )
    assert answer.status_code == 409
    assert 'value="lc-two"' in answer.text
    assert written(address)["identity"]["code"] == "lc-one"


@pytest.mark.parametrize("text", ["二\x00三", "‮abc", "字" * 5000])
def test_what_no_text_may_be_is_refused_and_shown_again(page, text):
    browser, address = page
    answer = save(browser, f"{address}/identity", {"identity-rule-source": text})
    assert answer.status_code == 422
    assert written(address) == {}


def test_nobody_but_those_who_write_and_approve_sees_a_draft(page, desk, client):
    _browser, address = page
    assert desk("regulator").get(address).status_code == 404
    assert desk("regulator").get("/rules/drafts/").status_code == 403
    assert client.get(address).status_code == 303
    approver = desk("rule_approver")
    assert approver.get(f"{address}/identity").status_code == 200
    assert save(approver, f"{address}/identity", {"identity-code": "lc-two"}).status_code == 403
    assert approver.get(f"{address}/nothing").status_code == 404


def test_the_public_reads_the_draft_comments_and_reads_the_answer(commented, client, desk, db):
    db.session.commit()
    address = f"/rules/drafts/{commented.id}/comment"
    assert faults(client.get(address).text) == []
    answer = client.post(address, data={"text": "", "name": ""})
    assert answer.status_code == 422
    client.post(address, data={"text": "限值太宽", "name": "某人", "anonymous": "y"})
    assert "限值太宽" not in client.get(address).text.partition("提一条意见")[0]
    approver, said = desk("rule_approver"), commented.comments[0]
    assert faults(approver.get(f"/rules/drafts/{commented.id}").text) == []
    step = f"/rules/comments/{said.id}/answer"
    assert approver.post(step, data={"adopted": "", "answer": "", "version": said.version}).status_code == 422
    approver.post(step, data={"adopted": "partly", "answer": "改为两年", "version": said.version})
    text = client.get(address).text
    assert "限值太宽" in text
    assert "改为两年" in text
    assert "某人" not in text
    assert faults(text) == []


def test_a_draft_that_was_never_shown_is_not_public(draft, client, db):
    db.session.commit()
    assert client.get(f"/rules/drafts/{draft.id}/comment").status_code == 404


def test_comments_from_one_place_have_an_end(commented, client, db):
    db.session.commit()
    address = f"/rules/drafts/{commented.id}/comment"
    sent = [client.post(address, data={"text": "意见", "name": "某人"}) for _ in range(11)]
    assert [answer.status_code for answer in sent] == [303] * 10 + [429]
    assert sentence("rule-comments-too-often") in sent[-1].text


def test_each_step_can_be_taken_from_the_page(page, desk, db):
    browser, address = page
    for section in SECTIONS:
        save(
            browser,
            f"{address}/{section.slug}",
            typed(tyre(("/identity/effective_from", "2028-01-01")), section),
        )
    approver, other = desk("rule_approver"), desk("rule_approver")

    def take(who, step, **data):
        answer = who.post(f"{address}/steps/{step}", data={"version": version_of(who, address), **data})
        assert answer.status_code == 303, answer.text
        assert faults(who.get(address).text) == []

    take(browser, "submit", summary="新规则")
    last = today() + timedelta(days=35)
    take(approver, "open_comment", comment_from=today().isoformat(), comment_to=last.isoformat())
    with clock.travel(last + timedelta(days=1)):
        take(approver, "close_comment")
        take(browser, "ask_approval")
        take(approver, "approve")
        take(other, "approve")
        refusal = browser.post(f"{address}/steps/nothing", data={"version": "1"})
    assert refusal.status_code == 404


# Forms that a rule hands out


@pytest.fixture
def papers(page):
    """The browser of an author, and the page of the documents of a draft that has been written."""
    browser, address = page
    for section in SECTIONS:
        assert save(browser, f"{address}/{section.slug}", typed(tyre(), section)).status_code == 303
    return browser, f"{address}/papers"


def hand_in(browser, address, kind="application_form", upload=(PDF, "表.pdf"), **more):
    data = {"version": version_of(browser, address), "kind": kind, **more}
    content, name = upload
    return browser.post(
        address.replace("/papers", "/blanks"), data=data | {"upload": (io.BytesIO(content), name)}
    )


def kinds_of(db):
    db.session.expire_all()
    return {kind["slug"]: kind for kind in queries.open_draft("lc-tyre").document["documents"]}


def test_a_form_is_handed_in_for_a_kind_of_file_and_stays_when_the_page_is_saved(papers, db):
    browser, address = papers
    assert hand_in(browser, address).status_code == 303
    digest = hashlib.sha256(PDF).hexdigest()
    given = {"blank": "表.pdf", "blank_file": digest}
    assert given.items() <= kinds_of(db)["application_form"].items()
    section = next(each for each in SECTIONS if each.slug == "papers")
    document = queries.open_draft("lc-tyre").document
    assert save(browser, address, typed(document, section)).status_code == 303
    assert given.items() <= kinds_of(db)["application_form"].items()


def test_a_form_whose_name_is_taken_away_is_gone(papers, db):
    browser, address = papers
    hand_in(browser, address)
    section = next(each for each in SECTIONS if each.slug == "papers")
    data = typed(queries.open_draft("lc-tyre").document, section) | {"documents-0-blank": ""}
    assert save(browser, address, data).status_code == 303
    assert "blank_file" not in kinds_of(db)["application_form"]
    assert queries.open_draft("lc-tyre").faults == {}


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        ((b"", "表.pdf"), "文件是空的"),
        ((b"MZ", "表.exe"), "不收这种文件"),
        ((b"x", "表.pdf"), "文件内容不是 pdf 格式"),
    ],
)
def test_a_form_that_cannot_be_kept_is_refused_at_its_box(papers, db, upload, said):
    browser, address = papers
    answer = hand_in(browser, address, upload=upload)
    assert answer.status_code == 422
    assert said in answer.text
    assert faults(answer.text) == []
    assert "blank_file" not in kinds_of(db)["application_form"]


def test_a_form_for_a_kind_that_the_rule_does_not_ask_is_refused(papers):
    browser, address = papers
    answer = hand_in(browser, address, kind="stray")
    assert (answer.status_code, "规则不收这种文件" in answer.text) == (422, True)


def test_a_form_that_was_not_chosen_or_comes_late_is_refused(papers):
    browser, address = papers
    stale = version_of(browser, address)
    answer = browser.post(
        address.replace("/papers", "/blanks"), data={"version": stale, "kind": "application_form"}
    )
    assert (answer.status_code, "先选择文件" in answer.text) == (422, True)
    hand_in(browser, address)
    assert hand_in(browser, address, version=stale).status_code == 409


def test_nobody_but_an_author_hands_in_a_form(papers, desk):
    browser, address = papers
    other = desk("rule_approver")
    data = {
        "version": version_of(browser, address),
        "kind": "application_form",
        "upload": (io.BytesIO(PDF), "表.pdf"),
    }
    assert other.post(address.replace("/papers", "/blanks"), data=data).status_code == 403


def test_a_published_form_is_handed_out_to_everybody_and_another_is_not_there(app, client, db):
    stored = files.store(io.BytesIO(PDF), "表.pdf")
    kinds = [
        {
            "slug": "list",
            "names": {"zh": "清单", "en": "List"},
            "blank": "表.pdf",
            "blank_file": stored.digest,
        }
    ]
    register.take(read(tyre(("/documents", kinds))), SYSTEM)
    db.session.commit()
    with client.get("/rules/lc-tyre/2027/blanks/list") as answer:
        assert (answer.status_code, answer.data) == (200, PDF)
    assert client.get("/rules/lc-tyre/2027/blanks/other").status_code == 404


def test_a_document_that_names_a_form_the_house_does_not_keep_is_refused(db):
    kinds = [
        {"slug": "list", "names": {"zh": "清单", "en": "List"}, "blank": "表.pdf", "blank_file": "0" * 64}
    ]
    with pytest.raises(Invalid) as no:
        register.take(read(tyre(("/documents", kinds))), SYSTEM)
    assert no.value.fields == {"/documents/0/blank": "blank-form-missing"}


# What nobody may publish, said at its place on the page as it is in a file (tests/schemes/wrong.py).
SAID_ON_PAGES = (
    "derived from a word",
    "surveillance of a test that is not there",
    "a reading recorded with what nobody knows",
    "one slug twice",
    "a limit with no unit",
    "a negative limit",
    "a comparator nobody knows",
    "a hole",
    "an overlap",
    "a limit where no reading can lie",
    "a parameter gone on which limits hang",
    "derived from itself",
)


@pytest.mark.parametrize("name", SAID_ON_PAGES)
def test_bad_input_is_said_on_the_page_where_it_stands_and_nothing_is_handed_on(page, app, db, name):
    browser, address = page
    change, pointer, slug = FAULTS[name]
    draft = db.session.get(RuleDraft, int(address.rpartition("/")[2]))
    draft.document = tyre()
    db.session.commit()
    for section in SECTIONS:
        if any(section.holds(each) for each in (change[0], pointer)):
            assert save(browser, f"{address}/{section.slug}", typed(tyre(change), section)).status_code == 303
    db.session.expire_all()
    assert draft.faults[pointer][0] == slug
    at = next(section.slug for section in SECTIONS if section.holds(pointer))
    text = " ".join(browser.get(f"{address}/{at}").text.split())
    said = telling.fault(draft.faults[pointer], draft.document)
    assert any(said in each.partition("</span></span>")[0] for each in text.split('class="err"')[1:]), said
    data = {"version": draft.version, "summary": "新规则"}
    assert "草案里还有错误" in browser.post(f"{address}/steps/submit", data=data).text


def test_what_is_wrong_is_listed_above_in_the_words_of_the_field_and_led_to(page, db):
    browser, address = page
    for name in ("a hole", "a negative limit"):
        change, pointer, slug = FAULTS[name]
        draft = db.session.get(RuleDraft, int(address.rpartition("/")[2]))
        draft.document = tyre(change)
        db.session.commit()
        text = browser.get(f"{address}/criteria").text
        above = text.split('id="error-summary"')[1].partition("</div>")[0]
        (place,) = re.findall(r'href="#([^"]+)"', above)
        assert f'id="{place}"' in text
        said = html.unescape(re.search(r'href="#[^"]+">([^<]+)<', above)[1])
        assert "rim" not in said
        assert html.unescape(text).count(said) == 2, name  # above, and where it stands
    hole = FAULTS["a hole"][0]
    draft.document = tyre(hole)
    db.session.commit()
    assert "有的产品没有限值：轿车，轮辋名义直径 17–18 in" in browser.get(f"{address}/criteria").text
    assert "Car" in browser.get(f"{address}/criteria?lang=en").text


def test_the_limits_are_drawn_with_the_hole_that_they_leave(page, db):
    browser, address = page
    draft = db.session.get(RuleDraft, int(address.rpartition("/")[2]))
    for change, seen in (((), False), ((FAULTS["a hole"][0],), True)):
        draft.document = tyre(*change)
        db.session.commit()
        text = browser.get(f"{address}/criteria").text
        assert 'class="strip"' in text
        assert ("没有限值" in text.split('class="strips')[1].split("strip-key")[0]) is seen
