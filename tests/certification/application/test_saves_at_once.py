"""Two people of one firm save the same draft in the same moment."""

from threading import Thread

import pytest
from sqlalchemy import event

from certification.application.models import Application
from core.db import db, reading
from core.step import door as steps

pytestmark = pytest.mark.engines("locks")

PATH = "/certification/applications/{id}/{section}"


@pytest.fixture
def draft(world):
    return world.case("draft")


@pytest.fixture
def meanwhile(monkeypatch, app):
    """meanwhile(deed): it is done by somebody else after the request has read and before it writes."""

    def arrange(deed) -> None:
        def elsewhere() -> None:
            with app.app_context():
                deed()
                db.session.commit()

        def pause() -> None:
            assert reading.get()
            other = Thread(target=elsewhere)
            other.start()
            other.join(timeout=5)
            assert not other.is_alive()
            go_on()

        go_on = steps.start_writing
        monkeypatch.setattr(steps, "start_writing", pause)

    return arrange


@pytest.mark.parametrize(
    ("section", "typed", "kept"),
    [
        ("product", {"product_name": "后保存的名称", "models-0-code": "B"}, "后保存的名称"),
        ("parties", {"producer-name": "后保存的生产者"}, "后保存的生产者"),
    ],
)
def test_the_second_is_told_and_keeps_what_was_typed(draft, browser, meanwhile, db, section, typed, kept):
    case_id, version = draft.application.id, draft.application.version

    def first() -> None:
        db.session.get(Application, case_id).product_name = "先保存的名称"

    meanwhile(first)
    answer = browser("applicant").post(
        PATH.format(id=case_id, section=section), data=typed | {"version": version, "action": "next"}
    )
    assert answer.status_code == 409
    assert kept in answer.text
    assert f'name="version" type="hidden" value="{version + 1}"' in answer.text
    db.session.expire_all()
    assert db.session.get(Application, case_id).product_name == "先保存的名称"


def test_nobody_is_kept_waiting_while_a_save_is_only_read_and_checked(draft, browser, meanwhile, db):
    case_id, other = draft.application.id, draft.application.body_id
    from accounts.models import Organisation

    def elsewhere() -> None:
        db.session.get(Organisation, other).telephone = "025-99999999"

    meanwhile(elsewhere)
    answer = browser("applicant").post(
        PATH.format(id=case_id, section="product"),
        data={"product_name": "名称", "version": draft.application.version, "action": "next"},
    )
    assert answer.status_code == 302
    db.session.expire_all()
    assert db.session.get(Application, case_id).product_name == "名称"
    assert db.session.get(Organisation, other).telephone == "025-99999999"


def test_nobody_is_kept_waiting_once_a_draft_is_saved(draft, browser, db):
    """After the commit nothing is asked that would open a transaction, and with it take the write lock."""
    case_id, version = draft.application.id, draft.application.version
    applicant = browser("applicant")
    begun = []
    count = event.listens_for(db.engine, "begin")(lambda connection: begun.append(connection))
    try:
        answer = applicant.post(
            PATH.format(id=case_id, section="product"),
            data={"version": version, "action": "next", "product_name": "名称", "models-0-code": "B"},
        )
    finally:
        event.remove(db.engine, "begin", count)
    assert answer.status_code == 302
    assert len(begun) == 1  # the writing one begins by hand, see core.db.start_writing
