"""The story of a certificate's life, told through the operations the pages call."""

from datetime import timedelta

import pytest

from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from core.clock import today
from core.db import db as tables
from demo.stories.life import life

pytestmark = pytest.mark.engines("roads")


def test_the_story_of_a_certificate_walks_from_issue_to_withdrawal(db):
    lines = []
    made = life(lines.append)
    old = certificates.certificate(made["certificate"])
    new = certificates.certificate(made["replaced_by"])
    assert made["states"] == ["expired", "withdrawn"]
    assert made["versions"] == 2
    assert made["checks"].count("passed") == 2
    assert [act.kind for act in old.acts] == ["suspend", "restore"]
    assert [act.kind for act in new.acts] == ["suspend", "withdraw"]
    assert new.issued_on < old.valid_to
    assert (new.begins_on, new.gap) == (old.valid_to + timedelta(days=1), None)
    assert new.waiting_until > today()
    assert all(certificates.signature_holds(each) for each in (old, new))
    assert [proposal.state for proposal in old.proposals] == ["carried_out", "carried_out"]
    assert [proposal.state for proposal in new.proposals] == ["carried_out"]
    assert tables.session.query(Certificate).count() == 2
    assert any("不能再申请同类产品" in line for line in lines)
