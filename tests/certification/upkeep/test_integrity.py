"""`flask doctor --deep` reads everything that was signed or recorded, and names what no longer agrees."""

from datetime import date

import pytest
from sqlalchemy import text

from core import files, health, jobs
from tests.certification.aftercare.later import certificate_of

pytestmark = pytest.mark.engines("sql")


@pytest.fixture
def issued(db, world):
    issued = certificate_of(world.case("certified"))
    db.session.commit()
    jobs.run_due()
    return issued


# question -> what somebody changed behind the register's back
CHANGES = {
    "certificates": "UPDATE certificate SET valid_to = '2099-12-31'",
    "acts": "UPDATE written_act SET statement = replace(statement, 'SL-', 'XX-')",
    "decisions": "UPDATE decision SET decided_by = 'somebody else'",
    "catalogue": "UPDATE catalog_entry SET carbon = '0.01'",
    "history": "UPDATE step_taken SET reason = 'another' WHERE id = (SELECT min(id) FROM step_taken)",
    "texts": "UPDATE application SET product_name = '抛釉砖\u200b'",
    "record": "UPDATE audit_entry SET actor = 'somebody else' WHERE id = (SELECT min(id) FROM audit_entry)",
}


def unwell() -> set[str]:
    return {check.name for check in health.checks(deep=True) if not check.ok}


def test_a_sound_installation_is_sound_all_through(db, issued):
    assert unwell() == set()
    assert {check.name for check in health.checks(deep=True)} >= set(CHANGES) | {"files"}


def test_each_change_is_found_by_the_question_that_is_about_it(db, issued):
    for question, change in CHANGES.items():
        nested = db.session.begin_nested()
        db.session.execute(text(change))
        db.session.expire_all()
        found = {name for name in (question,) if not asked(name).ok}
        nested.rollback()
        db.session.expire_all()
        assert found == {question}


def asked(name: str) -> health.Check:
    """One question, without the rollback that would put right what the test changed."""
    question = (health.DEEP_QUESTIONS | health._deep)[name]
    try:
        return health.Check(name, True, question())
    except Exception as error:
        return health.Check(name, False, str(error))


def test_a_step_that_was_taken_out_is_noticed(db, issued):
    db.session.execute(text("DELETE FROM step_taken WHERE id = (SELECT min(id) FROM step_taken)"))
    assert not asked("history").ok


def test_a_paper_with_a_changed_byte_is_not_served(app, db, client, issued):
    address, path = f"/certificates/{issued.number}.pdf", files.path_of(issued.document)
    with client.get(address) as answer:
        assert answer.status_code == 200
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "与登记的不符" in answer.text
    assert unwell() == {"files"}
    path.unlink()
    assert unwell() == {"files"}


def test_the_doctor_names_the_certificate(db, issued, command):
    issued.valid_to = date(2099, 12, 31)
    told = command("doctor", "--deep", fails=True)
    assert (
        f"FAIL  certificates: Unwell: 1 certificates that differ from what was signed: {issued.number}"
        in told
    )
    assert "(valid_to)" in told
