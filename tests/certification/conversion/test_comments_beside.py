"""What the public says about a change of a rule stands beside it, on the page that everybody reads."""

import pytest

from accounts import operations as accounts
from accounts.actor import NOBODY
from core import clock, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid
from schemes.drafts import operations, queries, telling
from tests.certification.conversion.publishing import DAY, PERIOD, Writers, stricter
from tests.support.markup import faults


@pytest.fixture
def writers(db):
    return Writers()


@pytest.fixture
def draft(world, writers):
    """Before the public, with a stricter limit and another name."""
    made = writers.draft(world.scheme, today() + 90 * DAY, criteria=stricter(world.scheme, "9.90"))
    lifecycle.take(made, "submit", writers.author, summary="收紧")
    with clock.travel(today() - DAY):
        start = today()
        period = {"comment_from": start, "comment_to": start + PERIOD * DAY}
        lifecycle.take(made, "open_comment", writers.approvers[0], **period)
    db.session.commit()
    return made


@pytest.fixture
def address(draft):
    return f"/rules/drafts/{draft.id}/comment"


LIMIT = "/criteria/footprint/rows"


def article(text, name):
    """The part of the page about one change."""
    (found,) = [each for each in text.split("<article")[1:] if f'aria-label="{name}"' in each[:200]]
    return found.partition("</article>")[0]


def name_of(draft, pointer):
    found = telling.changes(queries.changes(draft), draft.document, queries.former(draft))
    return next(each.name for each in found if each.pointer == pointer)


def said(draft, writers, text="过渡期能否再长一些？", place=LIMIT):
    made = operations.comment(draft, NOBODY, text=text, name="某厂", place=place)
    lifecycle.take(made, "show", writers.approvers[0])
    db.session.commit()
    return made


def test_a_comment_and_its_answer_stand_beside_the_change_they_are_about(client, draft, writers, address):
    comment = said(draft, writers)
    name = name_of(draft, LIMIT)
    assert "过渡期能否再长一些？" in article(client.get(address).text, name)
    lifecycle.take(comment, "answer", writers.approvers[0], adopted="partly", answer="改为六个月。")
    db.session.commit()
    text = client.get(address).text
    assert "改为六个月。" in article(text, name)
    assert faults(text) == []
    others = [
        part for part in text.split("<article")[1:] if "改为六个月。" in part.partition("</article>")[0]
    ]
    assert len(others) == 2  # and in the list of all comments


def test_what_nobody_looked_at_yet_and_what_is_hidden_is_quoted_nowhere(client, draft, writers, address):
    operations.comment(draft, NOBODY, text="等着审核", name="某厂", place=LIMIT)
    hidden = operations.comment(draft, NOBODY, text="买我家的砖", name="某店", place=LIMIT)
    lifecycle.take(hidden, "hide", writers.approvers[0], reason="广告")
    db.session.commit()
    text = client.get(address).text
    assert "等着审核" not in text
    assert "买我家的砖" not in text
    assert "不公开，理由：广告" in article(text, name_of(draft, LIMIT))


def test_a_comment_is_about_a_change_or_a_part_of_the_draft_or_the_whole(client, draft, writers, address):
    for place in (LIMIT, "/label", ""):
        sent = client.post(address, data={"text": "有话说", "name": "某人", "place": place})
        assert sent.status_code == 303
    assert [each.place for each in draft.comments] == [LIMIT, "/label", ""]


@pytest.mark.parametrize("place", ["/nothing", "碳足迹限值", "/criteria/footprint/rows/0/limit"])
def test_what_is_no_part_of_the_draft_is_refused_at_the_field(client, draft, world, address, place):
    answer = client.post(address, data={"text": "有话说", "name": "某人", "place": place})
    assert answer.status_code == 422
    sent = {"text": "有话说", "name": "某人", "place": place}
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    called = {"json": sent, "headers": {"Authorization": f"Bearer {token}"}}
    answer = client.post(f"/api/v1/rule-drafts/{draft.id}/comments", **called)
    assert answer.status_code == 422
    assert answer.json["fields"]["/place"]["slug"] == "rule-comment-place-unknown"
    with pytest.raises(Invalid, match="rule-comment-place-unknown"):
        operations.comment(draft, NOBODY, **sent)
    assert draft.comments == []


def test_changes_are_counted_by_the_way_they_bear_and_shown_alone(client, draft, address):
    bearings = [each.bearing for each in telling.changes(queries.changes(draft), draft.document)]
    assert bearings.count("stricter") == 1
    text = client.get(f"{address}?bearing=stricter").text
    assert text.split('class="vd"')[1].partition("</section>")[0].count("<article") == 1
    assert name_of(draft, LIMIT) in text
    assert client.get(f"{address}?bearing=sideways").status_code == 422


def test_a_place_that_was_typed_before_there_was_a_choice_is_shown_as_it_was(client, draft, writers, address):
    comment = said(draft, writers, place="")
    comment.place = "碳足迹限值，第 3 条"
    db.session.commit()
    assert "针对：碳足迹限值，第 3 条" in client.get(address).text
