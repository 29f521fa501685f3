"""Rows and files, many to many: by page and API, kept in versions, and never to a file of somebody else."""

from io import BytesIO

import pytest

from accounts import operations as accounts
from certification.application.operations.applications import save_inventory
from certification.application.operations.clone import clone_application
from certification.application.operations.documents import attach_file, prove_rows, remove_file
from core import files
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder
from tests.certification.application.test_corrections import points_on
from tests.support import papers

HOME = "/certification/applications"
INVALID = "inventory-invalid"


@pytest.fixture
def draft(world):
    """A case with two rows, and two files beside those the rules ask for."""
    case, actor = world.case("draft"), world.actor("applicant")
    for number in (1, 2):
        content = BytesIO(papers.pdf(b"0 0 9 %d re f" % number))
        attach_file(case.application, actor, "other", content, f"电费-{number}.pdf")
    db.session.commit()
    return case


def bills(case) -> list:
    return [file for file in case.application.current_files if file.kind == "other"]


def links(case) -> list[list[str]]:
    db.session.expire_all()
    return [row.evidence_digest.split() for row in case.application.inventory.rows]


def sent(case, *proofs: list[str]) -> list[dict]:
    names = (
        "stage",
        "name",
        "quantity",
        "unit",
        "own_value",
        "own_unit",
        "own_source",
        "evidence",
        "quality",
    )
    rows = [{name: getattr(row, name) for name in names} for row in case.application.inventory.rows]
    return [row | {"evidence_digest": " ".join(each)} for row, each in zip(rows, proofs, strict=True)]


def save(world, case, *proofs: list[str]) -> None:
    inventory = case.application.inventory
    rows = sent(case, *proofs)
    save_inventory(case.application, world.actor("applicant"), {}, rows, inventory.version)


def test_a_row_has_many_files_and_a_file_many_rows(world, draft):
    one, two = sorted(file.digest for file in bills(draft))
    save(world, draft, [two, one, two], [one])
    assert links(draft) == [[one, two], [one]]
    save(world, draft, [one], [])
    assert links(draft) == [[one], []]


def test_saving_what_stands_writes_no_link_anew(world, draft):
    one, two = sorted(file.digest for file in bills(draft))
    save(world, draft, [one, two], [])
    before = draft.application.inventory.rows[0].proofs[:]
    save(world, draft, [two, one], [])
    assert [
        each is other for each, other in zip(before, draft.application.inventory.rows[0].proofs, strict=True)
    ]


def test_a_file_of_nobody_or_of_another_case_proves_nothing(world, draft):
    foreign = files.store(BytesIO(papers.pdf(b"1 1 3 3 re f")), "别人的.pdf").digest
    for digest in (foreign, "0" * 64, "abc"):
        with pytest.raises(Invalid) as no:
            save(world, draft, [], [digest])
        assert no.value.fields == {"rows-1-evidence": "file-not-found"}
    assert links(draft) == [[], []]


def test_a_file_that_is_taken_away_proves_nothing_any_more_unless_it_lies_there_twice(world, draft):
    actor, (first, second) = world.actor("applicant"), bills(draft)
    content = BytesIO(papers.pdf(b"0 0 9 2 re f"))
    attach_file(draft.application, actor, "business_licence", content, "又一份.pdf")
    save(world, draft, [first.digest, second.digest], [second.digest])
    remove_file(draft.application, actor, first.id)
    remove_file(draft.application, actor, second.id)
    assert links(draft) == [[second.digest], [second.digest]]


def test_a_file_says_which_rows_it_proves(world, draft):
    actor, (first, second) = world.actor("applicant"), bills(draft)
    save(world, draft, [second.digest], [])
    prove_rows(draft.application, actor, first, {0, 1}, draft.application.inventory.version)
    assert [set(each) for each in links(draft)] == [{first.digest, second.digest}, {first.digest}]
    prove_rows(draft.application, actor, first, {1}, draft.application.inventory.version)
    assert links(draft) == [[second.digest], [first.digest]]
    with pytest.raises(OutOfOrder):
        prove_rows(draft.application, actor, first, {1}, draft.application.inventory.version - 1)
    remove_file(draft.application, actor, first.id)
    with pytest.raises(NotFound):
        prove_rows(draft.application, actor, first, {1}, draft.application.inventory.version)


