"""A version of the rule of the world that takes over from the one its cases run under."""

import json
from datetime import date, timedelta

from accounts.actor import Actor
from core import clock, lifecycle
from core.clock import today
from schemes.drafts import operations
from schemes.drafts.models import RuleDraft
from schemes.models import SchemeVersion
from tests import factories

DAY = timedelta(days=1)
PERIOD = 40  # days of comment


class Writers:
    """Who writes rules and who approves them."""

    def __init__(self) -> None:
        house = factories.organisation("regulator", name="标准组")
        self.author = factories.actor("regulator", "rule_author", of=house)
        self.approvers = [factories.actor("regulator", "rule_approver", of=house) for _ in range(2)]

    def draft(self, former: SchemeVersion, effective: date, name: str = "2", **members: object) -> RuleDraft:
        made = operations.begin(self.author, former.id, True)
        identity = made.document["identity"] | {"version": name, "effective_from": effective.isoformat()}
        operations.write(made, self.author, made.document | {"identity": identity} | members)
        return made

    def approved(
        self, former: SchemeVersion, effective: date, name: str = "2", **members: object
    ) -> RuleDraft:
        """Through comment and both approvals, on one day: the days before it are travelled to."""
        made = self.draft(former, effective, name, **members)
        assert made.faults == {}, made.faults
        lifecycle.take(made, "submit", self.author, summary="收紧")
        first = today() - (PERIOD + 2) * DAY
        with clock.travel(first):
            period = {"comment_from": first, "comment_to": first + PERIOD * DAY}
            lifecycle.take(made, "open_comment", self.approvers[0], **period)
        for step, actor in (("close_comment", self.author), ("ask_approval", self.author)):
            lifecycle.take(made, step, actor)
        for approver in self.approvers:
            lifecycle.take(made, "approve", approver)
        return made

    def publish(self, former: SchemeVersion, effective: date, convert_by: date, name: str = "2",
                **members: object) -> SchemeVersion:  # fmt: skip
        made = self.approved(former, effective, name, **members)
        lifecycle.take(made, "publish", self.approvers[0], convert_by=convert_by)
        assert made.published is not None
        return made.published


def stricter(former: SchemeVersion, limit: str) -> list[dict[str, object]]:
    """The criteria of a version with another limit of the footprint."""
    first, *others = json.loads(former.document)["criteria"]
    return [first | {"rows": [first["rows"][0] | {"limit": limit}]}, *others]


def stranger(kind: str, *roles: str) -> Actor:
    return factories.actor(kind, *roles)
