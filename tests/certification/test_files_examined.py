"""While a file is examined nobody waits: the request that brought it has not begun to write."""

from io import BytesIO

import pytest

from accounts import operations as accounts
from core import bounded, files
from core.db import reading
from core.errors import Invalid
from tests.certification.workbooks.workbooks import GOOD, filled, send
from tests.support.pictures import png

PNG = png()
TABLE = b"day,kWh\n2025-01-01,5\n"


@pytest.fixture
def examined(monkeypatch):
    """For each file that was examined, whether its request only read until then."""
    found, run = [], bounded.run

    def watched(*arguments, **more):
        found.append(reading.get())
        return run(*arguments, **more)

    monkeypatch.setattr(bounded, "run", watched)
    return found


def test_no_door_writes_while_a_file_is_examined(world, browser, client, db, examined):
    case = world.case("draft")
    content = filled(case, GOOD)
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    maker = browser("applicant")
    assert "处差别" in send(maker, case, content).text
    page = maker.post(
        f"/certification/applications/{case.id}/files",
        data={"kind": "other", "file": (BytesIO(TABLE), "电表.csv")},
        content_type="multipart/form-data",
    )
    assert page.status_code == 302
    call = client.post(
        f"/api/v1/applications/{case.id}/files/other",
        data={"file": (BytesIO(TABLE + b"2025-01-02,6\n"), "电表.csv")},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert call.status_code == 201
    assert examined == [True, True, True]


def test_every_file_of_one_request_is_examined_before_any_is_written_down(world, browser, db, monkeypatch):
    case, found, check = world.case("evaluating"), [], files._check_content

    def watched(content):
        found.append(reading.get())
        return check(content)

    monkeypatch.setattr(files, "_check_content", watched)
    address = f"/certification/reviews/{case.id}/site/0/energy_monitoring/photographs"
    pictures = [(BytesIO(PNG + bytes([number])), f"{number}.png") for number in range(3)]
    assert browser("lead_verifier").post(address, data={"photograph": pictures}).status_code == 302
    assert found == [True, True, True]
    assert len(case.application.photographs) == 3


def test_nothing_is_left_of_the_others_when_one_file_of_a_request_is_refused(app, db):
    sent = [(BytesIO(PNG), "a.png"), (BytesIO(b"no picture"), "b.png")]
    with pytest.raises(Invalid):
        files.store_all(sent)
    assert list(app.config["FILE_DIR"].iterdir()) == []
    assert files.store_all([]) == []
