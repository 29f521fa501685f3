"""What pages say of files: which rows they prove, what lies in an archive, where else the content lies."""

from decimal import Decimal
from io import BytesIO

import pytest

from certification.application.operations.applications import create_application
from certification.application.operations.documents import attach_file, prove_rows
from certification.application.queries.documents import OtherPlace, again
from core.db import db
from tests import factories
from tests.support import papers
from tests.support.rules import amend

HOME = "/certification/applications"
BILL = papers.pdf(b"0 0 9 7 re f")


def attach(world, case, kind: str = "other", content: bytes = BILL, name: str = "电费.pdf"):
    file = attach_file(case.application, world.actor("applicant"), kind, BytesIO(content), name)
    db.session.commit()
    return file


def others(case, file) -> list[OtherPlace]:
    return again(case.world.actor("applicant"), case.application).get(file.id, [])


def test_the_same_content_in_two_places_of_a_case_is_named(world, browser):
    draft = world.case("draft")
    file = attach(world, draft)
    assert others(draft, file) == []
    attach(world, draft, "business_licence", name="又是它.pdf")
    assert others(draft, file) == [OtherPlace("here", "business_licence", "又是它.pdf")]
    page = browser("applicant").get(f"{HOME}/{draft.application.id}/files").text
    assert "又是它.pdf”内容相同" in page
    assert "电费.pdf”内容相同" in page


@pytest.fixture
def stranger(world):
    """A case that another manufacturer handed in with the same bill."""
    case = world.case("submitted")
    file = attach_of(case.application, BILL)
    case.application.applicant_id = factories.organisation("manufacturer", name="别人的公司").id
    db.session.commit()
    return case, file


def attach_of(application, content: bytes):
    """A file that was there before, whatever state the case is in now."""
    from certification.application.models import ApplicationFile
    from core import files

    stored = files.store(BytesIO(content), "电费.pdf")
    file = ApplicationFile(
        kind="other", name=stored.name, digest=stored.digest, size=stored.size, uploaded_by="某人"
    )
    application.files.append(file)
    db.session.flush()
    return file


def test_another_applicant_is_never_told_and_the_reviewer_is_told_without_a_name(world, browser, stranger):
    other, _file = stranger
    actor = world.actor("applicant")
    mine = create_application(actor, world.scheme, world.body.id, product_name="另一种砖")
    file = attach_file(mine, actor, "other", BytesIO(BILL), "电费.pdf")
    assert again(actor, mine).get(file.id) is None
    mine.state = "draft"
    reviewer = world.actor("application_reviewer")
    assert again(reviewer, mine)[file.id] == [OtherPlace("another_applicant")]
    second = create_application(actor, world.scheme, world.body.id, product_name="第三种砖")
    attach_file(second, actor, "other", BytesIO(BILL), "电费.pdf")
    assert again(actor, mine)[file.id] == [OtherPlace("same_applicant", number=second.number)]
    assert again(reviewer, mine)[file.id] == [
        OtherPlace("another_applicant")
    ]  # a draft is the applicant's alone
    text = (
        browser("application_reviewer").get(f"/certification/reviews/{other.application.id}?tab=files").text
    )
    assert "同一内容也在" not in text


def test_a_file_says_on_its_page_which_rows_it_proves(world, browser):
    amend(world.scheme, materiality=Decimal("0.95"))
    draft = world.case("draft")
    file, maker = attach(world, draft), browser("applicant")
    address = f"/certification/files/{file.id}/rows"
    assert "还没有证明文件" in maker.get(address).text
    sent = {"version": draft.application.inventory.version, "row": ["1"]}
    assert maker.post(address, data=sent).status_code == 302
    db.session.expire_all()
    assert [row.evidence_digest for row in draft.application.inventory.rows] == ["", file.digest]
    page = maker.get(f"{HOME}/{draft.application.id}/files").text
    assert "证明：烧成用天然气" in page
    assert "还要有证明文件的排放源" in page
    assert maker.post(address, data=sent).status_code == 409
    grid = maker.get(f"{HOME}/{draft.application.id}/inventory").text
    assert f'name="rows-1-evidence_digest" value="{file.digest}"' in grid
    assert 'id="proofs-dialog"' in grid


def test_an_archive_is_listed_and_no_more(world, browser):
    draft = world.case("draft")
    file = attach(world, draft, content=papers.packed(bills__january=b"1"), name="账单.zip")
    page = browser("applicant").get(f"/certification/files/{file.id}/rows").text
    assert "压缩包里有 1 个文件" in page
    assert "bills/january" in page


def test_the_body_reads_the_links_and_changes_none(world, browser):
    draft = world.case("draft")
    file = attach(world, draft)
    prove_rows(draft.application, world.actor("applicant"), file, {0}, draft.application.inventory.version)
    draft.to("submitted")
    db.session.commit()
    reader, address = browser("application_reviewer"), f"/certification/files/{file.id}/rows"
    page = reader.get(address).text
    assert "坯料" in page
    assert 'type="checkbox"' not in page
    assert reader.post(address, data={"version": "1", "row": "1"}).status_code == 404
    review = f"/certification/reviews/{draft.application.id}"
    assert "证明：坯料" in reader.get(f"{review}?tab=files").text
    assert "电费.pdf" in reader.get(f"{review}?tab=inventory").text


def test_a_file_of_others_is_not_found(world, browser):
    file = world.case("submitted").application.current_files[0]
    db.session.commit()
    assert browser("tester").get(f"/certification/files/{file.id}/rows").status_code == 404
