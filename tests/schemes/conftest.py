"""People who write rules and who approve them, and a draft in any state of its life."""

from datetime import timedelta

import pytest

from core import clock, lifecycle
from core.clock import today
from schemes.drafts import operations
from tests import factories
from tests.schemes.examples import tyre


@pytest.fixture
def house(db):
    return factories.organisation("regulator", name="省低碳认证标准组（示例）")


@pytest.fixture
def person(house):
    """person(*roles): somebody of the house."""
    return lambda *roles: factories.actor("regulator", *roles, of=house)


@pytest.fixture
def author(person):
    return person("rule_author")


@pytest.fixture
def approvers(person):
    return [person("rule_approver"), person("rule_approver")]


@pytest.fixture
def draft(author):
    """A whole draft of a new rule, not yet handed to anybody."""
    made = operations.begin(author, None, False)
    operations.write(made, author, tyre(("/identity/effective_from", "2028-01-01")))
    return made


@pytest.fixture
def commented(draft, author, approvers):
    """The same, before the public since today."""
    lifecycle.take(draft, "submit", author, summary="新规则")
    first = today()
    lifecycle.take(
        draft, "open_comment", approvers[0], comment_from=first, comment_to=first + timedelta(days=40)
    )
    return draft


@pytest.fixture
def revised(commented, author):
    """revised(): the comment period is over; yields inside the day after it."""
    with clock.travel(commented.comment_to + timedelta(days=1)):
        lifecycle.take(commented, "close_comment", author)
        yield commented
