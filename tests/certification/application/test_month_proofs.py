"""A month of a ledger and the files that prove it: through page, API, versions, copies and the guard."""

import json
from decimal import Decimal
from io import BytesIO

import pytest

from accounts import operations as accounts
from certification.application.operations.applications import save_inventory
from certification.application.operations.clone import clone_application
from certification.application.operations.documents import attach_file, prove_rows, remove_file
from certification.application.queries.documents import Proofs
from core.audit import Entry
from core.db import db
from core.errors import Unmet
from tests.certification.application.test_corrections import points_on
from tests.certification.application.test_ledger_pages import HEAD, ROW, TWELVE, grid
from tests.certification.world import reload
from tests.support import papers
from tests.support.rules import amend

MARCH, APRIL = "2025-03", "2025-04"


@pytest.fixture
def draft(world):
    """A case with one row of twelve months, and two files beside those the rules ask for."""
    case, actor = world.case("draft"), world.actor("applicant")
    for number in (1, 2):
        content = BytesIO(papers.pdf(b"0 0 9 %d re f" % number))
        attach_file(case.application, actor, "other", content, f"电费-{number}.pdf")
    db.session.commit()
    return case


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def api(world, draft, client):
    token = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/applications/{draft.application.id}/inventory"

    def ask(rows=None):
        if rows is None:
            return client.get(address, headers=headers)
        facts = {"version": reload(draft).inventory.version, **HEAD, "rows": rows}
        return client.put(address, headers=headers, json=facts)

    return ask


def bills(case) -> list:
    return [file for file in reload(case).current_files if file.kind == "other"]


def with_files(held: dict[str, str]) -> list[dict[str, str]]:
    """The boxes of the ledger, with these files by month."""
    return [entry | {"evidence": held.get(entry["month"], "")} for entry in TWELVE]


def type_in(case, maker, held: dict[str, str], status: int = 302, **cells) -> str:
    answer = maker.post(address(case), data=grid(case, with_files(held), **cells))
    assert answer.status_code == status
    return answer.text


def address(case) -> str:
    return f"/certification/applications/{case.application.id}/inventory"


def save(world, case, held: dict[str, str], **cells) -> None:
    """The two rows of the case, the second with a ledger that comes to what it was, and files by month."""
    inventory = reload(case).inventory
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
    stone, gas = ({name: getattr(row, name) for name in names} for row in inventory.rows)
    months = [entry | {"amount": "0.45" if entry["month"] == MARCH else "0.05"} for entry in with_files(held)]
    save_inventory(
        case.application,
        world.actor("applicant"),
        {},
        [stone, gas | {"months": months, "quantity": None} | cells],
        inventory.version,
    )
    db.session.commit()


def links(case) -> dict[str, list[str]]:
    row = reload(case).inventory.rows[-1]
    return {entry["month"]: entry["evidence"] for entry in row.stated["months"] if "evidence" in entry}


def test_an_invoice_of_march_proves_march(draft, maker):
    one, two = (file.digest for file in bills(draft))
    type_in(draft, maker, {MARCH: one, APRIL: f"{two} {one}"})
    assert links(draft) == {MARCH: [one], APRIL: sorted([one, two])}
    page = maker.get(address(draft)).text
    assert f'name="rows-0-months-2-evidence" value="{one}"' in page
    type_in(draft, maker, {})
    assert links(draft) == {}


def test_a_file_of_another_case_proves_no_month(draft, maker):
    for digest in ("0" * 64, "abc"):
        assert "file-not-found" not in type_in(draft, maker, {APRIL: digest}, 422)
    assert reload(draft).inventory.rows[0].stated == {}


def test_the_page_of_a_file_links_it_to_months_and_the_list_of_files_says_which(draft, maker):
    first, _second = bills(draft)
    type_in(draft, maker, {})
    page = maker.get(f"/certification/files/{first.id}/rows").text
    assert f'name="month" value="0:{MARCH}"' in page
    version = reload(draft).inventory.version
    sent = {"version": version, "month": [f"0:{MARCH}", f"0:{APRIL}", "9:2025-01", "0:2031-01"]}
    assert maker.post(f"/certification/files/{first.id}/rows", data=sent).status_code == 302
    assert links(draft) == {MARCH: [first.digest], APRIL: [first.digest]}
    amiss = {"version": version + 1, "month": "x"}
    assert maker.post(f"/certification/files/{first.id}/rows", data=amiss).status_code == 422
    assert (
        f"外购电力（{MARCH} 至 {APRIL}）"
        in maker.get(f"{address(draft).removesuffix('/inventory')}/files").text
    )
    assert "checked" in maker.get(f"/certification/files/{first.id}/rows").text
    stale = maker.post(f"/certification/files/{first.id}/rows", data={"version": version})
    assert stale.status_code == 409
    assert (
        maker.post(f"/certification/files/{first.id}/rows", data={"version": version + 1}).status_code == 302
    )
    assert links(draft) == {}


