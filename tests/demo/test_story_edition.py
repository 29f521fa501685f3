"""The story of an edition, told through the operations the pages call."""

import pytest

from demo.stories.edition import edition
from procurement import queries

pytestmark = pytest.mark.engines("walks")


def test_an_edition_is_approved_by_two_signed_struck_and_told_apart_from_the_next(db, client):
    lines: list[str] = []
    made = edition(lines.append)
    first, second = (queries.edition(number) for number in made["editions"])
    assert (first.is_published, second.previous_id) == (True, first.id)
    assert [len(each.approvers - each.drawers) for each in (first, second)] == [2, 2]
    assert made["signed"] == [True, True]
    assert made["listed"] == [True, False]
    assert made["removed"] == ["status-suspended"]
    assert made["confirmed"] == 1
    assert made["objections"] == [("objection", "dismissed"), ("correction", "upheld")]
    assert "生产者名称以证书为准" in client.get(f"/procurement/lists/{first.number}").text
    strikes = client.get(f"/api/v1/lists/{first.number}/strikes").json["items"]
    assert {(each["number"], each["act"]) for each in strikes} == {(made["certificate"], "suspend")}
    assert {each["model"] for each in strikes} == {
        line.model for line in first.lines if line.number == made["certificate"]
    }
    said = "\n".join(lines)
    assert (
        said.count("公示只有 2 个工作日")
        + said.count("公示只有 1 个工作日")
        + said.count("公示只有 0 个工作日")
        == 2
    )
    assert said.count("由您编制，要由另外的人批准") == 2
