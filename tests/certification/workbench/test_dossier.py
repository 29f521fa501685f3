"""The whole of a case as one file: everything that was handed in or drawn up, each beside its digest."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts import operations as accounts
from certification.messages.operations import send
from certification.workbench.queries import dossier
from core.db import db
from core.errors import NotFound
from core.files import path_of
from tests.certification.world import PDF


def archive(world, browser, case) -> ZipFile:
    answer = browser("case_officer").get(f"/certification/reviews/{case.id}/dossier.zip", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.number}.zip"'
    return ZipFile(BytesIO(answer.data))


def test_every_file_of_the_case_is_in_it_under_the_digest_the_manifest_gives(world, browser):
    case = world.case("in_review").application
    book = archive(world, browser, case)
    told = json.loads(book.read("manifest.json"))
    assert told["case"] == case.number
    assert {entry["path"] for entry in told["files"]} == {*book.namelist()} - {"manifest.json"}
    for entry in told["files"]:
        content = book.read(entry["path"])
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size"])
    kept = {file.digest for file in case.files} | {report.file for report in case.reports if report.file}
    assert kept <= {entry["sha256"] for entry in told["files"]}


def test_a_file_that_was_replaced_stays_and_is_marked_and_equal_names_stand_apart(world, browser):
    case = world.case("submitted").application
    first, second = case.files[0], case.files[1]
    second.kind, second.name, second.superseded_at = first.kind, first.name, first.uploaded_at
    db.session.flush()
    found = [entry for entry in dossier.entries(case) if entry.path.startswith(f"application/{first.kind}/")]
    assert [entry.superseded for entry in found[:2]] == [False, True]
    assert len({entry.path for entry in found}) == len(found)


def test_a_path_leads_nowhere_outside_of_the_archive(world):
    case = world.case("submitted").application
    case.files[0].name = "../../etc/cron.d/x"
    db.session.flush()
    assert not any(".." in entry.path.split("/") for entry in dossier.entries(case))


def test_who_is_not_of_the_body_gets_neither_archive_nor_manifest(world, browser):
    case = world.case("submitted").application
    assert browser("applicant").get(f"/certification/reviews/{case.id}/dossier.zip").status_code in (403, 404)
    with pytest.raises(NotFound):
        dossier.case_of(world.actor("applicant"), case.id)


def test_one_with_a_damaged_file_is_refused_before_a_byte(world):
    case = world.case("submitted").application
    path = path_of(case.files[0].digest)
    path.chmod(0o600)
    path.write_bytes(PDF + b"%")
    with pytest.raises(NotFound) as no:
        dossier.packed(case)
    assert no.value.slug == "file-altered"


def test_what_came_with_messages_lies_in_it_by_thread(world, browser):
    case = world.case("in_review").application
    send(case, world.actor("applicant"), "applicant", "附抄表记录", [(BytesIO(PDF), "抄表.pdf")])
    send(case, world.actor("case_officer"), "internal", "自记", [(BytesIO(PDF + b"%1"), "便条.pdf")])
    db.session.commit()
    names = archive(world, browser, case).namelist()
    assert {"messages/applicant/抄表.pdf", "messages/internal/便条.pdf"} <= {*names}


def test_a_program_of_the_body_gets_the_archive_itself(world, client, browser):
    case = world.case("submitted").application
    secrets = {who: accounts.create_token(world.actor(who), who)[1] for who in ("case_officer", "applicant")}
    db.session.commit()

    def asked(who: str):
        headers = {"Authorization": f"Bearer {secrets[who]}"}
        return client.get(f"/api/v1/applications/{case.id}/dossier.zip", headers=headers, buffered=True)

    answer = asked("case_officer")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "private, no-store"
    told, page = ZipFile(BytesIO(answer.data)), archive(world, browser, case)
    assert {name: told.read(name) for name in told.namelist()} == {
        name: page.read(name) for name in page.namelist()
    }
    assert asked("applicant").status_code == 404


def test_the_document_of_the_api_says_that_it_is_an_archive(client):
    told = client.get("/api/v1/openapi.json").json["paths"][
        "/api/v1/applications/{application_id}/dossier.zip"
    ]
    assert [*told["get"]["responses"]["200"]["content"]] == ["application/zip"]


def test_a_program_of_the_body_reads_the_manifest(world, client):
    case = world.case("submitted").application
    secrets = {who: accounts.create_token(world.actor(who), who)[1] for who in ("case_officer", "applicant")}
    db.session.commit()

    def asked(who: str):
        headers = {"Authorization": f"Bearer {secrets[who]}"}
        return client.get(f"/api/v1/applications/{case.id}/dossier", headers=headers)

    answer = asked("case_officer")
    assert answer.status_code == 200
    assert {entry["sha256"] for entry in answer.json["files"]} >= {file.digest for file in case.files}
    assert asked("applicant").status_code == 404