def test_what_was_linked_is_written_down(world, draft, maker):
    first, _second = bills(draft)
    type_in(draft, maker, {})
    inventory = reload(draft).inventory
    prove_rows(draft.application, world.actor("applicant"), first, set(), inventory.version, {0: {MARCH}})
    entry = db.session.scalars(db.select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.verb, json.loads(entry.data)["months"]) == ("application.prove", [f"0:{MARCH}"])


def test_a_file_that_is_taken_away_proves_no_month_any_more(world, draft, maker):
    first, second = bills(draft)
    type_in(draft, maker, {MARCH: first.digest, APRIL: second.digest})
    remove_file(reload(draft), world.actor("applicant"), first.id)
    assert links(draft) == {APRIL: [second.digest]}


def test_the_api_takes_and_gives_the_files_of_a_month(draft, api):
    one, two = sorted(file.digest for file in bills(draft))
    months = [entry | ({"evidence": [two, one]} if entry["month"] == MARCH else {}) for entry in TWELVE]
    assert api([{**ROW, "months": months}]).status_code == 200
    given = api().json
    assert [each.get("evidence") for each in given["rows"][0]["months"]][:4] == [None, None, [one, two], None]
    assert given["bare_months"]["0"] == [entry["month"] for entry in TWELVE if entry["month"] != MARCH]
    assert api(given["rows"]).status_code == 200  # what is read can be sent
    refused = api([{**ROW, "months": [TWELVE[0] | {"evidence": ["f" * 64]}]}])
    assert refused.status_code == 422
    assert "months" in refused.text
    assert links(draft) == {MARCH: [one, two]}


def test_a_row_whose_every_month_has_a_file_is_proved_and_else_its_bare_months_are_named(world, draft, maker):
    one, two = (file.digest for file in bills(draft))
    held = {entry["month"]: one for entry in TWELVE}
    amend(world.scheme, materiality=Decimal("0.5"))  # the second row is 5 of 8.45
    db.session.commit()
    save(world, draft, held | {MARCH: "", APRIL: ""})
    assert reload(draft).unproved == [1]
    assert reload(draft).bare_months == {1: [MARCH, APRIL]}
    page = maker.get(f"{address(draft).removesuffix('/inventory')}/files").text
    assert f"没有文件的月份：{MARCH} 至 {APRIL}" in page
    with pytest.raises(Unmet, match="rows-without-evidence"):
        draft.to("submitted")
    save(world, draft, held | {MARCH: two})
    assert (reload(draft).unproved, reload(draft).bare_months) == ([], {})
    assert draft.to("submitted").application.state == "submitted"


def test_a_file_of_the_whole_row_proves_its_months_as_well(world, draft):
    one, _two = (file.digest for file in bills(draft))
    save(world, draft, {}, evidence_digest=one)
    assert reload(draft).bare_months == {}


def test_versions_keep_what_proved_a_month_and_a_correction_may_say_it_better(world, draft):
    first, second = bills(draft)
    save(world, draft, {MARCH: first.digest})
    draft.to("submitted")
    _stone, kept = draft.application.submissions[0].content["inventory"]["rows"]
    assert kept["months_evidence"] == f"{MARCH} {first.digest}"
    assert first.digest not in kept["months"]
    draft.take("correct", "application_reviewer", points=points_on("file:other"))
    version = draft.application.inventory.version
    prove_rows(draft.application, world.actor("applicant"), second, set(), version, {1: {APRIL}})
    assert links(draft) == {MARCH: [first.digest], APRIL: [second.digest]}


def test_the_reviewer_sees_the_files_of_months_and_which_have_none(world, draft, browser):
    one, _two = (file.digest for file in bills(draft))
    held = {entry["month"]: one for entry in TWELVE} | {APRIL: ""}
    save(world, draft, held)
    draft.to("submitted")
    db.session.commit()
    address = f"/certification/reviews/{draft.application.id}?tab=inventory"
    page = browser("application_reviewer").get(address).text
    assert f"没有文件的月份：{APRIL}" in page
    proofs = Proofs.of(world.actor("application_reviewer"), reload(draft))
    assert proofs.months[one] == {1: [month for month in held if month != APRIL]}


def test_a_copy_leaves_the_months_behind_and_draws_them_with_the_files_it_took_along(world, draft, maker):
    first, second = bills(draft)
    save(world, draft, {MARCH: first.digest, APRIL: second.digest})
    draft.to("submitted")
    copy = clone_application(reload(draft), world.actor("applicant"), world.scheme, world.body.id)
    _stone, row = copy.inventory.rows
    assert "months" not in row.stated
    taken = next(file for file in copy.current_files if file.digest == second.digest)
    remove_file(copy, world.actor("applicant"), taken.id)
    db.session.commit()
    sent = {"version": copy.inventory.version, **HEAD, "rows-0-stage": "manufacturing", "rows-0-name": "电",
            "rows-0-kind": "own", "draw": "0", "rows-0-draw": f"{draft.application.id}-1"}  # fmt: skip
    page = maker.post(f"/certification/applications/{copy.id}/inventory", data=sent).text
    assert f'name="rows-0-months-2-evidence" value="{first.digest}"' in page
    assert second.digest not in page