def test_every_version_keeps_what_proved_its_rows_and_a_correction_may_say_it_better(world, draft):
    actor, (first, second) = world.actor("applicant"), bills(draft)
    save(world, draft, [first.digest], [second.digest])
    draft.to("submitted")
    draft.take("correct", "application_reviewer", points=points_on("file:other"))
    prove_rows(draft.application, actor, first, {0, 1}, draft.application.inventory.version)
    kept = draft.application.submissions[0].content["inventory"]["rows"]
    assert [row["evidence_digest"] for row in kept] == [first.digest, second.digest]
    assert set(links(draft)[1]) == {first.digest, second.digest}


def test_rows_handed_in_before_links_were_kept_are_not_taken_for_changed(world, draft, monkeypatch):
    from certification.application.operations import submissions

    with monkeypatch.context() as before:
        before.setattr(submissions, "LINKS", "evidence")
        draft.to("submitted")
    assert "evidence_digest" not in draft.application.submissions[0].content["inventory"]["rows"][0]
    draft.take("correct", "application_reviewer", points=points_on("inventory.row:1"))
    save(world, draft, [bills(draft)[0].digest], [])
    assert links(draft) == [[bills(draft)[0].digest], []]


def test_a_copy_of_a_case_keeps_the_links_to_the_files_it_takes_along(world, draft):
    first, second = bills(draft)
    save(world, draft, [first.digest], [second.digest, first.digest])
    draft.to("submitted")
    copy = clone_application(draft.application, world.actor("applicant"), world.scheme, world.body.id)
    assert [row.evidence_digest for row in copy.inventory.rows] == [
        row.evidence_digest for row in draft.application.inventory.rows
    ]


# Doors


def test_the_page_carries_the_links_and_a_note_that_names_a_file_adds_it(draft, browser):
    one, two = (file.digest for file in bills(draft))
    inventory = draft.application.inventory
    fields = {"version": inventory.version, "output_amount": "1", "output_unit": "m2", "action": "next"}
    for place, (digests, note) in enumerate([(f"{one} {two}", "台账"), ("", "电费-2.pdf")]):
        cells = {"stage": "use", "name": f"行{place}", "quantity": "1", "unit": "m2", "kind": "own",
                 "own_value": "1", "own_unit": "kgCO2e/m2", "own_source": "x",
                 "evidence": note, "evidence_digest": digests}  # fmt: skip
        fields |= {f"rows-{place}-{name}": value for name, value in cells.items()}
    maker = browser("applicant")
    assert maker.post(f"{HOME}/{draft.application.id}/inventory", data=fields).status_code == 302
    assert links(draft) == [sorted([one, two]), [two]]
    page = maker.get(f"{HOME}/{draft.application.id}/inventory").text
    assert f'name="rows-0-evidence_digest" value="{" ".join(sorted([one, two]))}"' in page


def test_the_api_takes_and_gives_the_files_of_a_row(world, draft, client):
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/applications/{draft.application.id}/inventory"
    one, two = sorted(file.digest for file in bills(draft))
    row = {"stage": "use", "name": "水", "quantity": "1", "unit": "m2", "own_value": "1",
           "own_unit": "kgCO2e/m2", "own_source": "x", "note": "台账"}  # fmt: skip

    def put(*evidence):
        facts = {"version": draft.application.inventory.version, "output_amount": "1", "output_unit": "m2"}
        return client.put(
            address, headers=headers, json=facts | {"rows": [row | {"evidence": each} for each in evidence]}
        )

    assert put([one, two], [one]).status_code == 200
    given = client.get(address, headers=headers).json["rows"]
    assert [each["evidence"] for each in given] == [[one, two], [one]]
    assert [each["note"] for each in given] == ["台账", "台账"]
    refused = put(["f" * 64], [])
    assert refused.status_code == 422
    assert "file-not-found" in refused.text
    assert links(draft) == [[one, two], [one]]
