"""The record nobody edits: whatever is changed in it, taken out of it or cut off it is noticed."""

import pytest
from sqlalchemy import text

from accounts.actor import SYSTEM
from core import audit

pytestmark = pytest.mark.engines("sql")

ALTERED = "was altered"
CUT_OFF = "were cut off"


@pytest.fixture
def record(db):
    for number in range(4):
        audit.record(SYSTEM, "thing.change", f"thing/{number}", number=number)
    return db.session


# rule 2
def test_a_whole_record_stands(record):
    assert audit.verify() == 4


# rule 2
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE audit_entry SET actor = 'nobody' WHERE id = 2", ALTERED),
        ("UPDATE audit_entry SET data = '{}' WHERE id = 4", ALTERED),
        ("DELETE FROM audit_entry WHERE id = 1", ALTERED),
        ("DELETE FROM audit_entry WHERE id = 3", ALTERED),
        ("DELETE FROM audit_entry WHERE id = 4", CUT_OFF),
        ("DELETE FROM audit_entry WHERE id > 2", CUT_OFF),
        ("DELETE FROM audit_entry", CUT_OFF),
        ("DELETE FROM audit_head", CUT_OFF),
    ],
)
def test_what_was_changed_or_cut_off_is_noticed(record, change, said):
    record.execute(text(change))
    with pytest.raises(audit.Broken, match=said):
        audit.verify()


# rule 2
def test_a_record_cut_back_with_its_head_no_longer_holds_the_entry_somebody_kept(record):
    kept = audit.newest().digest
    record.execute(text("DELETE FROM audit_entry WHERE id = 4"))
    record.execute(text("UPDATE audit_head SET digest = (SELECT digest FROM audit_entry WHERE id = 3)"))
    assert audit.verify() == 3
    with pytest.raises(audit.Broken, match=kept):
        audit.verify(kept)
