"""The story of a certificate recertified in good time, told through the operations the pages call."""

from datetime import timedelta

from certification.certificate.queries import certificates
from core.clock import today
from demo.stories.succession import succession


def test_the_story_of_a_succession_leaves_the_new_certificate_waiting_for_the_old_one_to_end(db):
    lines = []
    made = succession(lines.append)
    old = certificates.certificate(made["certificate"])
    new = certificates.certificate(made["replaced_by"])
    assert made["states"] == ["valid", "not_issued"]
    assert new.issued_on < today() < old.valid_to
    assert new.begins_on == old.valid_to + timedelta(days=1)
    assert [row.state for row in old.surveillance].count("passed") == 2
    assert any(f"自 {new.begins_on} 起生效" in line for line in lines)
