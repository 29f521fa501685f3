"""The story of a rule that gets a stricter limit, told through the operations the pages call."""

import pytest

from certification.certificate.queries import certificates
from demo.stories.rule_change import rule_change
from schemes import queries as rules

pytestmark = pytest.mark.engines("walks")


def test_one_certificate_is_converted_and_the_other_stands_in_the_batch_at_the_end(db):
    lines = []
    made = rule_change(lines.append)
    kept = certificates.certificate(made["converted"])
    (left,) = (certificates.certificate(number) for number in made["unconverted"])
    assert (kept.edition, kept.scheme.version) == (2, "2")
    assert (left.edition, left.scheme.version, left.state) == (1, "1", "valid")
    assert left.carbon > kept.scheme.limit_value >= kept.carbon
    assert made["proposals"] == 1
    assert any(f"{left.number}：超出限值" in line for line in lines)
    assert any("已通知 2 张证书的持有人" in line for line in lines)
    again = rule_change(lines.append)
    assert again["rule"] != made["rule"]  # told twice, it is a rule of its own
    assert rules.current("lc-ceramic-tile").version == "1"
