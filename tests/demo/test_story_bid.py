"""The story of a bid that is checked, signed, and run again after a certificate fell."""

import orjson
import pytest

from demo.stories.bid import bid
from procurement.bids import queries

pytestmark = pytest.mark.engines("walks")


def test_a_bid_is_checked_signed_and_run_again_to_the_same_answers(db):
    lines = []
    made = bid(lines.append)
    check = queries.check(made["address"].rpartition("/")[2])
    told = orjson.loads(check.content)["lines"]
    assert [each["overall"] for each in told] == [
        "buyable",
        "not-buyable",
        "not-buyable",
        "not-required",
        "unknown",
    ]
    assert queries.is_signed(check)
    assert (made["same"], made["since"]) == (True, [1, 2, 3, 4])
    assert any(made["check"] in line and "清单主管单位已签名" in line for line in lines)
    assert made["lost"] == 1
    assert any(made["shortlist"] in line and "通知采购人员" in line and "撤销" in line for line in lines)
    assert any("撤销" in line for line in lines if "→" in line)
