"""The life of a draft of a rule: who may do what, when, and what stands in the way."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.actor import NOBODY, SYSTEM
from core import clock, lifecycle
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from schemes import operations as register
from schemes import queries as rules
from schemes.document import read
from schemes.drafts import files, operations, queries
from tests import factories
from tests.schemes.examples import tyre

DAY = timedelta(days=1)


def refused(draft, step, actor, **facts):
    with pytest.raises((Unmet, NotPermitted, OutOfOrder)) as no:
        lifecycle.take(draft, step, actor, **facts)
    return no.value.slug


def test_a_new_rule_begins_empty_and_cannot_be_handed_on(author):
    made = operations.begin(author, None, False)
    assert made.document == {}
    assert made.faults["/identity"][0] == "body-member-missing"
    assert refused(made, "submit", author, summary="新规则") == "rule-document-faulty"


@pytest.mark.parametrize("roles", [(), ("rule_approver",), ("regulator",), ("organisation_admin",)])
def test_only_who_writes_rules_begins_one(person, roles):
    with pytest.raises(NotPermitted):
        operations.begin(person(*roles), None, False)


def test_nobody_else_writes_in_it_or_sees_it(draft, person):
    stranger = factories.actor("regulator", "rule_author")
    with pytest.raises(NotPermitted):
        operations.write(draft, stranger, {})
    with pytest.raises(NotPermitted):
        operations.write(draft, person("rule_approver"), {})
    for other in (stranger, person("regulator"), NOBODY):
        with pytest.raises(NotFound):
            queries.draft_of(other, draft.id)


def test_one_draft_of_a_rule_is_under_way_at_a_time(draft, author):
    other = operations.begin(author, None, False)
    with pytest.raises(Unmet) as no:
        operations.write(other, author, tyre())
    assert no.value.slug == "rule-draft-open"


def test_faults_stay_in_the_draft_and_are_named_at_their_place(draft, author):
    operations.write(draft, author, tyre(("/criteria/0/comparator", "about")))
    assert draft.faults == {"/criteria/0/comparator": ("comparator-unknown", {})}
    assert refused(draft, "submit", author, summary="…") == "rule-document-faulty"


def test_what_is_submitted_says_what_changes_and_why(draft, author):
    assert refused(draft, "submit", author, summary=" ") == "rule-summary-missing"


def test_who_wrote_in_it_sends_nobody_into_comment_and_approves_nothing(draft, author, person):
    both = person("rule_author", "rule_approver")
    operations.write(draft, both, tyre(("/identity/effective_from", "2028-02-01")))
    lifecycle.take(draft, "submit", author, summary="新规则")
    days = {"comment_from": today(), "comment_to": today() + 40 * DAY}
    assert refused(draft, "open_comment", both, **days) == "rule-own-draft"
    assert refused(draft, "send_back", both, reason="再改") == "rule-own-draft"


def test_what_is_under_review_is_not_written_in(draft, author):
    lifecycle.take(draft, "submit", author, summary="新规则")
    with pytest.raises(OutOfOrder) as no:
        operations.write(draft, author, tyre())
    assert no.value.slug == "rule-not-editable"


def test_what_is_sent_back_has_a_reason_and_can_be_written_in_again(draft, author, approvers):
    lifecycle.take(draft, "submit", author, summary="新规则")
    assert refused(draft, "send_back", approvers[0], reason="") == "reason-missing"
    lifecycle.take(draft, "send_back", approvers[0], reason="限值没有来源")
    operations.write(draft, author, tyre())
    assert draft.state == "draft"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, "rule-comment-dates-missing"),
        (0, None, "rule-comment-dates-missing"),
        (-1, 60, "rule-comment-too-short"),
        (0, 28, "rule-comment-too-short"),
        (5, 33, "rule-comment-too-short"),
    ],
)
def test_the_public_has_the_days_of_the_setting_from_today_on(draft, author, approvers, first, last, said):
    lifecycle.take(draft, "submit", author, summary="新规则")
    days = {
        "comment_from": None if first is None else today() + first * DAY,
        "comment_to": None if last is None else today() + last * DAY,
    }
    assert refused(draft, "open_comment", approvers[0], **days) == said
    lifecycle.take(draft, "open_comment", approvers[0], comment_from=today(), comment_to=today() + 29 * DAY)


# A Monday; the last of so many days is a working day, so that nothing is moved.
MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(("days", "last"), [(10, date(2027, 3, 10)), (45, date(2027, 4, 14))])
def test_the_comment_lasts_as_long_as_the_setting_says(
    draft, author, approvers, app, monkeypatch, days, last
):
    monkeypatch.setitem(app.config, "COMMENT_DAYS", days)
    with clock.travel(MONDAY):
        lifecycle.take(draft, "submit", author, summary="新规则")
        short = {"comment_from": MONDAY, "comment_to": last - DAY}
        assert refused(draft, "open_comment", approvers[0], **short) == "rule-comment-too-short"
        lifecycle.take(draft, "open_comment", approvers[0], comment_from=MONDAY, comment_to=last)
    with clock.travel(last):
        operations.comment(draft, NOBODY, text="限值太宽", name="某人")
        assert refused(draft, "close_comment", author) == "rule-comment-open"
    with clock.travel(last + DAY):
        with pytest.raises(OutOfOrder, match="rule-comment-closed"):
            operations.comment(draft, NOBODY, text="限值太严", name="某人")
        lifecycle.take(draft, "close_comment", author)


def test_anybody_comments_while_the_period_runs_and_nobody_after(commented):
    with clock.travel(commented.comment_to):
        said = operations.comment(commented, NOBODY, text="限值太宽", name="南京一位消费者")
    assert said.state == "received"
    for day in (commented.comment_from - DAY, commented.comment_to + DAY):
        with clock.travel(day), pytest.raises(OutOfOrder) as no:
            operations.comment(commented, NOBODY, text="限值太宽", name="某人")
        assert no.value.slug == "rule-comment-closed"


@pytest.mark.parametrize(
    ("facts", "place"), [({"text": " ", "name": "某人"}, "text"), ({"text": "有话说", "name": ""}, "name")]
)
def test_a_comment_says_something_and_who_says_it(commented, facts, place):
    with pytest.raises(Invalid) as no:
        operations.comment(commented, NOBODY, **facts)
    assert list(no.value.fields) == [place]


def test_a_comment_is_read_by_all_once_it_was_looked_at_and_a_hidden_one_is_not_quoted(commented, approvers):
    kept = operations.comment(commented, NOBODY, text="限值太宽", name="某人")
    hidden = operations.comment(commented, NOBODY, text="买我家的轮胎", name="某店")

    def seen(actor):
        return [each.id for each in queries.comments(commented, actor).items]

    assert seen(NOBODY) == []
    assert seen(approvers[0]) == [kept.id, hidden.id]
    lifecycle.take(kept, "show", approvers[0])
    assert refused(hidden, "hide", approvers[0], reason=" ") == "reason-missing"
    lifecycle.take(hidden, "hide", approvers[0], reason="广告")
    assert seen(NOBODY) == [kept.id, hidden.id]
    assert (kept.is_quoted, hidden.is_quoted, hidden.ground) == (True, False, "广告")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(draft, author):
    document, upload = draft.document, FileStorage(BytesIO(b" " * (2 * 1024**2 + 1)), "规则.json")
    with pytest.raises(Invalid) as refused:
        files.take_file(draft, author, upload)
    assert refused.value.fields == {"upload": "scheme-file-too-large"}
    assert (refused.value.detail["limit"], draft.document) == (2, document)


def test_nobody_handles_the_own_comment(commented, approvers):
    said = operations.comment(commented, approvers[0], text="限值太宽", name="本人")
    assert refused(said, "show", approvers[0]) == "rule-own-comment"
    for other in (NOBODY, factories.actor("certification_body", "rule_approver")):
        with pytest.raises(NotFound, match="rule-comment-not-found"):
            queries.comment_of(other, said.id)
    lifecycle.take(said, "show", approvers[1])


def test_the_period_is_not_closed_before_its_last_day_is_over(commented, author):
    with clock.travel(commented.comment_to):
        assert refused(commented, "close_comment", author) == "rule-comment-open"


def answered(comment, actor, **changes):
    lifecycle.take(comment, "answer", actor, **{"adopted": "declined", "answer": "依据一百件案卷", **changes})


def test_a_comment_without_answer_keeps_the_draft_from_approval(commented, author, approvers):
    said = operations.comment(commented, NOBODY, text="限值太宽", name="某人")
    with clock.travel(commented.comment_to + DAY):
        lifecycle.take(commented, "close_comment", author)
        assert refused(commented, "ask_approval", author) == "rule-comments-unanswered"
        assert refused(said, "answer", approvers[0], adopted="", answer="依据") == "rule-adopted-missing"
        assert refused(said, "answer", approvers[0], adopted="noted", answer=" ") == "rule-answer-missing"
        answered(said, approvers[0])
        lifecycle.take(commented, "ask_approval", author)
    assert (said.answer, said.adopted, said.state) == ("依据一百件案卷", "declined", "answered")


def test_two_people_other_than_the_author_approve_the_text_as_it_stands(revised, author, approvers, person):
    lifecycle.take(revised, "ask_approval", author)
    wrote = person("rule_approver", "rule_author")
    lifecycle.take(revised, "approve", approvers[0])
    assert refused(revised, "approve", approvers[0]) == "rule-approved-once"
    assert refused(revised, "publish", approvers[0], convert_by=None) == "rule-approvals-missing"
    lifecycle.take(revised, "return", approvers[1], reason="改一个字")
    operations.write(revised, wrote, tyre(("/identity/effective_from", "2028-03-01")))
    lifecycle.take(revised, "ask_approval", author)
    assert revised.approved_by == frozenset()
    assert refused(revised, "approve", wrote) == "rule-own-draft"
    for approver in approvers:
        lifecycle.take(revised, "approve", approver)
    assert revised.approved_by == {approver.id for approver in approvers}


@pytest.fixture
def approved(revised, author, approvers):
    lifecycle.take(revised, "ask_approval", author)
    for approver in approvers:
        lifecycle.take(revised, "approve", approver)
    return revised


def test_a_rule_binds_from_a_day_that_is_still_to_come(approved, approvers):
    with clock.travel(date(2028, 1, 1)):
        assert refused(approved, "publish", approvers[0], convert_by=None) == "rule-effective-past"


def test_what_is_given_up_has_a_reason_and_frees_the_rule_for_another(draft, author):
    assert refused(draft, "withdraw", author, reason="") == "reason-missing"
    lifecycle.take(draft, "withdraw", author, reason="国家规则即将公布")
    other = operations.begin(author, None, False)
    operations.write(other, author, tyre())
    assert other.code == "lc-tyre"


@pytest.fixture
def next_version(author, approvers, db):
    """next_version(day): (former, draft): a draft of the next version of the rule of tyres, approved by two;
    `day` is that on which the former came into force."""

    def make(day="2025-01-01"):
        register.take(read(tyre(("/identity/effective_from", day))), SYSTEM)
        former = rules.version("lc-tyre", "2027")
        made = operations.begin(author, former.id, True)
        kept = {"version": "2029", "effective_from": "2029-03-01"}
        document = made.document | {"identity": made.document["identity"] | kept}
        operations.write(made, author, document)
        lifecycle.take(made, "submit", author, summary="收紧限值")
        end = today() + 40 * DAY
        lifecycle.take(made, "open_comment", approvers[0], comment_from=today(), comment_to=end)
        with clock.travel(end + DAY):
            lifecycle.take(made, "close_comment", author)
            lifecycle.take(made, "ask_approval", author)
            for approver in approvers:
                lifecycle.take(made, "approve", approver)
        return former, made

    return make


def test_the_next_version_begins_as_a_copy_without_what_identifies_a_version(author, db):
    register.take(read(tyre(("/identity/effective_from", "2025-01-01"))), SYSTEM)
    former = rules.version("lc-tyre", "2027")
    made = operations.begin(author, former.id, True)
    assert set(made.faults) == {"/identity/version", "/identity/effective_from"}
    copy = operations.begin(author, former.id, False)
    assert set(copy.faults) == {f"/identity/{name}" for name in ("version", "effective_from", "code", "rule")}


def test_a_published_version_takes_over_on_its_day_and_is_never_edited(next_version, author, approvers):
    former, made = next_version()
    assert refused(made, "publish", approvers[0], convert_by=None) == "rule-term-missing"
    assert refused(made, "publish", approvers[0], convert_by=date(2029, 2, 28)) == "rule-term-short"
    lifecycle.take(made, "publish", approvers[0], convert_by=date(2029, 12, 31))
    assert (made.state, made.published.version, made.published.code) == ("published", "2029", "lc-tyre")
    eve, day = date(2029, 2, 28), date(2029, 3, 1)
    assert [each.version for each in rules.schemes(eve) if each.code == "lc-tyre"] == ["2027"]
    assert [each.version for each in rules.schemes(day) if each.code == "lc-tyre"] == ["2029"]
    assert (former.in_force_on(eve), former.in_force_on(day)) == (True, False)
    with pytest.raises(OutOfOrder):
        operations.write(made, author, tyre())


def test_a_version_is_published_once(next_version, approvers):
    _former, made = next_version()
    register.take(read(made.document), SYSTEM)
    assert refused(made, "publish", approvers[0], convert_by=date(2029, 12, 31)) == "version-published-twice"


def test_a_version_comes_into_force_later_than_the_one_it_takes_over_from(next_version, approvers, author):
    _former, made = next_version("2030-01-01")
    assert refused(made, "publish", approvers[0], convert_by=date(2030, 6, 1)) == "rule-effective-not-later"
